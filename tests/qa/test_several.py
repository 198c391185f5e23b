"""Several questions in one, in both languages: each under its topic, one answer, all that is cited there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.view import GraphView
from qa.asked.understand import understand
from qa.evidence.material import Material
from qa.model import Question, Understanding
from qa.plans.order import PLANS, rules
from qa.several import joined, read, together

if TYPE_CHECKING:
    from qa.model import Answer
    from tests.qa.conftest import World


def whole(answer: Answer) -> None:
    ids = [piece.id for piece in answer.evidence]
    assert len(set(ids)) == len(ids)
    assert all(set(sentence.citations) <= set(ids) for sentence in answer.sentences)
    assert len({sentence.text for sentence in answer.sentences}) == len(answer.sentences)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("What is Marfan syndrome, and what are the side effects of aspirin?", "Marfan", "Aspirin"),
        ("什么是马凡综合征，阿司匹林有哪些副作用？", "马凡", "阿司匹林"),
    ],
)
def test_each_question_is_answered_under_its_topic(world: World, text: str, first: str, second: str) -> None:
    answer = world.answerer().answer(Question(text))
    whole(answer)
    assert not answer.abstained
    assert first in answer.text
    assert second in answer.text
    assert answer.understanding is not None
    assert answer.understanding.intent == "definition"
    assert answer.understanding.next_intent == "adverse_effect"


def test_what_is_not_answered_and_what_is_left_out_is_named(world: World) -> None:
    text = "What is Marfan syndrome? What is the dose of plutonium? " + " ".join(
        f"{word} aspirin?" for word in ("What is", "Side effects of", "Indication of", "How works", "Who takes", "Why")
    )
    answer = world.answerer().answer(Question(text, limit=40))
    whole(answer)
    assert "dose of plutonium" in answer.text or "Why aspirin" in answer.text
    assert "The first 6 questions are answered; please ask these again: " in answer.text


def test_twenty_questions_of_nothing_known_abstain(world: World) -> None:
    answer = world.answerer().answer(Question(" ".join(f"What is frob{number}?" for number in range(20))))
    assert answer.abstained
    assert answer.message


def test_a_question_is_read_once(public: GraphView) -> None:
    asked = []

    def understood(question: Question) -> Understanding:
        asked.append(question.text)
        return understand(question, public, rules(PLANS))

    question = Question("What is Marfan syndrome?")
    reads = read(question, understood)
    assert asked == [question.text]
    assert together(reads) is reads[0].understanding
    material = Material(related=True)
    assert joined(question, reads, [material]).material is material
