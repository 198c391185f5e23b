"""Cases in stems, and the choices they speak for."""

from __future__ import annotations

from graph.view import GraphView
from qa.differential.engine import Differential
from qa.verdicts.likeliest import is_case, likeliest
from qa.verdicts.thing import things_in, things_of


def test_the_disease_with_the_findings_is_likeliest(view: GraphView) -> None:
    text = "A boy with ectopia lentis and arachnodactyly. Which diagnosis fits best?"
    things, *choices = things_of((text, "cystic fibrosis", "Marfan syndrome"), view)
    assert is_case(text, things, choices)
    scores = likeliest(view, Differential(), text, choices)
    assert scores[1] > scores[0]


def test_a_question_on_a_gene_is_no_case(view: GraphView) -> None:
    text = "Which disease is caused by FBN1?"
    assert not is_case(text, things_in(text, view), things_of(("cystic fibrosis", "Marfan syndrome"), view))
