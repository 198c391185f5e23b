"""Lists and numbers from a small graph of epilepsy, in both languages, through the whole way."""

from __future__ import annotations

from typing import Any

import pytest

from graph.view import GraphView
from qa.model import Answer, Question
from qa.steps.listed import listed
from tests.qa.conftest import World
from tests.qa.ways.conftest import Stated, epilepsy, stated

__all__ = ["epilepsy", "stated"]


@pytest.fixture
def ask(epilepsy: GraphView, texts: Any) -> Any:
    """Asks the graph with the passages of the small world, which say nothing of epilepsy."""
    passages, searcher, _ = texts
    answerer = World(epilepsy.store, passages, searcher).answerer()
    return lambda text: answerer.answer(Question(text))


def members(answer: Answer) -> list[str]:
    return [item.name.of("en") for item in answer.typed.items]


@pytest.mark.parametrize(
    "text", ["List all drugs that treat epilepsy", "Which medications are used for epilepsy?", "癫痫有哪些药可以用？"]
)
def test_a_list_is_whole_and_ordered_by_evidence(ask: Any, text: str) -> None:
    answer = ask(text)
    assert answer.typed.kind == "list"
    assert answer.typed.total == 4
    assert members(answer) == ["Levetiracetam", "Valproic acid", "Cenobamate", "Melatonin"]
    assert [item.sources for item in answer.typed.items] == [2, 2, 1, 1]
    assert "Buspirone" not in answer.sentences[0].text
    assert "Buspirone" in answer.sentences[-1].text


def test_the_number_comes_first(ask: Any) -> None:
    answer = ask("How many diseases have ectopia lentis?")
    assert (answer.typed.kind, answer.typed.value, answer.typed.total) == ("count", "2", 2)
    assert answer.text.startswith("2 diseases with Ectopia lentis: Homocystinuria")
    chinese = ask("有多少种疾病会出现晶状体异位？")
    assert chinese.typed.value == "2"
    assert "共2项" in chinese.text


def test_members_stated_of_kinds_alone_and_by_documents_alone_are_told_apart(ask: Any) -> None:
    text = ask("List all drugs that treat epilepsy").text
    assert "1 of them only for kinds of epilepsy: Cenobamate (focal epilepsy)" in text
    assert "only single documents say so of Melatonin" in text


def test_clauses_are_composed(ask: Any) -> None:
    answer = ask("Which statins are not CYP3A4 substrates?")
    assert members(answer) == ["Pravastatin"]
    assert members(ask("哪些他汀类不是CYP3A4的底物？")) == ["Pravastatin"]


def test_what_one_half_lacks_is_named(ask: Any) -> None:
    answer = ask("findings common to Marfan syndrome and Ehlers-Danlos syndrome")
    assert answer.typed.total == 0
    assert "No source here states any findings in Ehlers-Danlos syndrome" in answer.text
    assert "2 findings in Marfan syndrome" in answer.text


def test_that_both_halves_share_nothing_is_said_with_what_each_has(ask: Any) -> None:
    answer = ask("Which statins treat epilepsy?")
    assert answer.typed.total == 0
    assert answer.text.startswith("0 drugs that treat epilepsy, also among drugs of the class statin are stated here")


def test_several_lists_stand_one_behind_the_other(ask: Any) -> None:
    answer = ask("findings of Marfan syndrome and homocystinuria")
    assert "2 findings in Marfan syndrome" in answer.text
    assert "2 findings in Homocystinuria" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Does valproic acid treat epilepsy?",
        "Which drug for epilepsy is safest in pregnancy?",
        "List drugs for Blorbo syndrome",
        "How often is ectopia lentis seen in Marfan syndrome?",
    ],
)
def test_other_questions_get_no_list(ask: Any, text: str) -> None:
    assert ask(text).typed.kind not in ("list", "count")


def test_it_is_a_step_of_every_plan() -> None:
    from qa.plans.order import PLANS

    assert all(listed in plan.steps for plan in PLANS)


def test_no_list_of_what_does_not_do_a_harm_that_is_seldom_told(stated: Stated, texts: Any) -> None:
    stated.entity("MONDO:1", "Disease", "diabetes mellitus", "糖尿病")
    stated.entity("HP:1", "Phenotype", "Hypoglycemia", "低血糖")
    stated.entity("DB:1", "Drug", "Insulin", "胰岛素")
    stated.entity("DB:2", "Drug", "Gliclazide", "格列齐特")
    stated.names()
    stated.curated("pharmacotherapydb", ("DB:1", "treats", "MONDO:1"), ("DB:2", "treats", "MONDO:1"))
    stated.curated("rules", ("DB:2", "has_adverse_effect", "HP:1"))
    passages, searcher, _ = texts
    answerer = World(stated.graph, passages, searcher).answerer()
    answer = answerer.answer(Question("which diabetes mellitus drugs do not cause hypoglycemia"))
    assert "Insulin" not in answer.text
