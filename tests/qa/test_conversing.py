"""A conversation through the whole way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.answer import Answerer
from qa.model import Answer, Question

if TYPE_CHECKING:
    from tests.qa.conftest import World


def asked(answerer: Answerer, text: str, *earlier: str) -> Answer:
    return answerer.answer(Question(text, conversation=earlier))


@pytest.mark.parametrize(
    ("earlier", "text", "drug", "other"),
    [
        ("What does propranolol treat?", "And what are its contraindications?", "Propranolol", "Aspirin"),
        ("普萘洛尔治什么", "它有哪些禁忌？", "Propranolol", "Aspirin"),
        ("What are the side effects of propranolol?", "and aspirin?", "Aspirin", "Propranolol"),
    ],
)
def test_the_evidence_is_of_what_was_meant(world: World, earlier: str, text: str, drug: str, other: str) -> None:
    answer = asked(world.answerer(), text, earlier)
    assert answer.understanding is not None
    assert answer.understanding.read_as
    assert [entity.name for entity in answer.understanding.entities if entity.type == "Drug"] == [drug]
    assert other.casefold() not in answer.text.casefold()


def test_a_new_subject_drops_the_old_one(world: World) -> None:
    alone = asked(world.answerer(), "What are the side effects of aspirin?")
    later = asked(world.answerer(), "What are the side effects of aspirin?", "What is Marfan syndrome?")
    assert later.text == alone.text
    assert later.understanding is not None
    assert later.understanding.read_as == ""


@pytest.mark.parametrize(("text", "said"), [("And what are its side effects?", "its"), ("它的副作用呢？", "它的")])
def test_what_leans_on_nothing_is_asked_back(world: World, text: str, said: str) -> None:
    answer = asked(world.answerer(), text)
    assert (answer.abstained, answer.reason) == (True, "unclear")
    assert said in answer.message


def test_an_emergency_is_seen_over_two_turns(world: World) -> None:
    answer = asked(
        world.answerer(), "about twenty are missing, he is getting sleepy", "my son got into grandma's pills"
    )
    assert answer.reason == "emergency"
