"""What an answer is for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.evidence.typed import Typed
from qa.model import Question

if TYPE_CHECKING:
    from tests.qa.conftest import World


def test_an_answer_in_sentences_alone_is_a_text() -> None:
    typed = Typed()
    assert (typed.kind, typed.verdict, typed.items, typed.total) == ("text", "", (), None)


@pytest.mark.parametrize(
    "text", ["What disease has lens dislocation and arachnodactyly?", "蜘蛛指和晶状体异位是什么病？"]
)
def test_a_differential_says_that_it_is_one(text: str, world: World) -> None:
    answer = world.answerer().answer(Question(text))
    assert answer.differential
    assert answer.typed.kind == "differential"


def test_what_is_withheld_has_no_type_of_its_own(world: World) -> None:
    answer = world.answerer().answer(Question("What is the capital of France?"))
    assert answer.abstained
    assert answer.typed == Typed()
