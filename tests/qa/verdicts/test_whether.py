"""Verdicts of the graph on statements and questions in both languages."""

from __future__ import annotations

import pytest

from graph.view import GraphView
from qa.verdicts.claim import claim_in, form_of, plain
from qa.verdicts.thing import things_in
from qa.verdicts.whether import Found, of_codes, whether


def verdict(text: str, view: GraphView) -> Found | None:
    things = things_in(plain(text), view)
    form = form_of(text, things)
    claim = claim_in(text, things, form) if form else None
    return whether(claim, view) if claim else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mutations in FBN1 cause Marfan syndrome.", "yes"),
        ("Mutations in CFTR do not cause cystic fibrosis.", "no"),
        ("FBN1基因突变引起囊性纤维化。", "no"),
        ("Marfan syndrome is inherited in an autosomal dominant manner.", "yes"),
        ("囊性纤维化是常染色体显性遗传吗？", "no"),
        ("Is cystic fibrosis an autosomal recessive disease?", "yes"),
        ("二甲双胍可用于治疗2型糖尿病。", "yes"),
        ("Metformin does not treat type 2 diabetes mellitus.", "no"),
        ("Is metformin used for asthma?", "no"),
        ("辛伐他汀属于他汀类。", "yes"),
        ("Metformin is a statin.", "no"),
        ("Simvastatin inhibits HMG-CoA reductase.", "yes"),
        ("Simvastatin is metabolised by CYP2D6.", "no"),
        ("马凡综合征患者常有晶状体异位。", "yes"),
        ("Asthma is a kind of lung disorder.", "yes"),
        ("Lung disorder is a kind of asthma.", "no"),
        ("There is no interaction between clarithromycin and simvastatin.", "no"),
        ("克拉霉素与辛伐他汀可以放心合用。", "no"),
        ("Isotretinoin is contraindicated in pregnancy.", "yes"),
        ("孕妇可以用异维A酸吗？", "no"),
        ("Metoprolol is recommended for patients with asthma.", "no"),
    ],
)
def test_what_is_claimed_is_borne_out_or_not(view: GraphView, text: str, wanted: str) -> None:
    found = verdict(text, view)
    assert found is not None
    assert found.verdict == wanted


@pytest.mark.parametrize("text", ["Is asthma a kind of gout?", "辛伐他汀和二甲双胍哪个更安全？"])
def test_of_what_a_source_does_not_list_in_full_no_question_is_denied(view: GraphView, text: str) -> None:
    assert verdict(text, view) is None


def test_that_nothing_is_stated_never_makes_a_combination_safe(view: GraphView) -> None:
    assert verdict("Can amoxicillin be combined with simvastatin?", view) is None
    assert verdict("Does amoxicillin interact with simvastatin?", view) is None
    assert verdict("阿莫西林和辛伐他汀能一起吃吗？", view) is None


def test_a_code_is_compared_with_those_of_the_disease(view: GraphView) -> None:
    things = things_in("痛风", view)
    assert of_codes("The ICD-10 code of gout is M10.", things, view, False) is None
    coded = things_in("Asthma code", view)
    so = of_codes("Asthma code carries the code J45", coded, view, False)
    other = of_codes("Asthma code carries the code J18", coded, view, False)
    assert so is not None
    assert other is not None
    assert (so.verdict, other.verdict) == ("yes", "no")
