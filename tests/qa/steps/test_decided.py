"""Yes and no through the whole way, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.store import GraphStore
from qa.model import Question
from qa.steps.decided import decided
from tests.qa.verdicts.conftest import facts

__all__ = ["facts"]


@pytest.fixture
def ask(facts: GraphStore, world: Any) -> Any:
    answerer = replace(world, graph=facts).answerer()
    return lambda text, *choices: answerer.answer(Question(text, choices=choices))


def test_the_verdict_is_the_first_word(ask: Any) -> None:
    answer = ask("Is Marfan syndrome caused by mutations in FBN1?")
    assert (answer.typed.kind, answer.typed.verdict) == ("verdict", "yes")
    assert answer.text.startswith("Yes: FBN1 causes Marfan syndrome (Listed)")
    chinese = ask("马凡综合征是由CFTR基因突变引起的吗？")
    assert chinese.typed.verdict == "no"
    assert chinese.text.startswith("否：没有来源记载此事")


def test_a_statement_is_judged_and_its_denial_turned(ask: Any) -> None:
    assert ask("Metformin treats type 2 diabetes mellitus.").typed.verdict == "yes"
    assert ask("Metformin does not treat type 2 diabetes mellitus.").typed.verdict == "no"


def test_whether_something_may_be_taken_is_denied_where_it_is_forbidden(ask: Any) -> None:
    answer = ask("孕妇可以用异维A酸吗？")
    assert answer.typed.verdict == "no"
    assert answer.text.startswith("否：异维A酸禁用于妊娠")


@pytest.mark.parametrize(
    "text", ["What treats asthma?", "Can amoxicillin be combined with simvastatin?", "我有哮喘，该怎么办"]
)
def test_no_verdict_where_none_is_asked_for_or_can_be_given(ask: Any, text: str) -> None:
    assert ask(text).typed.verdict == ""


def test_a_question_with_choices_is_left_to_another_step(asking: Any) -> None:
    assert decided(asking("Does metformin treat acne?", choices=("yes", "no"))).evidence == ()
