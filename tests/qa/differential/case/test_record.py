from datetime import date

from graph.model import Assertion, Entity
from qa.differential.case.record import told_by

TODAY = date(2026, 6, 1)
ENTITIES = {
    id: Entity(id, type, name, xrefs=xrefs)
    for id, type, name, xrefs in (
        ("SNOMED:1", "Disease", "Fever", ()),
        ("SNOMED:2", "Disease", "Type 2 diabetes mellitus", ()),
        ("SNOMED:3", "Disease", "Headache", ()),
        ("RXNORM:1", "Drug", "metformin", ()),
        ("LOINC:8310-5", "Measurement", "Body temperature", ()),
        ("LOINC:8480-6", "Measurement", "Systolic blood pressure", ()),
        ("LOINC:8462-4", "Measurement", "Diastolic blood pressure", ()),
        ("LOCAL:hb", "Measurement", "Hb", ("LOINC:718-7",)),
    )
}


def stated(predicate: str, object: str, polarity: str = "affirmed", **qualifiers: str) -> Assertion:
    return Assertion.new(
        "PATIENT:1", predicate, object, source="S", sentence="x", record=object,
        polarity="negated" if polarity == "negated" else "affirmed", qualifiers=qualifiers,
    )  # fmt: skip


def test_a_record_tells_a_case() -> None:
    rows = [
        stated("has_condition", "SNOMED:1"),
        stated("has_condition", "SNOMED:2"),
        stated("has_condition", "SNOMED:3", polarity="negated"),
        stated("takes", "RXNORM:1"),
        stated("has_measurement", "LOINC:8310-5", value="39.2", unit="Cel", date="2026-05-31"),
        stated("has_measurement", "LOINC:8310-5", value="36.8", unit="Cel", date="2026-05-01"),
        stated("has_measurement", "LOINC:8480-6", value="82", unit="mm[Hg]", date="2026-05-31"),
        stated("has_measurement", "LOINC:8462-4", value="50", unit="mm[Hg]", date="2026-05-31"),
        stated("has_measurement", "LOCAL:hb", value="8.2", unit="g/dL", date="2020-05-31"),
    ]
    told = told_by(rows, ENTITIES, ["Sex: female", "Born: 1986"], TODAY)
    assert (told.observed, told.excluded) == (("Fever",), ("Headache",))
    assert (told.conditions, told.drugs) == (("Type 2 diabetes mellitus",), ("metformin",))
    assert told.text == "temperature 39.2 °C. BP 82/50 mmHg."
    assert (told.sex, round(told.age or 0)) == ("female", 40)


def test_a_record_without_anything_is_an_empty_case() -> None:
    told = told_by([], {})
    assert (told.observed, told.text, told.age, told.sex) == ((), "", None, "")
