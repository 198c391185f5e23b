import pytest

from qa.asked.measures import measure
from qa.steps.record.judged import judgements
from qa.steps.record.reading import Record
from qa.steps.record.series import Point, Series, series_of


@pytest.mark.parametrize(
    ("key", "number", "unit", "side"),
    [
        ("potassium", 6.0, "mmol/L", "high"), ("potassium", 3.0, "mmol/L", "low"), ("potassium", 4.0, "mmol/L", ""),
        ("hba1c", 6.0, "%", "high"), ("ldl", 190.0, "mg/dL", "high"), ("ldl", 90.0, "mg/dL", ""),
        ("egfr", 40.0, "mL/min/1.73 m²", "low"), ("hemoglobin", 10.0, "g/dL", "low"),
    ],
)  # fmt: skip
def test_by_ranges(record: Record, key: str, number: float, unit: str, side: str) -> None:
    like = series_of(record, measure("hba1c"))
    assert like is not None
    point = Point("2020-02-01", str(number), number, unit, like.last.rows)
    found = judgements(record, Series(like.name, (point,), measure(key)), point)
    assert found[0].side == side


def test_what_the_record_says_goes_first_and_silence_is_no_judgement(record: Record) -> None:
    weight = series_of(record, measure("weight"))
    assert weight is not None
    (one,) = judgements(record, weight, weight.last)
    assert (one.side, one.by.en) == ("", "the record")
    plain = Point("2020-02-01", "70", 70.0, "kg", weight.last.rows)
    assert judgements(record, Series(weight.name, (plain,), measure("weight")), plain) == []
