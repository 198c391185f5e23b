"""What a finding says for diseases that a table describes, beside many rare ones."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from graph.model import Assertion, Entity, Source
from graph.view import GraphView
from qa.differential.engine import Differential
from qa.differential.model import Case, Finding
from tests.qa.differential.conftest import HPOA, TABLES, about, has

Find = Callable[..., tuple[Finding, ...]]
MANY = 60


@pytest.fixture
def crowded(store: Any, view: GraphView) -> GraphView:
    """The small graph with many rare diseases of one class, a form of influenza among it, and one root of findings."""
    rare = [f"OMIM:{number}" for number in range(100, 100 + MANY)]
    isa = [(finding, "HP:0") for finding in ("HP:1", "HP:2", "HP:3")] + [(id, "MONDO:1") for id in (*rare, "MESH:1")]
    store.load(
        HPOA,
        [
            Entity("HP:0", "Phenotype", "abnormality"),
            Entity("HP:23", "Phenotype", "short fingers"),
            Entity("MONDO:1", "Disease", "infection"),
            *(Entity(id, "Disease", f"rarity {id}") for id in rare),
        ],
        [has(id, "HP:23", "90%") for id in rare]
        + [Assertion.new(a, "subclass_of", b, source="HPOA", sentence="is_a") for a, b in (*isa, ("HP:23", "HP:2"))],
    )
    return view


def test_what_all_have_in_some_form_speaks_for_nothing_that_is_common(crowded: GraphView, find: Find) -> None:
    ranking = Differential().rank(crowded, Case(find("ectopia lentis", "tall stature")))
    assert ranking.candidates[0].id in ("OMIM:1", "OMIM:2")
    influenza = next((one for one in ranking.candidates if one.id == "MESH:1"), None)
    assert influenza is None or all(each.ratio < 0.1 for each in influenza.explained)


def test_the_class_of_a_common_disease_lends_it_no_finding(crowded: GraphView) -> None:
    case = Case((Finding("short fingers", ("HP:23",)),))
    ranking = Differential().rank(crowded, case, among=("MESH:1", "OMIM:100"))
    common = next(one for one in ranking.candidates if one.id == "MESH:1")
    assert not any(each.kin for each in common.explained)
    assert common.score < 0 < next(one for one in ranking.candidates if one.id == "OMIM:100").score


def test_a_finding_that_another_disease_causes_says_little_for_one_that_does_not(store: Any, view: GraphView) -> None:
    store.load(
        TABLES,
        [Entity("HP:4", "Phenotype", "jaundice"), Entity("MESH:3", "Disease", "Hepatitis")],
        [
            has("MESH:3", "HP:4", "90%", source=TABLES.id),
            about("MESH:3", "occurs_in", "MEDGRAPH:population-general", incidence="1000", female="50", ages="child=5"),
        ],
    )
    ranking = Differential().rank(view, Case((Finding("jaundice", ("HP:4",)),)))
    ratios = {one.id: one.explained[0].ratio for one in ranking.candidates}
    assert ratios["MESH:3"] > 1 > 0.3 > ratios["MESH:1"]


def test_one_finding_says_no_more_than_its_ratio(view: GraphView, find: Find) -> None:
    first, second = Differential().rank(view, Case(find("headache"))).candidates[:2]
    told = first.score + first.prior - second.score - second.prior
    assert math.log(first.probability / second.probability) == pytest.approx(told, rel=1e-3)


def test_what_is_common_in_practice_speaks_against_a_common_disease_that_has_it_not(
    crowded: GraphView, store: Any, find: Find
) -> None:
    rows = [has("MESH:3", "HP:33", "90%", source=TABLES.id), has("MESH:3", "HP:2", "50%", source=TABLES.id)]
    rate = about("MESH:3", "occurs_in", "MEDGRAPH:population-general", incidence="10000", female="50", ages="young=10")
    store.load(TABLES, [Entity("MESH:3", "Disease", "Strained neck")], [*rows, rate])
    ranking = Differential().rank(crowded, Case(find("fever", "cough")), among=("MESH:1", "MESH:3"))
    influenza, strain = ranking.candidates
    assert (influenza.id, strain.id) == ("MESH:1", "MESH:3")
    fever, cough = strain.explained
    assert fever.ratio < 0.5 < 1 < cough.ratio


def test_what_a_table_says_of_a_finding_holds_against_what_it_says_in_general(
    crowded: GraphView, store: Any, find: Find
) -> None:
    rate = {"incidence": "1000", "female": "50", "ages": "young=10"}
    rows = []
    for id in ("MESH:5", "MESH:6"):
        rows += [about(id, "occurs_in", "MEDGRAPH:population-general", **rate), has(id, "HP:12", "90%", source="t")]
    rows.append(has("MESH:6", "HP:121", "0.1%", source="t"))
    store.load(
        Source("t", "curated"),
        [Entity("MESH:5", "Disease", "Eye strain"), Entity("MESH:6", "Disease", "Dry eye")],
        [replace(row, source="t") for row in rows],
    )
    ranking = Differential().rank(crowded, Case(find("high myopia")), among=("MESH:5", "MESH:6"))
    ratio = {one.id: one.explained[0].ratio for one in ranking.candidates}
    assert ratio["MESH:6"] < ratio["MESH:5"]
