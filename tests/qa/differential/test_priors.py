"""How probable each disease is before any finding."""

from __future__ import annotations

import numpy as np
import pytest

from graph.view import GraphView
from qa.differential.kept import Kept
from qa.differential.model import Case, Finding
from qa.differential.priors import UNCOUNTED, band, prior
from qa.differential.profiles import BANDS


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
