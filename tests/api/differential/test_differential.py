"""What every door of the differential shares."""

from __future__ import annotations

from pathlib import Path

from api.differential import joined
from api.same_ids import SameIds
from api.schemas.ranked import Shaped
from graph.model import PUBLIC, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.matrix import UNTOLD
from qa.differential.model import Candidate, Case, Explained, Finding, Ranking

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


def test_a_ranking_is_told_in_the_language_asked_for() -> None:
    ranking = Ranking(
        Case(observed=(Finding("fever", ("HP:1",)), Finding("rash", ("HP:2",)))),
        (
            Candidate(
                "X:1", ("X:1",), "One", 0.5, 2.0, 0.0, explained=(Explained(0, 12.34, "HP:1"), Explained(1, 0.01))
            ),
        ),
        0.5,
    )
    entities = {"X:1": Entity("X:1", "Disease", "One", (Name("一", "zh"),))}
    body = Shaped("zh", entities, {}, {}).body(ranking, ())
    (one,) = body.candidates
    assert (one.name, body.other) == ("一", 0.5)
    assert [(each.finding, each.ratio, each.frequency) for each in one.explained] == [("fever", 12.3, UNTOLD)]
    assert [each.finding for each in one.unexplained] == ["rash"]
