"""What a text as a whole adds: for the diseases of the group that it speaks of, and nothing for those of none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from graph.view import GraphView
from qa.differential.engine import Differential
from qa.differential.groups import BUCKETS, Groups, read
from qa.differential.model import Case, Finding
from qa.differential.voice import SHARE, Voice


@pytest.fixture
def groups() -> Groups:
    """Of which `pound` speaks for nerves and against airways."""
    weights = np.zeros((BUCKETS, 2), np.int8)
    weights[read("pound")[1][0].bucket] = (-100, 100)
    return Groups(
        columns=("respiratory-infection", "neurological"),
        weights=weights,
        scales=np.full(2, 0.02, np.float32),
        intercepts=np.zeros(2, np.float32),
        temperature=1.0,
        shares=np.full(2, 0.5, np.float32),
        members={"MESH:1": 0, "MESH:2": 1},
    )


def test_it_speaks_for_the_diseases_of_the_group_that_a_text_is_of(view: GraphView, groups: Groups) -> None:
    matrix = Differential().matrix(view)
    said = dict(zip(matrix.profiles.diseases, Voice(groups).of(matrix, "pound").tolist(), strict=True))
    chance = 1 / (1 + np.exp(-4))
    assert said["MESH:2"] == pytest.approx(SHARE * np.log(chance / 0.5), rel=1e-4)
    assert said["MESH:1"] == pytest.approx(SHARE * np.log((1 - chance) / 0.5), rel=1e-3)
    assert said["OMIM:1"] == 0


def test_a_text_without_a_word_says_nothing(view: GraphView, groups: Groups) -> None:
    assert not Voice(groups).of(Differential().matrix(view), "...").any()


def test_the_engine_hears_a_text_and_never_prints_it(
    view: GraphView, find: Callable[..., tuple[Finding, ...]], groups: Groups
) -> None:
    engine, case = Differential(groups=groups), Case(find("headache"))
    chance = {each.id: each.probability for each in engine.rank(view, case).candidates}
    told = replace(case, text="pound")
    heard = {each.id: each.probability for each in engine.rank(view, told).candidates}
    assert heard["MESH:2"] > chance["MESH:2"]
    assert heard["MESH:1"] < chance["MESH:1"]
    assert "pound" not in repr(told)
    assert Differential().rank(view, told).candidates[0].probability == chance[next(iter(chance))]
