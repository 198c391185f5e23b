"""What there is no answer to: it is said why, and nothing is quoted, not even of a patient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from qa.answer import Answerer
from qa.asked.rules import Rules
from qa.checking.checker import Checker
from qa.differential.engine import Differential
from qa.model import Question
from qa.plans import out_of_scope, vague
from qa.plans.order import PLANS
from qa.writing.quote import Quote

if TYPE_CHECKING:
    from tests.qa.conftest import World


@dataclass(frozen=True)
class Case:
    text: str
    intent: str
    says: str


@pytest.mark.parametrize(
    "case",
    [
        Case("Write a poem about hypertension", out_of_scope.PLAN.intent, "does not look like a question"),
        Case("写一首关于高血压的诗", out_of_scope.PLAN.intent, "似乎不涉及"),
        Case("I feel bad", vague.PLAN.intent, "Please say more"),
        Case("我不舒服", vague.PLAN.intent, "说得具体一些"),
    ],
)
def test_it_is_declined_with_its_reason(world: World, case: Case) -> None:
    answerer = Answerer(
        world.graph,
        world.searcher,
        router=Rules((), otherwise=case.intent),
        plans=PLANS,
        engine=Differential(),
        writer=Quote(),
        check=Checker,
    )
    for patient in (None, "patient:42"):
        access = frozenset({"public", "patient:42"})
        answer = answerer.answer(Question(case.text, access=access, patient=patient))
        assert answer.abstained
        assert answer.reason == case.intent
        assert case.says in answer.message
        assert not answer.evidence
