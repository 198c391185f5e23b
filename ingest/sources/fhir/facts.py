"""What a FHIR resource says of a patient: lines of text, most of them with a statement.

How statuses are read is told in `standing`, what a name alone says in `absence`. A code that says that no allergy is
known gives a line and no statement: there is nothing the patient is allergic to. Encounters, goals, and the names of
plans and of reports are lines without a statement. Notes stand with the fact they are about, as they were written:
they may change what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ingest.sources.fhir.fact import Fact, day_of, name_of, noted, stated, together
from ingest.sources.fhir.medications import medication
from ingest.sources.fhir.plans import care_plan, goal
from ingest.sources.fhir.resource import Resource, text_of
from ingest.sources.fhir.standing import Refused, Standing, in_error, of_problem, of_procedure, status_of
from ingest.sources.fhir.values import age_of, missing_of, period_of, quantity_of, value_of

_DRUGS = ("rxnorm", "/ndc", "whocc.no/atc", "fdasis", "2.16.840.1.113883.6.88")
IMMUNIZATION = "immunization"
"""The qualifier `kind` of what somebody was given a vaccine by."""
_NO_DAYS = ("onsetAge", "onsetRange", "onsetString")


def facts(resource: Resource) -> list[Fact]:
    """The facts of a valid resource of a kind that has any (`READ`). Raises Refused."""
    if in_error(resource):
        raise Refused("entered in error")
    return list(READ[resource["resourceType"]](resource))


def _in_words(resource: Mapping[str, Any], *names: str) -> str:
    """An age, a range, a period or a text, as one of these elements has it."""
    for name in names:
        value = resource.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        if text := age_of(value) or period_of(value) if isinstance(value, dict) else "":
            return f"age {text}" if name.endswith(("Age", "Range")) else text
    return ""


def _condition(resource: Resource) -> Iterator[Fact]:
    name = name_of(resource.get("code"))
    standing = of_problem(resource)
    began = day_of(resource.get("onsetDateTime"), resource.get("onsetPeriod")) or _in_words(resource, *_NO_DAYS)
    date = day_of(resource.get("onsetDateTime"), resource.get("onsetPeriod")) or day_of(resource.get("recordedDate"))
    ended = day_of(resource.get("abatementDateTime"))
    ended = ended or day_of((resource.get("abatementPeriod") or {}).get("end"), resource.get("abatementPeriod"))
    ended = ended or _in_words(resource, "abatementAge", "abatementRange", "abatementString")
    qualifiers = {"onset": began, "abatement": ended, "severity": text_of(resource.get("severity"))}
    severity = f", {qualifiers['severity']}" if qualifiers["severity"] else ""
    since = f", onset {began}" if began and not date.startswith(began[:4]) else ""
    until = f", until {ended}" if ended else ""
    yield stated(
        section="conditions",
        line=f"Condition: {name}{severity}{standing.shown}{since}{until}",
        notes=resource.get("note"),
        date=date,
        predicate="has_condition",
        type="Disease",
        concept=resource["code"],
        standing=standing,
        qualifiers=qualifiers,
    )


def _allergy(resource: Resource) -> Iterator[Fact]:
    reactions = resource.get("reaction") or ()
    substances: list[Mapping[str, Any]] = [r["substance"] for r in reactions if r.get("substance")]
    concept: Mapping[str, Any] = resource.get("code") or (substances[0] if substances else {})
    name = name_of(concept)
    standing = of_problem(resource)
    shown = "; ".join(filter(None, (together(reaction.get("manifestation") or ()) for reaction in reactions)))
    drug = "medication" in (resource.get("category") or ()) or any(
        mark in str(coding.get("system")).lower() for coding in concept.get("coding") or () for mark in _DRUGS
    )
    after = f"{standing.shown}{f', reaction {shown}' if shown else ''}"
    after += ", intolerance" if resource.get("type") == "intolerance" else ""
    yield stated(
        section="allergies",
        line=f"Allergy: {name}{after}",
        notes=resource.get("note"),
        date=day_of(resource.get("onsetDateTime"), resource.get("recordedDate")),
        predicate="allergic_to",
        type="Drug" if drug else "Concept",
        concept=concept,
        standing=standing,
        qualifiers={"criticality": resource.get("criticality", ""), "reaction": shown},
    )


def _observation(resource: Resource) -> Iterator[Fact]:
    status = status_of(resource)
    if status == "cancelled":
        raise Refused("cancelled")
    unsure = status in ("registered", "preliminary", "unknown")
    standing = Standing("affirmed", "possible" if unsure else "certain", "patient", status if unsure else "")
    date = day_of(
        resource.get("effectiveDateTime"),
        resource.get("effectivePeriod"),
        resource.get("effectiveInstant"),
        (resource.get("effectiveTiming") or {}).get("event", [""])[0],
        resource.get("issued"),
    )
    components = resource.get("component") or ()
    for measured in (resource, *components):
        name = name_of(measured.get("code"))
        value, unit, shown = value_of(measured)
        if measured is resource and not shown and components:
            continue  # a panel such as blood pressure: its components have the values
        missing = missing_of(measured) if not shown else ""
        interpretation = together(measured.get("interpretation") or ())
        after = f" ({missing})" if missing else ""
        after += f" ({interpretation})" if interpretation else ""
        after += standing.shown
        yield stated(
            notes=resource.get("note"),
            section="measurements",
            line=f"{name}: {shown or 'no value given'}{after}",
            date=date,
            predicate="has_measurement",
            type="Measurement",
            concept=measured["code"],
            standing=standing,
            qualifiers={
                "value": value,
                "unit": unit,
                "date": date,
                "interpretation": interpretation,
                "missing": missing,
            },
        )


def _procedure(resource: Resource) -> Iterator[Fact]:
    name = name_of(resource.get("code"))
    standing = of_procedure(resource)
    performed = ("performedDateTime", "performedPeriod")
    date = day_of(*(resource.get(form) for form in performed))
    when = "" if date else _in_words(resource, "performedAge", "performedRange", "performedString")
    why = together(resource.get("reasonCode") or ())
    after = f"{standing.shown}{f', {when}' if when else ''}{f', for {why}' if why else ''}"
    because = text_of(resource.get("statusReason"))
    after += f", because: {because}" if because else ""
    yield stated(
        section="procedures",
        line=f"Procedure: {name}{after}",
        notes=resource.get("note"),
        date=date,
        predicate="underwent",
        type="Procedure",
        concept=resource["code"],
        standing=standing,
        qualifiers={"date": date, "reason": why},
    )


def _immunization(resource: Resource) -> Iterator[Fact]:
    name = name_of(resource.get("vaccineCode"))
    standing = of_procedure(resource)
    date = day_of(resource.get("occurrenceDateTime"), resource.get("occurrenceString"))
    dose = quantity_of(resource.get("doseQuantity"))
    because = text_of(resource.get("statusReason"))
    after = f"{f', {dose}' if dose else ''}{standing.shown}{f', because: {because}' if because else ''}"
    yield stated(
        section="immunizations",
        line=f"Immunization: {name}{after}",
        notes=resource.get("note"),
        date=date,
        predicate="underwent",
        type="Procedure",
        concept=resource["vaccineCode"],
        standing=standing,
        qualifiers={"date": date, "dose": dose, "kind": IMMUNIZATION},
    )


def _encounter(resource: Resource) -> Iterator[Fact]:
    kinds = together(resource.get("type") or ())
    setting = resource.get("class") or {}
    name = kinds or setting.get("display") or setting.get("code") or "unspecified"
    reasons = together(resource.get("reasonCode") or ())
    status = status_of(resource)
    after = f", for {reasons}" if reasons else ""
    after += f" ({status})" if status not in ("", "finished", "unknown") else ""
    yield Fact("encounters", f"Encounter: {name}{after}", day_of(resource.get("period")))


def _report(resource: Resource) -> Iterator[Fact]:
    date = day_of(resource.get("effectiveDateTime"), resource.get("effectivePeriod"), resource.get("issued"))
    status = status_of(resource)
    after = f" ({status})" if status in ("registered", "partial", "preliminary", "unknown") else ""
    yield Fact("reports", f"Report: {name_of(resource.get('code'))}{after}", date)


def _family(resource: Resource) -> Iterator[Fact]:
    relative = text_of(resource.get("relationship")) or "relative"
    date = day_of(resource.get("date"))
    if status_of(resource) == "health-unknown":
        yield Fact("family history", f"Family history: {relative}: health unknown{noted(resource.get('note'))}", date)
    for condition in resource.get("condition") or ():
        name = name_of(condition.get("code"))
        began = day_of(condition.get("onsetPeriod")) or _in_words(condition, *_NO_DAYS)
        outcome = text_of(condition.get("outcome"))
        after = f", onset {began}" if began else ""
        after += f", {outcome}" if outcome else ""
        yield stated(
            notes=[*(condition.get("note") or ()), *(resource.get("note") or ())],
            section="family history",
            line=f"Family history: {relative}: {name}{after}",
            date=date,
            predicate="has_condition",
            type="Disease",
            concept=condition["code"],
            standing=Standing(experiencer="family"),
            qualifiers={"relationship": relative, "onset": began},
        )


READ: dict[str, Callable[[Resource], Iterator[Fact]]] = {
    "Condition": _condition,
    "AllergyIntolerance": _allergy,
    "MedicationRequest": medication,
    "MedicationStatement": medication,
    "MedicationAdministration": medication,
    "MedicationDispense": medication,
    "Immunization": _immunization,
    "Observation": _observation,
    "Procedure": _procedure,
    "CarePlan": care_plan,
    "Goal": goal,
    "Encounter": _encounter,
    "DiagnosticReport": _report,
    "FamilyMemberHistory": _family,
}
"""The kinds of resource that have facts."""
