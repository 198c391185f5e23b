"""Choices that the graph bears out, in both languages."""

from __future__ import annotations

import pytest

from graph.view import GraphView
from qa.verdicts.choice import Choosing
from qa.verdicts.stem import stem_of


def chosen(text: str, choices: tuple[str, ...], view: GraphView) -> int | None:
    stem = stem_of(text, choices)
    assert stem is not None
    choosing = Choosing(stem, view)
    found = choosing.by_code() or choosing.by_relation() or choosing.by_texts(choosing.phrases())
    return found.places[0] if found else None


@pytest.mark.parametrize(
    ("text", "choices", "wanted"),
    [
        ("Which gene is mutated in Marfan syndrome?", ("CFTR", "FBN1", "HMGCR"), 1),
        ("囊性纤维化的遗传方式是", ("常染色体显性遗传", "常染色体隐性遗传"), 1),
        ("Which drug is given for type 2 diabetes mellitus?", ("Isotretinoin", "Amoxicillin", "Metformin"), 2),
        ("以下哪个属于他汀类？", ("二甲双胍", "辛伐他汀"), 1),
        ("Which of these is NOT a feature of Marfan syndrome?",
         ("Ectopia lentis", "Elevated sweat chloride", "Arachnodactyly"), 1),
        ("Which must not be given to a pregnant woman?", ("Amoxicillin", "Isotretinoin"), 1),
        ("Which enzyme does simvastatin inhibit?", ("Cyclooxygenase-2", "HMG-CoA reductase"), 1),
        ("Which is the ICD-10 code of Asthma code?", ("J18", "J45"), 1),
    ],
)  # fmt: skip
def test_the_choice_that_is_stated_is_taken(view: GraphView, text: str, choices: tuple[str, ...], wanted: int) -> None:
    assert chosen(text, choices, view) == wanted


def test_none_is_taken_where_nothing_tells_them_apart(view: GraphView) -> None:
    assert chosen("Which drug is given for acne?", ("Amoxicillin", "Clarithromycin"), view) is None
