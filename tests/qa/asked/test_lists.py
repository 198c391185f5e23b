import pytest

from qa.asked.lists import written_out
from text.names import normalise

NAMES = {
    normalise(name)
    for name in (
        "type 1 diabetes",
        "type 2 diabetes",
        "hepatitis A",
        "hepatitis B",
        "neurofibromatosis type 1",
        "neurofibromatosis type 2",
        "1型糖尿病",
        "2型糖尿病",
        "甲型肝炎",
        "乙型肝炎",
    )
}


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("type 1 versus type 2 diabetes", "type 1 diabetes versus type 2 diabetes"),
        ("What is type 1 and 2 diabetes?", "What is type 1 diabetes and type 2 diabetes?"),
        ("vaccines for hepatitis A and B", "vaccines for hepatitis A and hepatitis B"),
        (
            "neurofibromatosis type 1 with type 2: genes",
            "neurofibromatosis type 1 with neurofibromatosis type 2: genes",
        ),
        ("1型和2型糖尿病有什么区别", "1型糖尿病和2型糖尿病有什么区别"),
        ("糖尿病1型和2型", "糖尿病1型和2型"),
        ("甲型与乙型肝炎的传播", "甲型肝炎与乙型肝炎的传播"),
        ("stage 3 and 4 CKD", "stage 3 CKD and stage 4 CKD"),
    ],
)
def test_each_name_is_written_out_where_the_graph_has_both(text: str, out: str) -> None:
    held = NAMES | {normalise("stage 3 CKD"), normalise("stage 4 CKD")}
    assert written_out(text, lambda names: names & held if isinstance(names, set) else ()) == out


@pytest.mark.parametrize(
    "text",
    [
        "vitamin A and B",
        "2 and 3 tablets of aspirin",
        "I and a friend have fever",
        "type 1 and 2 errors",
        "1型和2型错误",
    ],
)
def test_other_lists_stay(text: str) -> None:
    assert written_out(text, lambda names: names & NAMES if isinstance(names, set) else ()) == text
