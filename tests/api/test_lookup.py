"""Reading the graph by id or name, as one reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api import lookup
from api.errors import Ambiguous, NotFound
from graph.errors import UnknownEntity
from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView

WARD = frozenset({"ward:7"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = SqliteStore(tmp_path / "graph.sqlite")
    opened.load(
        Source("names", "curated"),
        [
            Entity("MESH:D1", "Drug", "Metformin"),
            Entity("MESH:D2", "Disease", "Cold"),
            Entity("HP:1", "Phenotype", "Cold"),
            Entity("HP:2", "Phenotype", "Nausea"),
        ],
        [Assertion.new("MESH:D1", "causes", "HP:2", source="names", sentence="", record="1")],
    )
    opened.load(Source("ward", "curated", access=WARD), [Entity("X:1", "Drug", "Trial drug", access=WARD)])
    yield opened
    opened.close()


def test_an_entity_is_had_by_id_or_by_exactly_its_name(store: SqliteStore) -> None:
    view = GraphView(store, frozenset({"public"}))
    assert lookup.entity_of(view, "MESH:D1").name == "Metformin"
    assert lookup.entity_of(view, "METFORMIN").id == "MESH:D1"
    with pytest.raises(Ambiguous, match=r"HP:1 .*MESH:D2|MESH:D2 .*HP:1"):
        lookup.entity_of(view, "cold")
    with pytest.raises(UnknownEntity):
        lookup.entity_of(view, "MESH:D9")
    with pytest.raises(NotFound, match="no entity is named 'Metformi'"):
        lookup.entity_of(view, "Metformi")


def test_a_reader_is_shown_what_their_labels_show(store: SqliteStore) -> None:
    assert lookup.entity_of(GraphView(store, WARD), "trial drug").id == "X:1"
    assert lookup.entity_of(GraphView(store, None), "X:1").id == "X:1"
    with pytest.raises(NotFound):
        lookup.entity_of(GraphView(store, frozenset({"public"})), "trial drug")


def test_relations_come_with_the_names_at_their_ends(store: SqliteStore) -> None:
    view = GraphView(store, None)
    near = lookup.neighbours(view, view.entity("MESH:D1"), predicates=["causes"], type=None, limit=5)
    assert [(one.predicate, one.other.name) for one in near.neighbours] == [("causes", "Nausea")]
    assert (near.total, near.cursor) == (1, None)


def test_a_name_means_all_that_bear_it(store: SqliteStore) -> None:
    view = GraphView(store, None)
    assert [entity.id for entity in lookup.bearers(view, "cold")] == ["HP:1", "MESH:D2"]
    assert [entity.id for entity in lookup.bearers(view, "MESH:D1")] == ["MESH:D1"]
    with pytest.raises(NotFound):
        lookup.bearers(view, "Metformi")
