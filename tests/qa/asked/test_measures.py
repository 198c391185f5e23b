import pytest

from qa.asked.measures import measure, measure_of, measures_in


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("last HbA1c and blood pressure", ["hba1c", "pressure"]),
        ("低密度脂蛋白胆固醇和血钾", ["ldl", "potassium"]),
        ("systolic blood pressure", ["systolic"]),
        ("the kidney function", ["egfr"]),
        ("what is gout", []),
    ],
)
def test_what_a_text_names(text: str, keys: list[str]) -> None:
    assert [one.measure.key for one in measures_in(text)] == keys


def test_by_code_and_key() -> None:
    found = measure_of(("LOINC:8480-6",))
    assert found is not None
    assert (found.key, measure("hba1c").codes[0]) == ("systolic", "LOINC:4548-4")
    assert measure_of(("X:1",)) is None
