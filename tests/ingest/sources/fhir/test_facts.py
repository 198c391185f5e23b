"""What a resource says of its patient."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.sources.fhir.facts import facts
from ingest.sources.fhir.standing import Refused

CONDITION: dict[str, Any] = {
    "resourceType": "Condition",
    "subject": {"reference": "Patient/1"},
    "code": {"text": "Asthma"},
}


def status(code: str) -> dict[str, Any]:
    return {"coding": [{"code": code}]}


@pytest.mark.parametrize(
    ("fields", "polarity", "certainty"),
    [
        ({}, "affirmed", "certain"),
        ({"verificationStatus": status("refuted")}, "negated", "certain"),
        ({"verificationStatus": status("provisional")}, "affirmed", "possible"),
        ({"clinicalStatus": status("resolved")}, "affirmed", "historical"),
    ],
)
def test_a_status_says_how_it_is_meant(fields: dict[str, Any], polarity: str, certainty: str) -> None:
    (fact,) = facts({**CONDITION, **fields})
    assert (fact.predicate, fact.type, fact.polarity, fact.certainty) == (
        "has_condition",
        "Disease",
        polarity,
        certainty,
    )
    assert fact.line.startswith("Condition: Asthma")


@pytest.mark.parametrize(
    ("status", "certainty"),
    [("final", "certain"), ("amended", "certain"), ("preliminary", "possible"), ("unknown", "possible")],
)
def test_a_result_may_be_open(status: str, certainty: str) -> None:
    observed = {"resourceType": "Observation", "status": status, "code": {"text": "CRP"}, "valueString": "high"}
    (fact,) = facts(observed)
    assert fact.certainty == certainty
    (report,) = facts({"resourceType": "DiagnosticReport", "status": status, "code": {"text": "X-ray"}})
    assert report.line == ("Report: X-ray" if certainty == "certain" else f"Report: X-ray ({status})")


def test_what_was_entered_in_error_says_nothing() -> None:
    with pytest.raises(Refused, match="in error"):
        facts({**CONDITION, "verificationStatus": status("entered-in-error")})
