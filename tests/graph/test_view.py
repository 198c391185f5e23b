"""A view shows what its reader may see, whichever way it is asked, and leaves no reading method out."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import UnknownEntity
from graph.model import PUBLIC, Assertion, Contribution, Entity, Mention, PassageNode, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView

SECRET = frozenset({"patient:1"})
FEVER = Entity("HP:1", "Phenotype", "Fever")
FLU = Entity("MONDO:1", "Disease", "Influenza")
HIDDEN = Entity("PATIENT:1", "Patient", "Zebedee", access=SECRET)


def methods(owner: type) -> dict[str, inspect.Signature]:
    return {
        name: inspect.signature(member)
        for name, member in inspect.getmembers(owner, inspect.isfunction)
        if not name.startswith("_")
    }


READING = {name for name, signature in methods(GraphStore).items() if "access" in signature.parameters}


def test_every_reading_method_is_on_the_view_and_takes_the_same_but_the_labels() -> None:
    assert len(READING) >= 10
    for name in READING:
        of_store = methods(GraphStore)[name]
        access = of_store.parameters["access"]
        assert (access.kind, access.default) == (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty), name
        others = [parameter for parameter in of_store.parameters.values() if parameter.name != "access"]
        of_view = methods(GraphView)[name]
        assert list(of_view.parameters.values()) == others, name
        assert of_view.return_annotation == of_store.return_annotation, name


@pytest.fixture
def filled(sqlite: SqliteStore) -> SqliteStore:
    sqlite.load(Source("HPO", "curated"), [FEVER, FLU])
    closed = Assertion.new("MONDO:1", "has_phenotype", "HP:1", source="closed", sentence="s", access=SECRET)
    sqlite.load(Source("closed", "curated", access=SECRET), [], [closed])
    note = Source("fhir:1", "document", access=SECRET)
    passage = PassageNode("n", "fhir:1", "note", 0, 19, "Zebedee has a fever", SECRET)
    facts = [
        Assertion.new(*triple, source="fhir:1", sentence="s", access=SECRET)
        for triple in (("PATIENT:1", "has_condition", "HP:1"), ("MONDO:1", "has_phenotype", "HP:1"))
    ]
    sqlite.replace([Contribution(note, (HIDDEN,), (passage,), (Mention("n", "HP:1", 14, 19, "fever"),), tuple(facts))])
    return sqlite


READS: dict[str, Callable[[GraphView], Any]] = {
    "entity": lambda view: [view.entity("PATIENT:1")],
    "entities": lambda view: view.entities(["PATIENT:1"]),
    "find_entities": lambda view: view.find_entities("zebedee"),
    "named": lambda view: view.named(["zebedee"]),
    "relations": lambda view: view.relations(subjects=["PATIENT:1", "MONDO:1"]),
    "count_relations": lambda view: view.count_relations(subjects=["PATIENT:1", "MONDO:1"]),
    "neighbours": lambda view: view.neighbours("HP:1"),
    "count_neighbours": lambda view: view.count_neighbours("HP:1"),
    "assertions": lambda view: view.assertions(object="HP:1"),
    "count_assertions": lambda view: view.count_assertions(object="HP:1"),
    "statements": lambda view: view.statements(subjects=["PATIENT:1", "MONDO:1"], predicates=["has_phenotype"]),
    "stars": lambda view: list(view.stars(["has_phenotype"])),
    "stated": lambda view: list(view.stated(["has_phenotype"])),
    "passage": lambda view: view.passage("n"),
    "mentions": lambda view: view.mentions(entity="HP:1"),
    "paths": lambda view: view.paths("MONDO:1", "HP:1"),
}


@pytest.mark.parametrize("name", sorted(READING))
def test_a_view_shows_its_reader_s_and_nothing_else(filled: SqliteStore, name: str) -> None:
    def shown(view: GraphView) -> bool:
        try:
            return bool(READS[name](view))
        except UnknownEntity:
            return False

    assert shown(GraphView(filled, None))
    assert shown(GraphView(filled, PUBLIC | SECRET))
    assert not shown(GraphView(filled, PUBLIC))
    assert not shown(GraphView(filled, frozenset()))


def test_a_view_has_its_store_s_sources_and_version(filled: SqliteStore) -> None:
    view = GraphView(filled, PUBLIC)
    assert view.version() == filled.version()
    assert view.source("HPO") == filled.source("HPO")
