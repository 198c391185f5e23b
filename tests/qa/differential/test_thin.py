"""Where a ranking says little, over a small graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from graph.view import GraphView
from qa.differential.engine import Differential
from qa.differential.model import Case
from qa.differential.thin import thin


def test_why_a_ranking_says_little(view: GraphView, find: Callable[..., Any]) -> None:
    engine = Differential()
    matrix = engine.matrix(view)

    def said(*names: str) -> list[str]:
        return [words.en for words in thin(matrix, engine.rank(view, Case(observed=find(*names)), 10))]

    assert said("ectopia lentis", "long fingers") == []
    assert "Only one finding" in said("fever")[0]
    assert "nothing can be ranked" in said()[0]
    assert "more than one" in said("high myopia", "fever")[0]
    rare = replace(matrix, profiles=replace(matrix.profiles, incidence=np.full_like(matrix.profiles.incidence, np.nan)))
    ranking = engine.rank(view, Case(observed=find("ectopia lentis", "long fingers")), 10)
    assert "medgraph load conditions" in thin(rare, ranking)[0].zh
