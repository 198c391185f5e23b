"""Documents of patients from their parts."""

from __future__ import annotations

import json

from ingest.model import Part, Section
from ingest.sources.fhir.compose import compose, facts_body, masked, narrative_body, replaced_body
from ingest.sources.fhir.fact import Fact

SALT = b"a salt of the tests, long enough"
ID = "fhir:Patient/" + "a" * 32


def parts() -> list[Part]:
    fact = Fact("conditions", "Condition: Gout", "1971-03-09", "has_condition", "Disease", {"text": "Gout"})
    person = {"gender": "female", "birthDate": "1971-03-09"}
    return [
        Part("Condition/c", ID, body=facts_body([fact], {}, "a" * 32, SALT)),
        Part("Patient/p", ID, body=facts_body([], person, "a" * 32, SALT)),
    ]


def test_a_document_does_not_depend_on_the_order_of_its_parts() -> None:
    document = compose(ID, parts())
    assert document is not None
    assert document == compose(ID, parts()[::-1])
    (statement,) = document.statements
    assert document.text[statement.start : statement.end] == statement.sentence == "1971-03-09 Condition: Gout"
    assert compose(ID, [Part("Condition/c", ID)]) is None


def test_the_day_of_birth_is_cut_down_wherever_it_stands() -> None:
    kept = masked(parts())
    assert "03-09" not in json.dumps([part.body for part in kept])
    document = compose(ID, kept)
    assert document is not None
    assert document.text == "Sex: female\nBorn: 1971\n1971 Condition: Gout"
    assert masked(kept) == kept


def test_a_narrative_is_a_document_of_one_part() -> None:
    body = narrative_body("a" * 32, "DiagnosticReport", [Section("note", "Clear.")])
    document = compose("fhir:DiagnosticReport/x", [Part("x/text", "fhir:DiagnosticReport/x", body=body)])
    assert document is not None
    assert (document.text, document.title) == ("Clear.", "DiagnosticReport of patient aaaaaaaa")
    assert document.access == {"patient:" + "a" * 32}


def test_a_narrative_gives_way_to_what_replaces_it_for_the_same_patient() -> None:
    id = "fhir:DocumentReference/x"
    text = Part("x/text", id, body=narrative_body("a" * 32, "DocumentReference", [Section("note", "Clear.")]))
    assert compose(id, [text, Part("y/replaces", id, body=replaced_body("a" * 32))]) is None
    assert compose(id, [text, Part("y/replaces", id, body=replaced_body("b" * 32))]) is not None
    assert compose(id, [text, Part("y/replaces", id)]) is not None
