"""Targets, enzymes and what cells make, each by itself."""

from __future__ import annotations

from typing import Any

from graph.view import GraphView
from qa.drugs.page.actions import actions
from qa.evidence.records import Records


def test_targets_enzymes_and_cells_are_told_apart(ward: Any) -> None:
    facts = ward.page("Warfarin").facts
    (target,) = facts["targets"]
    assert (target.what.name, target.kind) == ("VKORC1", "inhibits")
    # That it binds it is part of that.
    assert {row.predicate for row in target.rows} == {"inhibits", "binds"}
    assert (target.told["actions"].en, target.told["actions"].zh) == ("inhibitor", "抑制剂")
    # What carries the drug and is bound by it, and nothing more, is no target.
    enzyme, carrier = facts["enzymes"]
    assert (carrier.what.name, carrier.kind) == ("ALB", "binds")
    assert (enzyme.what.name, enzyme.kind) == ("CYP2C9", "substrate_of")
    assert enzyme.told["strength"].zh == "敏感底物"
    assert {key: words.en for key, words in enzyme.told.items()} == {"strength": "sensitive", "narrow": "yes"}
    assert [(fact.what.name, fact.kind) for fact in facts["expression"]] == [("CELLGENE", "upregulates")]


def test_an_inhibitor_of_known_strength_is_one_of_enzymes(ward: Any) -> None:
    facts = ward.page("ibuprofen").facts
    assert [(fact.what.name, fact.kind) for fact in facts["enzymes"]] == [("CYP2C9", "inhibits")]
    assert facts["targets"] == ()


def test_what_is_stated_of_nothing_is_nothing(ward: Any) -> None:
    view = GraphView(ward.store, None)
    assert actions(view, Records(view), ["DRUGBANK:DB01109"]) == ((), (), ())
