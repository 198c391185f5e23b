"""A question on its way: understood, with what it names read."""

from __future__ import annotations

from typing import Any

import pytest

from qa.asked.understand import understand
from qa.differential.engine import Differential
from qa.drugs.check import DrugEngine
from qa.evidence.bundle import Part
from qa.evidence.kinds import FactEvidence
from qa.evidence.records import Records
from qa.model import Question
from qa.plans.order import PLANS, rules
from qa.plans.plan import Plan
from qa.steps.asking import Asking
from qa.steps.patient import of_patient
from qa.view import View


class Asked:
    """Makes what the steps of a plan work from, over one world."""

    def __init__(self, world: Any) -> None:
        self._world = world

    def __call__(self, text: str, **question: Any) -> Asking:
        asked = Question(text, **question)
        view = View.of(asked, self._world.graph, self._world.searcher, self._world.ranked())
        understanding = understand(asked, view.graph, rules(PLANS))
        records = Records(view.graph)
        return Asking(
            question=asked,
            understanding=understanding,
            view=view,
            records=records,
            differential=Differential(),
            drugs=DrugEngine(self._world.graph),
            entities=records.entities(entity.id for entity in understanding.entities),
            patient=of_patient(view),
        )

    def facts(self, part: Part) -> list[FactEvidence]:
        """The facts of a part, which holds nothing else."""
        assert all(isinstance(piece, FactEvidence) for piece in part.evidence)
        return [piece for piece in part.evidence if isinstance(piece, FactEvidence)]

    def plan(self, asking: Asking) -> Plan:
        return next(plan for plan in PLANS if plan.intent == asking.understanding.intent)


@pytest.fixture
def asking(world: Any) -> Asked:
    return Asked(world)
