"""Reading the graph by id or name, as one reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api import lookup
from api.errors import NotFound
from api.paths import Way, paths
from api.statements import why
from graph.errors import UnknownEntity
from graph.model import Assertion, Entity, Match, Name, Source
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
    assert lookup.find(view, "MESH:D1").entity.name == "Metformin"
    assert lookup.find(view, "METFORMIN").entity.id == "MESH:D1"
    cold = lookup.find(view, "cold")
    assert (cold.entity.id, [other.id for other in cold.others]) == ("HP:1", ["MESH:D2"])
    assert lookup.find(view, "cold", type="Disease") == lookup.Found(view.entity("MESH:D2"))
    store.load(Source("more", "curated"), [], [
        Assertion.new("MESH:D1", "treats", "MESH:D2", source="more", sentence="", record="1")
    ])  # fmt: skip
    assert lookup.find(view, "cold").entity.id == "MESH:D2"  # more is known of it
    with pytest.raises(UnknownEntity):
        lookup.find(view, "MESH:D9")
    with pytest.raises(NotFound, match="no entity is named 'Metformi'"):
        lookup.find(view, "Metformi")


@pytest.mark.parametrize("spelt", ["HP:1", "hp:1", "HP_1", "obo:HP_1", "http://purl.obolibrary.org/obo/HP_1", " HP_1 "])
def test_an_id_is_known_however_others_spell_it(store: SqliteStore, spelt: str) -> None:
    view = GraphView(store, None)
    assert lookup.find(view, spelt).entity.id == "HP:1"
    assert lookup.of_id(view, "cold") is lookup.of_id(view, "HP_404") is None
    for unknown in ("HP:404", "hp:404"):
        with pytest.raises(UnknownEntity):
            lookup.of_id(view, unknown)


def test_a_reader_is_shown_what_their_labels_show(store: SqliteStore) -> None:
    assert lookup.find(GraphView(store, WARD), "trial drug").entity.id == "X:1"
    assert lookup.find(GraphView(store, None), "X:1").entity.id == "X:1"
    with pytest.raises(NotFound):
        lookup.find(GraphView(store, frozenset({"public"})), "trial drug")


def test_what_an_entity_was_merged_from_is_told_of_sources_that_the_reader_sees(store: SqliteStore) -> None:
    store.add_mappings([Match("Y:1", "MESH:D1")], Source("ward", "curated", access=WARD))
    store.add_mappings([Match("Y:2", "MESH:D1")], Source("names", "curated"))
    for access, seen in ((frozenset({"public"}), ["names"]), (None, ["ward", "names"])):
        view = GraphView(store, access)
        shown = lookup.page(view, lookup.find(view, "MESH:D1"))
        assert [match.source for match in shown.merged_from] == seen
        assert view.all_ids(["MESH:D1"]) == {"MESH:D1", "Y:1", "Y:2"}


def test_relations_come_with_the_names_at_their_ends(store: SqliteStore) -> None:
    view = GraphView(store, None)
    near = lookup.neighbours(view, lookup.find(view, "MESH:D1"), predicates=["causes"], type=None, limit=5)
    assert [(one.predicate, one.other.name) for one in near.neighbours] == [("causes", "Nausea")]
    assert (near.total, near.cursor) == (1, None)


def test_a_name_means_all_that_bear_it(store: SqliteStore) -> None:
    view = GraphView(store, None)
    assert [entity.id for entity in lookup.bearers(view, "cold")] == ["HP:1", "MESH:D2"]
    assert [entity.id for entity in lookup.bearers(view, "MESH:D1")] == ["MESH:D1"]
    with pytest.raises(NotFound):
        lookup.bearers(view, "Metformi")


def test_a_page_says_what_an_entity_was_merged_from_and_what_goes_by_its_name(store: SqliteStore) -> None:
    view = GraphView(store, None)
    store.add_mappings([Match("UMLS:1", "MESH:D2", 0.9, "semapv:LexicalMatching")], Source("links", "curated"))
    shown = lookup.page(view, lookup.find(view, "UMLS:1"))
    assert (shown.id, [kin.id for kin in shown.same_name_as], shown.also) == ("MESH:D2", ["HP:1"], [])
    (merged,) = shown.merged_from
    assert (merged.other, merged.canonical, merged.source, merged.confidence) == ("UMLS:1", "MESH:D2", "links", 0.9)
    assert view.all_ids(["MESH:D2", "HP:1"]) == {"MESH:D2", "UMLS:1", "HP:1"}
    cold = lookup.find(view, "cold")
    assert [node.id for node in lookup.page(view, cold).also] == ["MESH:D2"]
    near = lookup.neighbours(view, cold, predicates=None, type=None, limit=5)
    assert [node.id for node in near.also] == ["MESH:D2"]
    ways = paths(view, "cold", "HP:2", Way(), max_hops=2, limit=5)
    assert (ways.paths, [node.id for node in ways.also]) == ([], ["MESH:D2"])


def test_a_name_in_either_language_means_the_same_where_one_vocabulary_alone_has_it(store: SqliteStore) -> None:
    store.load(Source("more", "curated"), [
        Entity("MONDO:7", "Disease", "Epilepsy", (Name("癫痫", "zh"),)),
        Entity("HP:7", "Phenotype", "Seizure", (Name("Epilepsy", "en"),)),
        Entity("MONDO:8", "Disease", "Tuberous sclerosis", (Name("结节性硬化", "zh"),)),
    ], [Assertion.new("MONDO:8", "has_phenotype", "HP:7", source="more", sentence="", record="1")])  # fmt: skip
    view = GraphView(store, None)
    for name in ("epilepsy", "癫痫"):
        best = lookup.find(view, name)
        assert (best.entity.id, [other.id for other in best.others]) == ("MONDO:7", ["HP:7"])
        assert [entity.id for entity in lookup.bearers(view, name)] == ["MONDO:7", "HP:7"]
        assert len(why(view, name, "结节性硬化", predicates=None, limit=3).relations) == 1
        # Nothing is stated of the best that bears the name: the next joins.
        (way,) = paths(view, name, "MONDO:8", Way(), max_hops=2, limit=5).paths
        assert [(node.id, node.name_zh) for node in way.nodes] == [("HP:7", "Seizure"), ("MONDO:8", "结节性硬化")]
    assert lookup.find(view, "癫痫", type="Disease").others == ()
    assert paths(view, "epilepsy", "癫痫", Way(), max_hops=2, limit=5).paths[0].relations == []
