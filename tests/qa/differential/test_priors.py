"""How probable each disease is before any finding."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from graph.model import Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.differential.kept import Kept
from qa.differential.model import Case, Finding
from qa.differential.priors import UNCOUNTED, band, prior
from qa.differential.profiles import BANDS
from tests.qa.differential.conftest import TABLES, about, has


def rates(view: GraphView, case: Case) -> dict[str, float]:
    matrix = Kept().matrix(view)
    return dict(zip(matrix.profiles.diseases, np.exp(prior(matrix, case)).tolist(), strict=True))


@pytest.mark.parametrize(
    ("age", "word"),
    [(0.0, "newborn"), (0.05, "newborn"), (0.08, "infant"), (2.0, "child"), (12.0, "adolescent"), (18.0, "young"),
     (39.9, "young"), (40.0, "middle"), (65.0, "old"), (110.0, "old")],
)  # fmt: skip
def test_every_age_is_of_one_band(age: float, word: str) -> None:
    assert BANDS[band(age)] == word


def test_what_nobody_counts_is_rare(view: GraphView) -> None:
    plain = rates(view, Case())
    assert plain["OMIM:1"] == pytest.approx(UNCOUNTED)
    assert plain["MESH:1"] > 1_000 * plain["OMIM:1"]


def test_a_factor_raises_the_odds_by_its_ratio(view: GraphView) -> None:
    contact = Case(factors={"contact": ("MEDGRAPH:factor-contact",), "unheard of": ("MEDGRAPH:factor-other",)})
    assert rates(view, contact)["MESH:1"] == pytest.approx(10 * rates(view, Case())["MESH:1"], rel=1e-3)


def test_a_duration_near_the_usual_one_counts_for_more_than_one_far_from_it(view: GraphView) -> None:
    by_tempo = {tempo: rates(view, Case(tempo=tempo))["MESH:1"] for tempo in ("days", "weeks", "years")}
    assert by_tempo["days"] > by_tempo["weeks"] > by_tempo["years"] > 0


def test_what_is_a_finding_and_a_factor_counts_once(view: GraphView) -> None:
    factors = {"contact": ("MEDGRAPH:factor-contact",)}
    explained = Case((Finding("contact", ("HP:33",)),), factors=factors)
    assert rates(view, explained)["MESH:1"] == pytest.approx(rates(view, Case())["MESH:1"])
    strange = Case((Finding("contact", ("HP:22",)),), factors=factors)
    assert rates(view, strange)["MESH:1"] == pytest.approx(rates(view, Case(factors=factors))["MESH:1"])


def test_an_age_or_a_sex_that_has_none_is_as_good_as_ruled_out(view: GraphView, store: SqliteStore) -> None:
    infant, close, usual = (rates(view, Case(age=age))["MESH:2"] for age in (0.5, 1.9, 5.0))
    assert infant < 1e-15 < close < usual, "close to the ages that have it nobody counts to the day"
    row = about("MESH:4", "occurs_in", "MEDGRAPH:population-general", incidence="100", female="0", ages="old=10")
    store.load(
        TABLES, [Entity("MESH:4", "Disease", "Enlarged prostate")], [row, has("MESH:4", "HP:3", source=TABLES.id)]
    )
    assert rates(view, Case(sex="female"))["MESH:4"] < 1e-15 < rates(view, Case(sex="male"))["MESH:4"]


def test_a_strong_factor_is_taken_for_a_rare_one(view: GraphView, store: SqliteStore) -> None:
    plain = rates(view, Case())["MESH:1"]
    store.load(
        Source("more", "curated"),
        [Entity("MEDGRAPH:factor-rare", "Concept", "rare")],
        [replace(about("MEDGRAPH:factor-rare", "contributes_to", "MESH:1", ratio="1000"), source="more")],
    )
    assert plain / 2 < rates(view, Case())["MESH:1"] < plain
