from qa.steps.record.reading import Record, dated
from tests.qa.drugs.page.conftest import W


def test_sex_age_and_lines_of_a_record(record: Record) -> None:
    assert (record.sex, record.born, record.latest) == ("female", 1950, "2020-02-01")
    assert record.age is not None
    assert record.age > 70
    drugs, person = record.person()
    assert list(drugs) == ["Warfarin"]
    assert person.egfr is not None
    assert person.egfr < 30


def test_what_is_told_cites_its_lines_or_the_record(record: Record) -> None:
    (row,) = [row for row in record.rows if row.object == W]
    cited, bare = record.told("It says.", "病历说。", [row]), record.told("It lacks", "没有", ())
    assert (cited.kind, cited.source, cited.chain[0].text) == ("patient", "fhir:patient:7", row.sentence)
    assert (bare.kind, bare.source, bare.chain) == ("patient", "fhir:patient:7", ())
    assert dated(row) == "2015-03-01"
