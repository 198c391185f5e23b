"""What is read of the graph: one disease for one name, its rates, and how its findings are found out."""

from __future__ import annotations

import numpy as np

from graph.model import Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.profiles import BANDS, KINDS, SEASONS, TEMPOS, read
from tests.qa.differential.conftest import about, has


def test_diseases_of_one_name_are_one(store: SqliteStore, view: GraphView) -> None:
    other = Entity("ORPHA:1", "Disease", "marfan syndrome")
    store.load(Source("ORDO", "curated"), [other], [has("ORPHA:1", "HP:12", "HP:0040281", source="ORDO")])
    profiles = read(view)
    place = profiles.diseases.index("OMIM:1")
    assert profiles.bearers[place] == ("ORPHA:1",)
    assert "ORPHA:1" not in profiles.diseases
    terms = {profiles.terms[term] for term in profiles.term[profiles.disease == place]}
    assert {"HP:11", "HP:12"} <= terms


def test_rates_are_read_and_unknown_where_nobody_tells(view: GraphView) -> None:
    profiles = read(view)
    flu, marfan = (profiles.diseases.index(id) for id in ("MESH:1", "OMIM:1"))
    assert profiles.incidence[flu] == 10_000
    assert np.isnan(profiles.incidence[marfan])
    assert profiles.ages[flu, BANDS.index("child")] == 10
    assert profiles.tempo[flu, TEMPOS.index("days")] == np.float32(0.9)
    assert profiles.seasons[flu, SEASONS.index("winter")]
    assert profiles.missed[flu]
    assert not profiles.missed[marfan]
    assert profiles.female[marfan] == 0.5
    assert profiles.factors == ("MEDGRAPH:factor-contact",)


def test_how_a_finding_is_found_out(view: GraphView) -> None:
    profiles = read(view)
    kinds = {profiles.terms[term]: KINDS[kind] for term, kind in zip(profiles.term, profiles.kind, strict=True) if kind}
    assert kinds == {"HP:31": "exam", "HP:33": "history", "HP:32": "history"}


def test_rates_that_are_none_are_left_out(store: SqliteStore, view: GraphView) -> None:
    for incidence in ("many", "-3", "inf", ""):
        row = about("OMIM:1", "occurs_in", "MEDGRAPH:population-general", incidence=incidence, ages="child=many")
        store.load(Source("medgraph-conditions", "curated"), [], [row])
    profiles = read(view)
    place = profiles.diseases.index("OMIM:1")
    assert np.isnan(profiles.incidence[place])
    assert not profiles.ages[place].any()
