"""What is planned stays a plan."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.sources.fhir.plans import care_plan, goal


def test_an_activity_is_planned_until_it_is_done() -> None:
    def activity(name: str, **fields: Any) -> dict[str, Any]:
        return {"detail": {"code": {"text": name}, **fields}}

    plan = {
        "status": "active", "intent": "plan", "title": "Rehabilitation",
        "activity": [
            activity("Exercise", status="scheduled"), activity("Surgery", status="in-progress"),
            activity("X-ray", status="completed"), activity("Sport", doNotPerform=True),
        ],
    }  # fmt: skip
    name, *activities = care_plan(plan)
    assert name.predicate == ""
    assert [(f.polarity, f.certainty) for f in activities] == [
        ("affirmed", "hypothetical"), ("affirmed", "hypothetical"), ("affirmed", "historical"), ("negated", "certain"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "activity", "meant"),
    [
        ("active", "cancelled", "negated"),
        ("active", "stopped", "historical"),
        ("on-hold", "not-started", "hypothetical"),
        ("completed", "completed", "historical"),
        ("completed", "in-progress", ""),
        ("revoked", "scheduled", ""),
        ("revoked", "completed", "historical"),
    ],
)
def test_a_plan_that_is_over_plans_nothing(plan: str, activity: str, meant: str) -> None:
    detail = {"code": {"text": "Surgery"}, "status": activity}
    _, fact = care_plan({"status": plan, "intent": "plan", "activity": [{"detail": detail}]})
    assert (fact.predicate != "") == (meant != "")
    assert meant in ("", fact.polarity, fact.certainty)


def test_an_activity_that_was_entered_in_error_is_none() -> None:
    detail = {"code": {"text": "Surgery"}, "status": "entered-in-error"}
    (name,) = care_plan({"status": "active", "intent": "plan", "activity": [{"detail": detail}]})
    assert "Surgery" not in name.line


def test_a_goal_states_nothing() -> None:
    (fact,) = goal(
        {
            "lifecycleStatus": "active",
            "description": {"text": "Lose weight"},
            "target": [{"measure": {"text": "weight"}, "detailQuantity": {"value": 70, "unit": "kg"}}],
        }
    )
    assert (fact.line, fact.predicate) == ("Goal: Lose weight, target weight 70 kg (active)", "")
