import pytest

from qa.asked.measures import measure
from qa.asked.since import Since
from qa.steps.record.reading import Record
from qa.steps.record.series import all_series, begins, difference, of_rows, series_of, within, written


def test_pressures_of_a_day_are_one_value(record: Record) -> None:
    series = series_of(record, measure("pressure"))
    assert series is not None
    assert [(point.day, point.shown) for point in series.points] == [
        ("2019-02-01", "130/80 mmHg"),
        ("2020-02-01", "158/92 mmHg"),
    ]
    assert difference(*series.points) == "28/12 mmHg"
    assert series_of(record, measure("potassium")) is None


def test_every_measure_once(record: Record) -> None:
    names = [series.name.en for series in all_series(record)]
    assert sorted(names) == ["HbA1c", "blood pressure", "body weight", "creatinine"]


def test_of_a_time(record: Record) -> None:
    series = series_of(record, measure("hba1c"))
    assert series is not None
    assert of_rows(record, []) is None
    since = within(series, Since(day="2019"), record.latest)
    assert since is not None
    assert len(since.points) == 2
    assert begins(Since(months=12), "2020-02-01") == "2019-02"
    assert within(series, Since(day="2022"), record.latest) is None


@pytest.mark.parametrize(
    ("value", "shown"), [("7.25431", "7.25"), ("185.7912", "185.8"), ("5", "5"), ("0.0012345", "0.0012"), ("no", "no")]
)
def test_digits_that_tell_nothing_are_left_out(value: str, shown: str) -> None:
    assert written(value) == shown
