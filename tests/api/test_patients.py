"""What of a patient's record joined the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.errors import UnknownPatient
from api.patients import joined, label_of, must_be_there
from graph.model import Assertion, Contribution, Entity, Source
from graph.sqlite.store import SqliteStore


def taken(patient: str, object: str) -> Contribution:
    access = frozenset({patient})
    entities = [Entity(patient, "Patient", patient, access=access)]
    if object.startswith("RXNORM"):
        entities.append(Entity(object, "Drug", f"drug of {patient}", access=access))
    row = Assertion.new(patient, "takes", object, source=f"fhir:{patient}", sentence="x", access=access)
    source = Source(f"fhir:{patient}", "document", access=access)
    return Contribution(source, tuple(entities), (), (), (row,))


def test_one_patients_names_are_not_anothers(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.db")
    store.load(Source("names", "curated"), [Entity("MESH:D1", "Drug", "Metformin")], ())
    store.replace([taken("patient:1", "RXNORM:1"), taken("patient:2", "RXNORM:1"), taken("patient:3", "MESH:D1")])
    (kind,) = joined(store, "patient:1")
    assert (kind.predicate, kind.joined, kind.missing) == ("takes", 0, {"RXNORM:1": "drug of patient:1"})
    (kind,) = joined(store, "patient:3")
    assert (kind.joined, kind.missing) == (1, {})
    with pytest.raises(UnknownPatient):
        joined(store, "patient:4")
    store.close()


def test_a_patient_of_whom_nothing_is_here_is_refused(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.db")
    note = Source("note", "document", access=frozenset({"patient:2"}))
    store.replace([taken("patient:1", "RXNORM:1"), Contribution(note, (), (), (), ())])
    must_be_there(store, "patient:1")
    must_be_there(store, "patient:2")
    with pytest.raises(UnknownPatient):
        must_be_there(store, "patient:3")
    # One that may not be seen is none.
    must_be_there(store, "patient:1", frozenset({"public", "patient:1"}))
    with pytest.raises(UnknownPatient, match="no such patient"):
        must_be_there(store, "patient:1", frozenset({"public"}))
    store.close()


def test_labels() -> None:
    assert label_of("42") == label_of("patient:42") == "patient:42"
