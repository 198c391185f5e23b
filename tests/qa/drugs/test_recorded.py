"""What a patient's record says for a check."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model import Assertion, Entity
from qa.drugs.recorded import recorded

TODAY = date(2026, 7, 2)


def fact(predicate: str, id: str, **qualifiers: str) -> Assertion:
    return Assertion.new("patient:1", predicate, id, source="fhir:1", sentence="", qualifiers=qualifiers)


@pytest.mark.parametrize(
    ("predicate", "told", "kept"),
    [
        ("takes", {}, True),
        ("takes", {"certainty": "hypothetical"}, True),
        ("takes", {"certainty": "historical"}, False),
        ("takes", {"polarity": "negated"}, False),
        ("takes", {"experiencer": "family"}, False),
        ("allergic_to", {}, True),
        ("has_condition", {"certainty": "possible"}, True),
        ("underwent", {}, False),
    ],
)
def test_a_record_says_what_is_so_now(predicate: str, told: dict[str, str], kept: bool) -> None:
    row = Assertion.new("patient:1", predicate, "RXNORM:1", source="fhir:1", sentence="", **told)  # type: ignore[arg-type]
    entities = {"RXNORM:1": Entity("RXNORM:1", "Drug", "warfarin 5 MG Oral Tablet")}
    record = recorded([row, row], entities, {}, today=TODAY)
    assert (record.drugs + record.person.conditions + record.person.allergies) == (
        ("warfarin 5 MG Oral Tablet",) if kept else ()
    )


def test_what_the_graph_knows_goes_by_its_name_there() -> None:
    row = Assertion.new("patient:1", "takes", "RXNORM:1", source="fhir:1", sentence="")
    local, shown = Entity("RXNORM:1", "Drug", "WARF TAB"), Entity("DRUGBANK:DB00682", "Drug", "Warfarin")
    assert recorded([row], {"RXNORM:1": local}, {"RXNORM:1": shown}, today=TODAY).drugs == ("Warfarin",)


ENTITIES = {
    "SNOMEDCT:1": Entity("SNOMEDCT:1", "Disease", "Normal pregnancy"),
    "SNOMEDCT:2": Entity("SNOMEDCT:2", "Disease", "Cirrhosis of liver"),
    "LOINC:38483-4": Entity("LOINC:38483-4", "Measurement", "Creatinine"),
    "LOINC:33914-3": Entity("LOINC:33914-3", "Measurement", "Estimated GFR"),
    "LOINC:82810-3": Entity("LOINC:82810-3", "Measurement", "Pregnancy status"),
}


def test_age_sex_and_creatinine_make_an_egfr() -> None:
    rows = [fact("has_measurement", "LOINC:38483-4", value="1.0", unit="mg/dL", date="2026-05-01")]
    person = recorded(rows, ENTITIES, {}, ["Sex: female", "Born: 1976"], TODAY).person
    assert person.age == pytest.approx(50, abs=0.1)
    assert (person.age_within, person.egfr) == (0.5, 69)
    assert [words.zh for words in person.told] == ["约50岁", "eGFR 69，按CKD-EPI 2021由肌酐1 mg/dL计算（2026-05-01）"]
    assert recorded(rows, ENTITIES, {}, ["Born: 1976"], TODAY).person.egfr is None


def test_the_latest_measurement_counts() -> None:
    rows = [
        fact("has_measurement", "LOINC:33914-3", value="55", unit="mL/min", date="2024-05-01"),
        fact("has_measurement", "LOINC:33914-3", value="<30", unit="mL/min", date="2026-05-01"),
    ]
    assert recorded(rows, ENTITIES, {}, (), TODAY).person.egfr == 29


def test_conditions_say_of_circumstances() -> None:
    rows = [fact("has_condition", "SNOMEDCT:1", date="2026-05-01"), fact("has_condition", "SNOMEDCT:2")]
    person = recorded(rows, ENTITIES, {}, (), TODAY).person
    assert (person.pregnant, person.liver) == (True, "impaired")
    assert [words.en for words in person.told] == [
        "pregnant (by “Normal pregnancy”)", "liver function impaired (by “Cirrhosis of liver”)",
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "pregnant"), [("2025-01-01", False), ("2024", False), ("2026-02", True), ("", True)])
def test_a_pregnancy_that_began_long_ago_is_over(day: str, pregnant: bool) -> None:
    person = recorded([fact("has_condition", "SNOMEDCT:1", date=day)], ENTITIES, {}, (), TODAY).person
    assert (person.pregnant, bool(person.conditions)) == (pregnant, pregnant)


def test_an_observed_state() -> None:
    for value, pregnant in (("Pregnant", True), ("Not pregnant", False)):
        rows = [fact("has_measurement", "LOINC:82810-3", value=value, date="2026-06-01")]
        assert recorded(rows, ENTITIES, {}, (), TODAY).person.pregnant == pregnant
