from qa.steps.record.reading import Record
from qa.steps.record.renal import computed


def test_an_egfr_is_computed_of_creatinine_by_age_and_sex(record: Record) -> None:
    series = computed(record)
    assert series is not None
    assert [(point.day, point.number) for point in series.points] == [("2020-02-01", 21)]
    assert "computed" in series.name.en
