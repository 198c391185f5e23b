"""The plans in the order in which their cues are tried. A new intent is a file beside this one and a line here."""

from __future__ import annotations

from collections.abc import Sequence

from qa.asked.rules import Rules
from qa.plans import (
    adverse_effect,
    alternatives,
    cause,
    contraindication,
    definition,
    diagnosis,
    general,
    genotype,
    indication,
    interaction,
    mechanism,
    repurposing,
    treatment,
)
from qa.plans.plan import Plan

PLANS: tuple[Plan, ...] = (
    repurposing.PLAN,
    genotype.PLAN,
    alternatives.PLAN,
    mechanism.PLAN,
    interaction.PLAN,
    indication.PLAN,
    contraindication.PLAN,
    adverse_effect.PLAN,
    treatment.PLAN,
    definition.PLAN,
    cause.PLAN,
    diagnosis.PLAN,
    general.PLAN,
)
"""The last answers what no cue fits."""


def rules(plans: Sequence[Plan]) -> Rules:
    """The router that tries the plans' cues in their order, then the weaker ones, and falls back on the last plan."""
    strong = [(plan.intent, plan.cue) for plan in plans if plan.cue is not None]
    weaker = [(plan.intent, plan.weaker) for plan in plans if plan.weaker is not None]
    return Rules((*strong, *weaker), otherwise=plans[-1].intent)
