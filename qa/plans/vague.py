"""What says too little to be answered: "I feel bad", "can I take it?". What is meant is asked back."""

from __future__ import annotations

from qa.plans.plan import Plan

PLAN = Plan(intent="vague", steps=(), declines=True)
