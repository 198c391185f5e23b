"""How statuses say that a fact stands."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.sources.fhir.absence import Meaning
from ingest.sources.fhir.standing import Standing, in_error, meant, of_drug, of_problem, of_procedure


def coded(code: str) -> dict[str, Any]:
    return {"coding": [{"code": code}]}


DISPENSE = {"resourceType": "MedicationDispense"}


@pytest.mark.parametrize(
    ("fields", "certainty"),
    [
        ({"onsetDateTime": "2010"}, "certain"),
        ({"abatementDateTime": "2010"}, "historical"),
        ({"abatementAge": {"value": 5}}, "historical"),
        ({"abatementPeriod": {"end": "2010"}}, "historical"),
        ({"abatementRange": {"low": {"value": 5}}}, "historical"),
        ({"abatementString": "last year"}, "historical"),
        ({"clinicalStatus": coded("recurrence"), "abatementDateTime": "2010"}, "certain"),
        ({"clinicalStatus": coded("relapse")}, "certain"),
        ({"clinicalStatus": coded("inactive")}, "historical"),
        ({"clinicalStatus": coded("active"), "verificationStatus": coded("differential")}, "possible"),
        ({"clinicalStatus": {"coding": [{"code": "A"}, {"code": "resolved"}]}}, "historical"),
        ({"clinicalStatus": {"text": "Resolved"}}, "historical"),
        ({"clinicalStatus": {"coding": [{"code": "A"}]}}, "certain"),
    ],
)
def test_problems(fields: dict[str, Any], certainty: str) -> None:
    assert of_problem(fields).certainty == certainty


@pytest.mark.parametrize(
    ("fields", "polarity", "certainty"),
    [
        ({"status": "active", "intent": "order"}, "affirmed", "certain"),
        ({"status": "on-hold"}, "affirmed", "historical"),
        ({"status": "unknown"}, "affirmed", "possible"),
        ({"status": "active", "intent": "plan"}, "affirmed", "hypothetical"),
        ({"status": "intended"}, "affirmed", "hypothetical"),
        ({"status": "not-taken"}, "negated", "certain"),
        ({"status": "active", "doNotPerform": True}, "negated", "certain"),
        ({"status": "completed"}, "affirmed", "historical"),
        ({"status": "stopped"}, "affirmed", "historical"),
        ({"status": "draft"}, "affirmed", "hypothetical"),
        ({"status": "cancelled", "intent": "order"}, "negated", "certain"),
        ({"status": "not-done"}, "negated", "certain"),
        ({"status": "in-progress"}, "affirmed", "certain"),
        ({"status": "stopped", "intent": "plan"}, "negated", "hypothetical"),
        ({"status": "on-hold", "intent": "option"}, "affirmed", "hypothetical"),
        ({**DISPENSE, "status": "completed"}, "affirmed", "possible"),
        ({**DISPENSE, "status": "in-progress"}, "affirmed", "hypothetical"),
        ({**DISPENSE, "status": "preparation"}, "affirmed", "hypothetical"),
        ({**DISPENSE, "status": "on-hold"}, "affirmed", "hypothetical"),
        ({**DISPENSE, "status": "stopped"}, "affirmed", "historical"),
        ({**DISPENSE, "status": "cancelled"}, "negated", "certain"),
        ({**DISPENSE, "status": "declined"}, "negated", "certain"),
        ({**DISPENSE, "status": "unknown"}, "affirmed", "possible"),
    ],
)
def test_drugs(fields: dict[str, Any], polarity: str, certainty: str) -> None:
    standing = of_drug(fields)
    assert (standing.polarity, standing.certainty) == (polarity, certainty)


def test_procedures() -> None:
    assert of_procedure({"status": "not-done"}).polarity == "negated"
    assert of_procedure({"status": "preparation"}).certainty == "hypothetical"
    assert of_procedure({"status": "on-hold"}).certainty == "hypothetical"
    assert of_procedure({"status": "unknown"}).certainty == "possible"
    assert of_procedure({"status": "stopped"}) == Standing(status="stopped")
    assert of_procedure({"status": "completed"}) == Standing()


def test_what_was_entered_in_error_is_so_by_any_status() -> None:
    assert in_error({"lifecycleStatus": "entered-in-error"})
    assert in_error({"verificationStatus": coded("entered-in-error")})
    assert in_error({"verificationStatus": {"coding": [{"code": "x"}, {"code": "entered-in-error"}]}})
    assert in_error({"verificationStatus": {"text": "Entered in error"}})
    assert in_error({"docStatus": "entered-in-error"})
    assert not in_error({"status": "active"})


def test_a_family_history_that_is_active_is_of_the_family() -> None:
    assert meant(Standing(), Meaning("family")).experiencer == "family"
    assert meant(Standing(), Meaning("denied")).polarity == "negated"
