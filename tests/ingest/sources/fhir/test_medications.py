"""What is taken, given and dispensed."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.sources.fhir.medications import medication, with_medication


def test_what_was_given_is_past() -> None:
    given: dict[str, Any] = {
        "resourceType": "MedicationAdministration", "status": "completed", "effectiveDateTime": "2020-01-02",
        "medicationCodeableConcept": {"text": "Ceftriaxone"}, "dosage": {"dose": {"value": 1, "unit": "g"}},
    }  # fmt: skip
    (fact,) = medication(given)
    assert (fact.line, fact.certainty) == ("Medication given: Ceftriaxone, 1 g (completed)", "historical")


def test_what_was_handed_over_may_be_taken() -> None:
    (fact,) = medication(
        {
            "resourceType": "MedicationDispense",
            "status": "completed",
            "medicationCodeableConcept": {"text": "Colchicine"},
        }
    )
    assert (fact.line, fact.certainty) == ("Medication dispensed: Colchicine", "possible")
    assert fact.qualifiers["status"] == "dispensed"


@pytest.mark.parametrize(("status", "predicate"), [("active", "takes"), ("stopped", ""), ("completed", "")])
def test_that_a_drug_was_once_not_to_be_taken_states_nothing(status: str, predicate: str) -> None:
    against = {"resourceType": "MedicationRequest", "status": status, "intent": "order", "doNotPerform": True}
    (fact,) = medication({**against, "medicationCodeableConcept": {"text": "Aspirin"}})
    assert fact.predicate == predicate
    assert "not to be taken" in fact.line


def test_a_drug_elsewhere_may_be_none() -> None:
    (fact,) = medication(
        {"resourceType": "MedicationRequest", "status": "active", "medicationReference": {"reference": "Medication/1"}}
    )
    none = with_medication(fact, {"text": "No known medications"})
    assert none is not None
    assert (none.line, none.predicate) == ("Medication: No known medications", "")
    drug = with_medication(fact, {"text": "Colchicine"})
    assert drug is not None
    assert (drug.line, drug.predicate) == ("Medication: Colchicine", "takes")
    assert with_medication(fact, {}) is None
