"""Antidotes, what is watched with a drug and the tests for a disease, as lists, in both languages and both stores."""

from __future__ import annotations

from typing import Any

import pytest

from qa.model import Answer, Question
from qa.plans import antidote, monitoring, workup
from qa.steps.reversing import antidotes, examined, watched
from tests.qa.conftest import World
from tests.qa.ways.conftest import Stated, stated

__all__ = ["stated"]


@pytest.fixture
def ask(stated: Stated, texts: Any) -> Any:
    drugs = {
        "DRUGBANK:1": ("Heparin", "肝素"),
        "DRUGBANK:2": ("Protamine", "鱼精蛋白"),
        "DRUGBANK:3": ("Fentanyl", "芬太尼"),
        "DRUGBANK:4": ("Naloxone", "纳洛酮"),
        "DRUGBANK:5": ("Warfarin", "华法林"),
        "DRUGBANK:6": ("Atropine", "阿托品"),
    }
    for id, (name, chinese) in drugs.items():
        stated.entity(id, "Drug", name, chinese)
    stated.entity("MEDGRAPH:group-opioid", "Concept", "opioid", "阿片类药物")
    stated.entity("MESH:D62", "Disease", "Organophosphate poisoning", "有机磷农药中毒")
    stated.entity("MONDO:1", "Disease", "Wilson disease", "肝豆状核变性")
    stated.entity("MEDGRAPH:test-inr", "Measurement", "prothrombin ratio", "凝血酶原比值")
    stated.entity("MEDGRAPH:test-copper", "Measurement", "serum ceruloplasmin", "血清铜蓝蛋白")
    stated.entity("MEDGRAPH:test-biopsy", "Procedure", "liver biopsy", "肝活检")
    stated.names()
    stated.curated(
        "book",
        ("DRUGBANK:2", "reverses", "DRUGBANK:1"),
        ("DRUGBANK:4", "reverses", "MEDGRAPH:group-opioid"),
        ("DRUGBANK:3", "has_role", "MEDGRAPH:group-opioid"),
        ("DRUGBANK:6", "treats", "MESH:D62"),
        ("DRUGBANK:5", "monitored_by", "MEDGRAPH:test-inr"),
    )
    stated.curated("first", ("MEDGRAPH:test-copper", "diagnoses", "MONDO:1"), role="first")
    stated.curated("sure", ("MEDGRAPH:test-biopsy", "diagnoses", "MONDO:1"), role="confirms")
    passages, searcher, _ = texts
    answerer = World(stated.graph, passages, searcher).answerer()
    return lambda text: answerer.answer(Question(text))


def members(answer: Answer) -> list[str]:
    return [item.name.of("en") for item in answer.typed.items]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("antidote for heparin?", ["Protamine"]),
        ("肝素的解毒药是什么？", ["Protamine"]),
        ("Name the antidotes: heparin, fentanyl", ["Protamine", "Naloxone"]),
        ("What is the reversal agent for fentanyl?", ["Naloxone"]),
        ("有机磷农药中毒用什么解毒？", ["Atropine"]),
        ("What does protamine reverse?", ["Heparin"]),
        ("What should be monitored with warfarin?", ["prothrombin ratio"]),
        ("服用华法林需要监测什么？", ["prothrombin ratio"]),
        ("Which test confirms Wilson disease?", ["liver biopsy", "serum ceruloplasmin"]),
        ("肝豆状核变性应做哪些检查？", ["liver biopsy", "serum ceruloplasmin"]),
    ],
)
def test_what_is_stated_is_listed(ask: Any, text: str, told: list[str]) -> None:
    answer = ask(text)
    assert answer.typed.kind == "list"
    assert members(answer) == told


def test_what_confirms_is_told_apart_from_what_is_done_first(ask: Any) -> None:
    text = ask("Which test confirms Wilson disease?").text
    assert text.index("1 test that confirms Wilson disease: liver biopsy") < text.index(
        "1 test made first for Wilson disease: serum ceruloplasmin"
    )


def test_whether_it_is_the_antidote_gets_a_verdict(ask: Any) -> None:
    assert ask("Is protamine the antidote to heparin?").typed.verdict == "yes"


def test_a_drug_without_an_antidote_gets_that_of_no_other(ask: Any) -> None:
    answer = ask("antidote for warfarin?")
    assert "Protamine" not in answer.text
    assert "Naloxone" not in answer.text


def test_each_is_a_step_of_its_plan() -> None:
    assert antidotes in antidote.PLAN.steps
    assert watched in monitoring.PLAN.steps
    assert examined in workup.PLAN.steps
