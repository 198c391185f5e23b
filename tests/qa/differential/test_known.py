"""What is stated of candidates besides, over a small graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.view import GraphView
from qa.differential.engine import Differential
from qa.differential.known import known
from qa.differential.model import Case
from qa.evidence.records import Records


def test_the_statements_behind(view: GraphView, find: Callable[..., Any]) -> None:
    ranking = Differential().rank(view, Case(observed=find("ectopia lentis", "fever")), 10)
    stated = known(view, Records(view), ranking.candidates)
    assert {id: row.object for id, row in stated["OMIM:1"].findings.items()}["HP:11"] == "HP:11"
    assert dict(stated["MESH:1"].missed.qualifiers)["why_zh"] == "可致老人死亡"  # type: ignore[union-attr]
    assert dict(stated["MESH:1"].rate.qualifiers)["incidence"] == "10000"  # type: ignore[union-attr]
    assert stated["OMIM:1"].rate is None and {row.object for row in stated["MESH:1"].rows()} >= {"HP:31"}  # noqa: PT018


def test_what_a_paper_left_out_states_is_no_reason(view: GraphView, find: Callable[..., Any]) -> None:
    ranking = Differential().rank(view, Case(observed=find("ectopia lentis")), 10)
    assert not known(view, Records(view), ranking.candidates, frozenset({"PMID:1"}))["OMIM:1"].findings.get("HP:11")
    assert known(view, Records(view), ()) == {}
