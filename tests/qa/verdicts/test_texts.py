"""Choices told apart by the words of what is stated."""

from __future__ import annotations

from graph.view import GraphView
from qa.verdicts.texts import mentioned
from qa.verdicts.thing import things_in
from tests.qa.ways.conftest import Stated, stated

__all__ = ["stated"]


def test_advice_for_the_genotype_that_is_told(stated: Stated) -> None:
    stated.entity("NCBIGene:1", "Gene", "UGT1A1")
    stated.entity("DB:irinotecan", "Drug", "Irinotecan", "伊立替康")
    stated.names()
    edge = ("NCBIGene:1", "affects_response_to", "DB:irinotecan")
    stated.curated("dpwg", edge, genotype="UGT1A1 Poor Metabolizer", recommendation="Start with 70% of the dose")
    stated.curated("cpic", edge, genotype="UGT1A1 Intermediate Metabolizer", recommendation="Use 100% of the dose")
    view = GraphView(stated.graph, frozenset({"public"}))
    text = "UGT1A1慢代谢者使用伊立替康的剂量为"
    scores = [score for score, _ in mentioned(view, things_in(text, view), text, [["100%"], ["70%"]])]
    assert scores == [0.0, 1.0]
    assert mentioned(view, [], text, [["100%"]]) == [(0.0, ())]
