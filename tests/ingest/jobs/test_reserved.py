"""Nobody but the reader of patients' files says who a patient is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from graph.model import Assertion, Entity
from ingest.jobs.reserved import declares, is_reserved, joins, of_document, states
from ingest.jobs.writing import Writer
from ingest.model import Annotation, Document, Mapping, Section
from tests.ingest.jobs.conftest import PUBLIC, Shared, label

ANNE = label("anne")
CONDITION = {
    "resourceType": "Condition",
    "id": "c1",
    "subject": {"reference": "Patient/anne"},
    "code": {"text": "Gout"},
}
WRITERS = (None, Writer("ward", PUBLIC), Writer("head", PUBLIC | {ANNE}, admin=True))


def pubtator(id: str, type: str, number: str = "7") -> tuple[str, str]:
    return "a.pubtator", f"{number}|t|Mallory\n{number}|a|Nothing.\n{number}\t0\t7\tMallory\t{type}\t{id}\n\n"


def bioc(id: str, type: str, document: str = "7") -> tuple[str, str]:
    mention: dict[str, Any] = {"id": "1", "infons": {"identifier": id, "type": type}, "text": "Mallory"}
    mention["locations"] = [{"offset": 0, "length": 7}]
    passage = {"offset": 0, "infons": {"type": "title"}, "text": "Mallory", "annotations": [mention], "relations": []}
    documents = [{"id": document, "infons": {}, "passages": [passage], "relations": []}]
    return "a.json", json.dumps({"source": "x", "date": "", "key": "", "infons": {}, "documents": documents})


def named(id: str) -> list[tuple[str, str]]:
    """Documents of this id from every reader that takes an id."""
    return [
        ("a.jsonl", json.dumps({"id": id, "text": "Forged."})),
        (f"{id.replace('/', '_')}.pubtator", f"{id}|t|Forged\n{id}|a|Nothing.\n\n"),
        bioc("MESH:D1", "Disease", id),
    ]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("made", [pubtator, bioc])
def test_a_document_that_declares_a_patient_is_refused(
    shared: Callable[..., Shared], made: Callable[..., tuple[str, str]], writer: Writer | None
) -> None:
    home = shared()
    home.fhir(None, CONDITION)
    before = home.fingerprint()
    for id, type in (
        (ANNE, "Patient"), (ANNE, "Disease"), (ANNE.upper(), "patient"), ("MESH:D1", "Patient"), ("fhir:x", "Gene"),
        (f"MESH:D2|{ANNE}", "Chemical"),
    ):  # fmt: skip
        done = home.send(writer, made(id, type))
        assert [(one.record, one.reason) for one in done.failed] == [
            ("PMID:7", "only the reader of patients' files declares patients")
        ]
    assert home.fingerprint() == before
    assert home.send(writer, made("-", "Patient")).added == 1  # a person, and nobody's id


@pytest.mark.parametrize("writer", WRITERS)
def test_ids_of_patients_and_their_documents_are_the_readers_of_their_files(
    shared: Callable[..., Shared], writer: Writer | None
) -> None:
    home = shared()
    home.fhir(None, CONDITION)
    before = home.fingerprint()
    for id in (f"fhir:Patient/{ANNE[8:]}", "fhir:DocumentReference/1", ANNE, "FHIR:x", "Patient:1"):
        for file in named(id):
            done = home.send(writer, file)
            assert (done.added, done.updated, [one.record for one in done.failed]) == (0, 0, [id])
    assert home.fingerprint() == before


def test_curated_files_declare_no_patients(shared: Callable[..., Shared]) -> None:
    home = shared()
    home.fhir(None, CONDITION)
    before = home.fingerprint()
    table = "id\ttype\tname\nX:1\tPatient\tMallory\n" + f"{ANNE}\tDisease\tMallory\n"
    assert [one.record for one in home.load("a.tsv", table).failed] == ["X:1", ANNE]
    mapping = f"subject_id\tpredicate_id\tobject_id\nX:1\tskos:exactMatch\t{ANNE}\n"
    assert home.load("a.sssom.tsv", mapping).failures == 1
    nodes = f"id\tcategory\tname\n{ANNE}\tbiolink:Disease\tMallory\nMESH:D1\tbiolink:Disease\tGout\n"
    edges = f"id\tsubject\tpredicate\tobject\ne\t{ANNE}\tbiolink:has_disease\tMESH:D1\n"
    assert home.load("a_nodes.tsv", nodes).failures == 1
    assert home.load("a_edges.tsv", edges).failures == 1
    source = "# source: fhir:names\nid\ttype\tname\nX:1\tDisease\tGout\n"
    assert (home.load("b.tsv", source).failures, home.graph.source("fhir:names")) == (1, None)
    assert home.graph.entity(ANNE, access=None).name == f"patient {ANNE[8:16]}"
    home.graph.delete([one.id for one in home.graph.sources(kind="curated")])
    assert home.fingerprint() == before


def test_what_speaks_of_a_patient() -> None:
    text = (Section("text", "Gout."),)
    assert is_reserved("Patient:1") and not is_reserved("local:patient%3A1")  # noqa: PT018  # two spellings of one thing
    assert declares(Entity("X:1", "Patient", "x")) and declares(Entity("X:1", "Gene", "x", xrefs=("patient:1",)))  # noqa: PT018
    assert states(Assertion.new("X:1", "treats", "patient:1", source="s", sentence=""))
    assert joins(Mapping("X:1", "patient:1"))
    assert of_document(Document("X:1", "", text)) == ""
    assert of_document(Document("fhir:1", "", text))
    assert of_document(Document("X:1", "", text, annotations=(Annotation(0, 4, "Gout", "Disease", "patient:1"),)))
    about = Assertion.new("patient:1", "takes", "X:1", source="X:1", sentence="")
    assert of_document(Document("X:1", "", text, statements=(about,)))
