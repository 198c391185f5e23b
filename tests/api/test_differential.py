"""What every door of the differential shares."""

from __future__ import annotations

from pathlib import Path

from api.differential import joined
from api.same_ids import SameIds
from graph.model import PUBLIC, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.model import Case, Finding

HPOA = Source("HPOA", "curated")


def test_what_is_answered_takes_the_place_of_what_was_told() -> None:
    fever, cough = Finding("fever", ("HP:1",)), Finding("cough", ("HP:2",))
    case = joined(Case(observed=(fever,), excluded=(cough,)), Case(observed=(cough,), excluded=(fever,)), ["HP:3"])
    assert (case.observed, case.excluded, case.unclear) == ((cough,), (fever,), ("HP:3",))


def test_ids_that_stand_for_one_disease(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.sqlite")
    store.load(HPOA, [Entity("OMIM:1", "Disease", "One"), Entity("MESH:1", "Disease", "Two")])
    store.add_mappings([("ORPHA:1", "OMIM:1")], HPOA)
    same, view = SameIds(), GraphView(store, PUBLIC)
    assert same.of(view, ["OMIM:1"]) == ["OMIM:1", "ORPHA:1"]
    store.add_mappings([("MONDO:1", "OMIM:1")], HPOA)
    assert set(same.of(view, ["OMIM:1"])) == {"OMIM:1", "ORPHA:1", "MONDO:1"}
    store.close()
