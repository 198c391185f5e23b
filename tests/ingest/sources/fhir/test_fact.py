"""A fact, its notes, and what its name makes of it."""

from __future__ import annotations

from ingest.sources.fhir.fact import noted, stated
from ingest.sources.fhir.standing import Standing


def test_what_says_that_there_is_nothing_is_a_line_alone() -> None:
    fact = stated(
        section="conditions", line="Condition: None", date="", predicate="has_condition", type="Disease",
        concept={"text": "None"}, standing=Standing(), qualifiers={},
    )  # fmt: skip
    assert (fact.line, fact.predicate) == ("Condition: None", "")


def test_notes_stand_with_the_fact() -> None:
    fact = stated(
        section="conditions", line="Condition: Gout", date="", predicate="has_condition", type="Disease",
        concept={"text": "Gout"}, standing=Standing(), qualifiers={"severity": ""}, notes=[{"text": "Ruled  out."}],
    )  # fmt: skip
    assert fact.line == "Condition: Gout; note: Ruled out."
    assert fact.qualifiers == {"note": "Ruled out."}
    assert noted(None) == ""


def test_what_was_counted_is_no_past() -> None:
    fact = stated(
        section="measurements", line="Previous pregnancies: 2", date="", predicate="has_measurement",
        type="Measurement", concept={"text": "Previous pregnancies"}, standing=Standing(), qualifiers={},
    )  # fmt: skip
    assert (fact.certainty, fact.concept["text"]) == ("certain", "Previous pregnancies")
