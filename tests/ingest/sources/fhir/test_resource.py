"""Pieces of FHIR resources."""

from __future__ import annotations

import pytest

from ingest.sources.fhir.resource import entity_of, invalid, other_version, reference, text_of


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ({"reference": "Patient/1"}, "Patient/1"),
        ("http://example.org/fhir/Patient/1/_history/2", "Patient/1"),
        ({"reference": "urn:uuid:x"}, "urn:uuid:x"),
        ({"reference": 5}, ""),
        (None, ""),
    ],
)
def test_references(value: object, named: str) -> None:
    assert reference(value) == named


def test_concepts() -> None:
    coded = {"coding": [{"system": "http://snomed.info/sct", "code": "195967001", "display": "Asthma  (disorder)"}]}
    assert text_of(coded) == "Asthma (disorder)"
    access = frozenset({"patient:1"})
    entity = entity_of(coded, "Disease", access)
    assert entity is not None
    assert (entity.id, entity.name, entity.access) == ("SNOMEDCT:195967001", "Asthma", access)
    one, other = (entity_of({"text": text}, "Disease", access) for text in ("Odd illness", "odd  illness"))
    assert one is not None
    assert other is not None
    assert one.id == other.id
    assert one.id.startswith("text:")
    assert entity_of({}, "Disease", access) is None


def test_another_version_and_a_malformed_resource_are_told_without_their_text() -> None:
    assert other_version({"meta": {"fhirVersion": "5.0.0"}}) == "version 5.0.0"
    assert other_version({"resourceType": "Patient"}) == ""
    reason = invalid({"resourceType": "Patient", "birthDate": "secret"})
    assert reason.startswith("not a valid R4 resource: birthDate")
    assert "secret" not in reason
    assert invalid({"resourceType": "Patient", "id": "1"}) == ""


def test_what_is_too_long_is_no_name() -> None:
    assert text_of({"text": "gout " * 1_000, "coding": [{"display": "Gout"}]}) == "Gout"
