"""What speaks against a drug: conditions with the class by which, circumstances apart, allergies, genotypes."""

from __future__ import annotations

from typing import Any

from graph.view import GraphView
from qa.drugs.page.against import warnings
from qa.evidence.records import Records


def test_conditions_come_with_the_class_by_which(ward: Any) -> None:
    facts = ward.page("Warfarin").facts
    (condition,) = facts["contraindications"]
    assert (condition.what.name, condition.kind, condition.told["why"].en) == (
        "Atrial fibrillation",
        "cautioned_in",
        "Reasons.",
    )
    assert [row.object for row in condition.chain] == ["MEDGRAPH:group-vka"]
    (pregnancy,) = facts["circumstances"]
    assert (pregnancy.kind, pregnancy.told["words"].zh, pregnancy.chain) == ("contraindicated_in", "妊娠", ())


def test_cross_reactions_are_told_from_either_side(ward: Any) -> None:
    assert [(fact.what.name, fact.kind) for fact in ward.page("amoxicillin").facts["allergies"]] == [
        ("Clavulanate", "high"),
        ("Ibuprofen", "none"),
    ]
    (fact,) = ward.page("ibuprofen").facts["allergies"]
    assert (fact.what.name, fact.kind, fact.told["why"].en) == ("Amoxicillin", "none", "Unlike.")


def test_one_advice_for_two_genes_is_one_fact_and_none_comes_last(ward: Any) -> None:
    facts = ward.page("warfarin").facts["genotypes"]
    assert [(fact.told["advice"].en, fact.kind) for fact in facts] == [
        ("Give less.", "Strong"),
        ("As usual.", "No recommendation"),
    ]
    assert facts[0].told["gene"].en == "CYP2C9, VKORC1"
    assert facts[0].told["genotype"].en == "CYP2C9 Poor Metabolizer"
    assert len(facts[0].rows) == 2


def test_what_is_stated_of_nothing_is_nothing(ward: Any) -> None:
    view = GraphView(ward.store, None)
    assert warnings(view, Records(view), {}) == ((), ())
