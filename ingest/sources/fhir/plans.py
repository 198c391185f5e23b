"""What is planned for a patient: care plans with their activities, and goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.sources.fhir.dosage import instruction_of
from ingest.sources.fhir.fact import Fact, day_of, name_of, noted, stated, together
from ingest.sources.fhir.resource import Resource, text_of
from ingest.sources.fhir.standing import Standing, in_error, of_drug, status_of
from ingest.sources.fhir.values import quantity_of, range_of, ratio_of

_OVER = ("completed", "revoked")


def care_plan(resource: Resource) -> Iterator[Fact]:
    """The name of a plan, which states nothing, and each of its activities."""
    status = status_of(resource)
    date = day_of(resource.get("created"), resource.get("period"))
    title = resource.get("title")
    name = " ".join(title.split()) if isinstance(title, str) else together(resource.get("category") or ())
    yield Fact("care plans", f"Care plan: {name or 'unnamed'} ({status}){noted(resource.get('note'))}", date)
    for activity in resource.get("activity") or ():
        detail = activity.get("detail") or {}
        if in_error(detail):
            continue
        drug = detail.get("productCodeableConcept")
        concept = drug or detail.get("code") or {}
        if not text_of(concept):
            told = detail.get("description")
            if isinstance(told, str) and told.strip():
                yield Fact(
                    "care plans", f"Care plan activity: {' '.join(told.split())} ({_status(detail, status)})", date
                )
            continue
        standing = _standing(detail, status)
        dose = instruction_of({"timing": detail.get("scheduledTiming") or {}, "doseQuantity": detail.get("quantity")})
        after = f", {dose}" if dose else ""
        if standing is None:
            yield Fact("care plans", f"Care plan activity: {text_of(concept)}{after} ({_status(detail, status)})", date)
            continue
        yield stated(
            section="care plans",
            line=f"Care plan activity: {text_of(concept)}{after}{standing.shown}",
            date=date,
            predicate="takes" if drug else "underwent",
            type="Drug" if drug else "Procedure",
            concept=concept,
            standing=standing,
            qualifiers={"dose": dose},
        )


def _status(detail: Mapping[str, Any], plan: str) -> str:
    return ", ".join(dict.fromkeys(("planned", status_of(detail) or plan, *((plan,) if plan in _OVER else ()))))


def _standing(detail: Mapping[str, Any], plan: str) -> Standing | None:
    """How an activity stands: done, not to be done, or planned; None where a plan is over that left it open."""
    own, status = of_drug(detail), status_of(detail)
    if own.polarity == "negated":
        return Standing("negated", own.certainty, "patient", "not to be done")
    if status in ("completed", "stopped"):
        return Standing("affirmed", "historical", "patient", status)
    if plan in _OVER:
        return None
    return Standing("affirmed", "hypothetical", "patient", _status(detail, plan))


def goal(resource: Resource) -> Iterator[Fact]:
    """What is aimed at: a line, for an aim states nothing of the patient."""
    name = name_of(resource.get("description"))
    targets = []
    for target in resource.get("target") or ():
        aim = (
            quantity_of(target.get("detailQuantity"))
            or range_of(target.get("detailRange"))
            or ratio_of(target.get("detailRatio"))
            or text_of(target.get("detailCodeableConcept"))
            or next((str(target[k]) for k in ("detailString", "detailInteger", "detailBoolean") if k in target), "")
        )
        due = f"by {target['dueDate']}" if target.get("dueDate") else ""
        targets.append(" ".join(filter(None, (text_of(target.get("measure")), aim, due))))
    status = "; ".join(filter(None, (status_of(resource), text_of(resource.get("achievementStatus")))))
    after = f", target {'; '.join(filter(None, targets))}" if any(targets) else ""
    line = f"Goal: {name}{after} ({status}){noted(resource.get('note'))}"
    yield Fact("goals", line, day_of(resource.get("startDate"), resource.get("statusDate")))
