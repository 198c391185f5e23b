"""What is planned stays a plan."""

from __future__ import annotations

from typing import Any

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


def test_a_goal_states_nothing() -> None:
    (fact,) = goal(
        {
            "lifecycleStatus": "active",
            "description": {"text": "Lose weight"},
            "target": [{"measure": {"text": "weight"}, "detailQuantity": {"value": 70, "unit": "kg"}}],
        }
    )
    assert (fact.line, fact.predicate) == ("Goal: Lose weight, target weight 70 kg (active)", "")
