"""Interactions by severity: what is stated and what follows are never mixed, and documents make no severity."""

from __future__ import annotations

from typing import Any

from graph.view import GraphView
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest
from qa.drugs.page.partners import partners
from qa.drugs.standing import standing
from qa.evidence.records import Records


def test_what_is_stated_and_what_follows_stand_apart(ward: Any) -> None:
    page = ward.page("Warfarin")
    assert [(fact.what.name, fact.kind) for fact in page.facts["interactions"]] == [
        ("Apixaban", "contraindicated"),
        ("Heparin", "unknown"),
    ]
    rule, _ = page.facts["follows"]
    assert (rule.what.name, rule.kind, rule.told["mechanism"].zh) == ("NSAID", "major", "出血。")
    assert [row.object for row in rule.chain] == ["MEDGRAPH:group-vka"]
    assert page.counts == {"PMID:1": {"unknown": 1}, "book": {"contraindicated": 1}}


def test_the_sources_own_word_is_kept(ward: Any) -> None:
    (fact, *_) = ward.page("apixaban").facts["interactions"]
    assert (fact.what.name, fact.told["severity"].en, fact.told["management"].en) == (
        "Warfarin",
        "book: contraindicated",
        "Never.",
    )


def test_a_paper_alone_makes_no_severity(ward: Any) -> None:
    view = GraphView(ward.store, None)
    (heparin,), _ = resolve(view, ["heparin"], Nearest(ward.store))
    stated, follows, counts = partners(view, Records(view), heparin, standing(view, [heparin]))
    assert [(fact.what.name, fact.kind) for fact in stated] == [("Ibuprofen", "minor"), ("Warfarin", "unknown")]
    assert follows == ()
    assert counts["PMID:1"] == {"unknown": 1}


def test_what_follows_by_several_classes_stands_once_at_its_worst(ward: Any) -> None:
    (rule,) = ward.page("Ibuprofen").facts["follows"]
    assert (rule.what.name, rule.kind, rule.told["mechanism"].en) == ("vitamin K antagonist", "major", "Both bleed.")
    assert [row.object for row in rule.chain] == ["MEDGRAPH:group-nsaid"]
    assert {dict(row.qualifiers)["severity"] for row in rule.rows} == {"major", "moderate"}
