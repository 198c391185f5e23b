"""What is gathered of patients."""

from __future__ import annotations

from typing import Any

from ingest.model import Document, Failure
from ingest.sources.fhir.compose import patient_entity
from ingest.sources.fhir.deidentify import Pseudonyms, pseudonym
from ingest.sources.fhir.patient import Gathering

SALT = b"a salt of the tests, long enough"
CONDITION: dict[str, Any] = {
    "resourceType": "Condition",
    "id": "c1",
    "subject": {"reference": "Patient/p1"},
    "code": {"text": "Asthma"},
}


def test_a_patient_is_a_pseudonym_with_a_label_of_its_own() -> None:
    entity = patient_entity(pseudonym("Patient/p1", SALT))
    assert entity.id == f"patient:{pseudonym('Patient/p1', SALT)}"
    assert entity.access == {entity.id}
    assert "p1" not in entity.name


def test_facts_are_gathered_by_patient_and_each_line_stands_in_the_text() -> None:
    gathering = Gathering("f", Pseudonyms(SALT))
    assert list(gathering.take(CONDITION, "entry 1")) == []
    assert all(isinstance(one, Failure) for one in gathering.take({"resourceType": "Condition"}, "entry 2"))
    (document,) = gathering.records()
    assert isinstance(document, Document)
    (statement,) = document.statements
    assert document.text[statement.start : statement.end] == statement.sentence
    assert "Asthma" in statement.sentence
    assert statement.access == document.access == patient_entity(pseudonym("Patient/p1", SALT)).access
