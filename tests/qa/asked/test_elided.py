import pytest

from qa.asked.elided import elided


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("type 1 versus type 2 diabetes", "type 1 diabetes", "type 2 diabetes"),
        ("Compare neurofibromatosis type 1 with type 2", "neurofibromatosis type 1", "neurofibromatosis type 2"),
        ("hepatitis A vs B", "hepatitis A", "hepatitis B"),
        ("1型和2型糖尿病有什么区别", "1型糖尿病", "2型糖尿病"),
        ("甲型与乙型肝炎的比较", "甲型肝炎", "乙型肝炎"),
    ],
)
def test_the_common_part_is_said_of_both(text: str, one: str, other: str) -> None:
    assert (one, other) in elided(text)


def test_the_longest_comes_first() -> None:
    pairs = elided("type 1 versus type 2 diabetes mellitus")
    assert pairs[0] == ("type 1 diabetes mellitus", "type 2 diabetes mellitus")


def test_two_full_names_leave_nothing_out() -> None:
    assert elided("Compare gout and asthma") == []
