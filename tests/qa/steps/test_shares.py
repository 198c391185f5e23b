from __future__ import annotations

from typing import Any

import pytest

from graph.view import GraphView
from qa.model import Question
from qa.steps.shares import shares
from tests.qa.conftest import World
from tests.qa.ways.conftest import epilepsy

__all__ = ["epilepsy"]


@pytest.fixture
def ask(epilepsy: GraphView, texts: Any) -> Any:
    passages, searcher, _ = texts
    answerer = World(epilepsy.store, passages, searcher).answerer()
    return lambda text: answerer.answer(Question(text))


@pytest.mark.parametrize(
    "text",
    [
        "What proportion of people with homocystinuria have ectopia lentis?",
        "同型半胱氨酸尿症中晶状体异位的比例是多少？",
    ],
)
def test_the_share_is_told_with_its_source(ask: Any, text: str) -> None:
    answer = ask(text)
    assert answer.typed.kind == "value"
    assert "90%" in answer.typed.value
    assert "Hpoa" in answer.text


def test_what_no_source_says_is_no_share(ask: Any) -> None:
    assert ask("How often is myopia seen in Marfan syndrome?").typed.kind != "value"
    assert ask("What is Marfan syndrome?").typed.kind != "value"


def test_it_is_a_step_of_every_plan() -> None:
    from qa.plans.order import PLANS

    assert all(shares in plan.steps for plan in PLANS if plan.intent not in ("vague", "out_of_scope"))
