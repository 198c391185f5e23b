"""What is taken, given and dispensed."""

from __future__ import annotations

from typing import Any

from ingest.sources.fhir.medications import medication, with_medication


def test_what_was_given_is_past() -> None:
    given: dict[str, Any] = {
        "resourceType": "MedicationAdministration", "status": "completed", "effectiveDateTime": "2020-01-02",
        "medicationCodeableConcept": {"text": "Ceftriaxone"}, "dosage": {"dose": {"value": 1, "unit": "g"}},
    }  # fmt: skip
    (fact,) = medication(given)
    assert (fact.line, fact.certainty) == ("Medication given: Ceftriaxone, 1 g (completed)", "historical")


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
