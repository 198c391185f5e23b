"""The plans in the order in which their cues are tried. A new intent is a file beside this one and a line here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.asked.rules import Rules
from qa.evidence.bundle import Part
from qa.plans import (
    adverse_effect,
    advice,
    alternatives,
    antidote,
    cause,
    code,
    contraindication,
    definition,
    diagnosis,
    dose,
    epidemiology,
    gene,
    general,
    genotype,
    indication,
    inheritance,
    interaction,
    mechanism,
    monitoring,
    out_of_scope,
    presentation,
    prevention,
    prognosis,
    repurposing,
    study,
    treatment,
    vague,
    workup,
)
from qa.plans.plan import Plan
from qa.steps.asking import Asking, Step
from qa.steps.chosen import chosen
from qa.steps.codes import codes
from qa.steps.compared import compared
from qa.steps.decided import decided
from qa.steps.listed import listed
from qa.steps.shares import shares
from qa.steps.studied import studied

SHAPES: tuple[Step, ...] = (
    chosen,
    decided,
    codes,
    studied,
    compared,
    shares,
    listed,
)
"""The steps that look at the shape of a question, in front of the steps of every plan."""
_PARTS = (indication.PLAN, adverse_effect.PLAN, contraindication.PLAN, mechanism.PLAN)
"""The plans of which a question on one drug may ask two in one."""
_SEVERAL = re.compile(r"\band\b|[,;?].|[，；、？].|以及|和|还有|并", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Besides:
    """The step that answers the other half of a question, which another plan's cue recognises."""

    plan: Plan

    def __call__(self, asking: Asking) -> Part:
        """Raises what the graph raises."""
        text, entities = asking.question.text, asking.understanding.entities
        if self.plan.cue is None or _SEVERAL.search(text) is None or not self.plan.cue(text, entities):
            return Part()
        parts = [step(asking) for step in self.plan.steps]
        return Part(tuple(piece for part in parts for piece in part.evidence))


def _with_halves(plan: Plan) -> Plan:
    halves = [_Besides(other) for other in _PARTS if other is not plan] if plan in _PARTS else []
    return replace(plan, steps=(*SHAPES, *plan.steps, *halves))


_ORDER: tuple[Plan, ...] = (
    code.PLAN,
    repurposing.PLAN,
    genotype.PLAN,
    antidote.PLAN,
    dose.PLAN,
    workup.PLAN,
    alternatives.PLAN,
    mechanism.PLAN,
    interaction.PLAN,
    indication.PLAN,
    contraindication.PLAN,
    adverse_effect.PLAN,
    monitoring.PLAN,
    epidemiology.PLAN,
    prognosis.PLAN,
    prevention.PLAN,
    advice.PLAN,
    treatment.PLAN,
    presentation.PLAN,
    inheritance.PLAN,
    gene.PLAN,
    definition.PLAN,
    cause.PLAN,
    study.PLAN,
    diagnosis.PLAN,
    vague.PLAN,
    out_of_scope.PLAN,
    general.PLAN,
)
PLANS = tuple(_with_halves(plan) for plan in _ORDER)
"""The last answers what no cue fits."""


def rules(plans: Sequence[Plan]) -> Rules:
    """The router that tries what counts before all, the plans' cues in their order, then the weaker ones, and falls
    back on the last plan."""
    first = [(plan.intent, plan.first) for plan in plans if plan.first is not None]
    strong = [(plan.intent, plan.cue) for plan in plans if plan.cue is not None]
    weaker = [(plan.intent, plan.weaker) for plan in plans if plan.weaker is not None]
    return Rules((*first, *strong, *weaker), otherwise=plans[-1].intent)
