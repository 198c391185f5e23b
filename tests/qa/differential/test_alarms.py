"""What must not be missed comes after the most probable candidates, before the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import Entity
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.alarms import SHOWN
from qa.differential.engine import Differential
from qa.differential.model import Case, Finding
from tests.qa.differential.conftest import TABLES, about, has

Find = Callable[..., tuple[Finding, ...]]
BLEEDING, ARTERITIS = "MESH:7", "MESH:8"


@pytest.fixture
def alarmed(store: SqliteStore) -> GraphView:
    """Two dangerous diseases that cause headaches, and four common ones that are more probable."""
    diseases = {BLEEDING: "Subarachnoid hemorrhage", ARTERITIS: "Giant cell arteritis"}
    diseases |= {f"MESH:2{n}": f"Headache of kind {letter}" for n, letter in enumerate("abcd")}
    rows = []
    for id in diseases:
        rate = "10" if id in (BLEEDING, ARTERITIS) else "5000"
        rows.append(about(id, "occurs_in", "MEDGRAPH:population-general", incidence=rate, female="50"))
        rows.append(has(id, "HP:32", "90%", source=TABLES.id))
    rows.append(has(BLEEDING, "HP:3", source=TABLES.id, paper="alarm", qualifiers={"alarm": "yes"}))
    rows.append(has(ARTERITIS, "HP:32", source=TABLES.id, paper="alarm", qualifiers={"alarm": "yes", "age_from": "50"}))
    store.load(TABLES, [Entity(id, "Disease", name) for id, name in diseases.items()], rows)
    return GraphView(store, frozenset({"public"}))


def order(view: GraphView, case: Case) -> list[str]:
    return [candidate.id for candidate in Differential().rank(view, case).candidates]


def test_what_must_not_be_missed_is_among_the_first_five(alarmed: GraphView, find: Find) -> None:
    first = order(alarmed, Case(find("headache"), age=70.0))
    assert {BLEEDING, ARTERITIS} == set(first[3:SHOWN])
    ranking = Differential().rank(alarmed, Case(find("headache"), age=70.0))
    chances = [candidate.probability for candidate in ranking.candidates]
    assert chances[:3] == sorted(chances, reverse=True)[:3], "the most probable stay first"


def test_an_alarm_is_for_its_age_and_its_complaint(alarmed: GraphView, find: Find) -> None:
    young = order(alarmed, Case(find("headache"), age=20.0))
    assert young[3] == BLEEDING
    assert ARTERITIS not in young[:SHOWN]
    assert BLEEDING in order(alarmed, Case(find("fever", "headache")))[:SHOWN], "a form of it counts"
    assert BLEEDING not in order(alarmed, Case(find("ectopia lentis"), find("headache")))[:SHOWN]


def test_an_alarm_says_nothing_of_how_often(alarmed: GraphView, find: Find) -> None:
    (bleeding,) = [c for c in Differential().rank(alarmed, Case(find("headache"))).candidates if c.id == BLEEDING]
    assert bleeding.explained[0].often == pytest.approx(0.9, abs=0.06)


def test_one_complaint_raises_no_alarm_for_what_is_all_but_impossible(
    alarmed: GraphView, store: SqliteStore, find: Find
) -> None:
    rows = [
        has("MESH:9", "HP:32", "90%", source=TABLES.id),
        has("MESH:9", "HP:32", source=TABLES.id, paper="alarm", qualifiers={"alarm": "yes"}),
        about("MESH:9", "occurs_in", "MEDGRAPH:population-general", incidence="0.0001", female="50"),
    ]
    store.load(TABLES, [Entity("MESH:9", "Disease", "Plague")], rows)
    first = order(alarmed, Case(find("headache")))[:SHOWN]
    assert BLEEDING in first
    assert "MESH:9" not in first
