"""What is no question of medicine: homework, prices, poems, code, whatever drug or disease it names."""

from __future__ import annotations

from qa.plans.plan import Plan

PLAN = Plan(intent="out_of_scope", steps=(), declines=True)
