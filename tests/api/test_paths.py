"""How two entities hang together, with a reason for every step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.errors import NotFound
from api.paths import Way, paths
from graph.errors import SchemaViolation, UnknownEntity
from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView


def recorded(subject: str, predicate: str, object: str, **rest: str) -> Assertion:
    return Assertion.new(subject, predicate, object, source="DATA", sentence="row", record="1", qualifiers=rest)


@pytest.fixture
def view(tmp_path: Path) -> Iterator[GraphView]:
    store = SqliteStore(tmp_path / "graph.sqlite")
    store.load(
        Source("DATA", "curated"),
        [
            Entity("D:1", "Drug", "Zeldane"),
            Entity("D:2", "Disease", "Marsh fever"),
            Entity("HP:1", "Phenotype", "Rash"),
            Entity("G:1", "Gene", "ABC1"),
        ],
        [
            recorded("D:1", "has_adverse_effect", "HP:1", evidence="IEA"),
            recorded("D:1", "has_adverse_effect", "HP:1", evidence="PCS", frequency="1/4"),
            recorded("D:2", "has_phenotype", "HP:1"),
            recorded("D:1", "binds", "G:1"),
            recorded("G:1", "gene_associated_with", "D:2"),
        ],
    )
    yield GraphView(store, None)
    store.close()


def through(view: GraphView, way: Way) -> list[str]:
    return [path.nodes[1].name for path in paths(view, "zeldane", "D:2", way, max_hops=2, limit=5).paths]


def test_every_step_has_its_strongest_reason(view: GraphView) -> None:
    (path,) = paths(view, "zeldane", "Marsh fever", Way(through=["Phenotype"]), max_hops=3, limit=5).paths
    assert [node.name for node in path.nodes] == ["Zeldane", "Rash", "Marsh fever"]
    assert [reason.words.en for reason in path.reasons] == [
        "Zeldane has the adverse effect Rash (in 1 of 4 patients, 25%).",
        "Marsh fever presents with Rash.",
    ]
    assert path.relations[1].subject == "D:2", "followed backwards"


@pytest.mark.parametrize(
    ("way", "names"),
    [
        (Way(), ["ABC1", "Rash"]),
        (Way(through=["Gene"]), ["ABC1"]),
        (Way(without=["Gene"]), ["Rash"]),
        (Way(without=["rash"]), ["ABC1"]),
        (Way(without=["G:1", "Phenotype"]), []),
        (Way(predicates=["binds", "gene_associated_with"]), ["ABC1"]),
        (Way(not_predicates=["binds"]), ["Rash"]),
        (Way(predicates=["binds"], not_predicates=["binds"]), []),
    ],
)
def test_paths_go_where_they_may(view: GraphView, way: Way, names: list[str]) -> None:
    assert through(view, way) == names


def test_what_is_not_known_is_refused(view: GraphView) -> None:
    for way in (Way(predicates=["eats"]), Way(not_predicates=["eats"]), Way(through=["Thing"])):
        with pytest.raises(SchemaViolation):
            through(view, way)
    with pytest.raises(NotFound):
        through(view, Way(without=["nothing of the kind"]))
    with pytest.raises(UnknownEntity):
        paths(view, "HP:404", "D:2", Way(), max_hops=2, limit=5)
