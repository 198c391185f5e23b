"""Choices through the whole way, given apart and within the text."""

from __future__ import annotations

from typing import Any

from qa.steps.chosen import chosen
from tests.qa.steps.test_decided import ask
from tests.qa.verdicts.conftest import facts

__all__ = ["ask", "facts"]


def test_the_choice_is_told_with_its_letter_and_why(ask: Any) -> None:
    answer = ask("Which gene is mutated in Marfan syndrome?", "CFTR", "FBN1")
    assert (answer.typed.kind, answer.typed.value) == ("choice", "B")
    assert answer.text.startswith("B. FBN1: FBN1 causes Marfan syndrome (Listed)")
    assert [(one.letter, one.chosen) for one in answer.typed.choices] == [("A", False), ("B", True)]


def test_choices_within_the_text_and_the_odd_one(ask: Any) -> None:
    answer = ask("以下哪个不属于他汀类？A、辛伐他汀 B、二甲双胍")
    assert answer.typed.value == "B"
    assert "与其他选项不同" in answer.text


def test_a_case_goes_by_its_findings(ask: Any) -> None:
    text = "A boy with ectopia lentis and arachnodactyly. Which diagnosis fits best?"
    assert ask(text, "cystic fibrosis", "Marfan syndrome").typed.value == "B"


def test_nothing_is_chosen_where_nothing_tells_them_apart(ask: Any) -> None:
    assert ask("Which drug is given for acne?", "Amoxicillin", "Clarithromycin").typed.value == ""


def test_a_question_without_choices_is_left_to_the_plan(asking: Any) -> None:
    assert chosen(asking("Does metformin treat acne?")).evidence == ()
