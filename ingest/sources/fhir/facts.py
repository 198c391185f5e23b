"""What a FHIR resource says of a patient: lines of text, most of them with a statement.

How a status is read:

| resource | status | statement |
|---|---|---|
| any | entered-in-error | refused, as a Failure |
| Condition, AllergyIntolerance | refuted | negated |
| | unconfirmed, provisional, differential, presumed | possible |
| | inactive, remission, resolved | historical |
| MedicationRequest | doNotPerform | negated |
| | intent proposal or plan, draft, cancelled | hypothetical |
| | completed, stopped, on-hold | historical |
| Procedure | not-done | negated |
| | preparation | hypothetical |
| Observation | registered, preliminary | possible |
| | cancelled | refused, as a Failure |

A code that says that no allergy is known gives a line and no statement: there is nothing the patient is allergic to.
Encounters and the names of reports are lines without a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.sources.fhir.resource import Resource, code_of, reference, text_of
from text.context.judgement import Certainty, Experiencer, Polarity


class Refused(Exception):
    """A resource that gives no fact, with the reason; never holds its text."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a patient, and what it states: `predicate` is empty where it states nothing."""

    section: str
    line: str
    date: str = ""
    predicate: str = ""
    type: str = ""
    """The type of the object."""
    concept: Mapping[str, Any] = field(default_factory=dict)
    """The CodeableConcept that names the object."""
    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    medication: str = ""
    """Where the object is named by reference: what it refers to. `line` then holds only what follows its name."""


_NO_ALLERGY = ("716186003", "409137002", "428607008", "429625007", "428197003")
_UNSURE = ("unconfirmed", "provisional", "differential", "presumed")
_PAST = ("inactive", "remission", "resolved")


def facts(resource: Resource) -> list[Fact]:
    """The facts of a valid resource of a kind that has any (`READ`). Raises Refused."""
    if _status(resource) == "entered-in-error" or code_of(resource.get("verificationStatus")) == "entered-in-error":
        raise Refused("entered in error")
    return list(READ[resource["resourceType"]](resource))


def patient_of(resource: Resource) -> str:
    """What the resource's subject refers to. Raises Refused where it is no patient, or none is named."""
    subject = resource.get("subject") or resource.get("patient")
    referred = reference(subject)
    if not referred:
        raise Refused("no reference to a patient")
    if "/" in referred and not referred.startswith("Patient/"):
        raise Refused("about something other than a patient")
    return referred


def _status(resource: Resource) -> str:
    status = resource.get("status")
    return status if isinstance(status, str) else ""


def _day(*values: object) -> str:
    """The day of the first date or period given, as far as it is known: `2018-06-07`, `2018-06`, `2018`."""
    for value in values:
        text = value.get("start") or value.get("end") if isinstance(value, dict) else value
        if isinstance(text, str) and text[:4].isdigit():
            return text[:10]
    return ""


def _named(concept: object) -> str:
    if name := text_of(concept):
        return name
    raise Refused("no code and no text")


def _problem(resource: Resource) -> tuple[Polarity, Certainty]:
    verified, clinical = code_of(resource.get("verificationStatus")), code_of(resource.get("clinicalStatus"))
    certainty: Certainty = "possible" if verified in _UNSURE else "historical" if clinical in _PAST else "certain"
    return ("negated" if verified == "refuted" else "affirmed"), certainty


def _standing(polarity: Polarity, certainty: Certainty) -> str:
    return " (refuted)" if polarity == "negated" else "" if certainty == "certain" else f" ({certainty})"


def _condition(resource: Resource) -> Iterator[Fact]:
    name = _named(resource.get("code"))
    polarity, certainty = _problem(resource)
    began = _day(resource.get("onsetDateTime"), resource.get("onsetPeriod"))
    date = began or _day(resource.get("recordedDate"))
    ended = _day(resource.get("abatementDateTime"), resource.get("abatementPeriod"))
    qualifiers = {"onset": began, "abatement": ended, "severity": text_of(resource.get("severity"))}
    until = f", until {ended}" if ended else ""
    severity = f", {qualifiers['severity']}" if qualifiers["severity"] else ""
    line = f"Condition: {name}{severity}{_standing(polarity, certainty)}{until}"
    yield Fact(
        section="conditions",
        line=line,
        date=date,
        predicate="has_condition",
        type="Disease",
        concept=resource["code"],
        polarity=polarity,
        certainty=certainty,
        experiencer="patient",
        qualifiers=qualifiers,
    )


def _allergy(resource: Resource) -> Iterator[Fact]:
    name = _named(resource.get("code"))
    polarity, certainty = _problem(resource)
    reactions = [text_of(m) for reaction in resource.get("reaction", ()) for m in reaction.get("manifestation", ())]
    qualifiers = {"criticality": resource.get("criticality", ""), "reaction": "; ".join(r for r in reactions if r)}
    date = _day(resource.get("onsetDateTime"), resource.get("recordedDate"))
    if code_of(resource["code"]) in _NO_ALLERGY:
        yield Fact("allergies", f"Allergy: {name}", date)
        return
    line = f"Allergy: {name}{_standing(polarity, certainty)}"
    line += f", reaction {qualifiers['reaction']}" if qualifiers["reaction"] else ""
    type = "Drug" if "medication" in resource.get("category", ()) else "Concept"
    yield Fact(
        section="allergies",
        line=line,
        date=date,
        predicate="allergic_to",
        type=type,
        concept=resource["code"],
        polarity=polarity,
        certainty=certainty,
        experiencer="patient",
        qualifiers=qualifiers,
    )


def _medication(resource: Resource) -> Iterator[Fact]:
    concept: Mapping[str, Any] = resource.get("medicationCodeableConcept") or {}
    referred = resource.get("medicationReference") or {}
    medication = reference(referred)
    if medication.startswith("#"):
        contained = (c for c in resource.get("contained", ()) if f"#{c.get('id')}" == medication)
        concept, medication = next((c.get("code") or {} for c in contained), {}), ""
    if not text_of(concept):
        concept = {"text": referred.get("display", "")}
        if not medication:
            _named(concept)
    status = _status(resource)
    certainty: Certainty = "certain"
    if resource.get("intent") in ("proposal", "plan") or status in ("draft", "cancelled"):
        certainty = "hypothetical"
    elif status in ("completed", "stopped", "on-hold"):
        certainty = "historical"
    polarity: Polarity = "negated" if resource.get("doNotPerform") is True else "affirmed"
    qualifiers = {"dose": "; ".join(filter(None, map(_dose, resource.get("dosageInstruction", ())))), "status": status}
    after = f", {qualifiers['dose']}" if qualifiers["dose"] else ""
    after += f" ({status})" if status not in ("", "active", "unknown") else ""
    yield Fact(
        section="medications",
        line=f"Medication: {text_of(concept)}{after}" if not medication else after,
        date=_day(resource.get("authoredOn")),
        predicate="takes",
        type="Drug",
        concept=concept,
        polarity=polarity,
        certainty=certainty,
        experiencer="patient",
        qualifiers=qualifiers,
        medication=medication,
    )


def _dose(instruction: Mapping[str, Any]) -> str:
    """`10 mg twice a day` as the instruction's text has it, else amount and timing in its own words."""
    if isinstance(text := instruction.get("text"), str) and text.strip():
        return " ".join(text.split())
    rates = instruction.get("doseAndRate", ())
    parts = [quantity for rate in rates if (quantity := _quantity(rate.get("doseQuantity")))]
    repeat = (instruction.get("timing") or {}).get("repeat") or {}
    if {"frequency", "period", "periodUnit"} <= repeat.keys():
        parts.append(f"{repeat['frequency']} per {_number(repeat['period'])} {repeat['periodUnit']}")
    if instruction.get("asNeededBoolean") is True:
        parts.append("as needed")
    return ", ".join(parts)


def _observation(resource: Resource) -> Iterator[Fact]:
    status = _status(resource)
    if status == "cancelled":
        raise Refused("cancelled")
    certainty: Certainty = "possible" if status in ("registered", "preliminary") else "certain"
    date = _day(resource.get("effectiveDateTime"), resource.get("effectivePeriod"), resource.get("issued"))
    components = resource.get("component") or ()
    for measured in (resource, *components):
        name = _named(measured.get("code"))
        value, unit, shown = _value(measured)
        if measured is resource and not shown and components:
            continue  # a panel such as blood pressure: its components have the values
        qualifiers = {"value": value, "unit": unit, "date": date, "interpretation": ""}
        qualifiers["interpretation"] = "; ".join(filter(None, map(text_of, measured.get("interpretation", ()))))
        after = f" ({qualifiers['interpretation']})" if qualifiers["interpretation"] else ""
        yield Fact(
            section="measurements",
            line=f"{name}: {shown or 'no value given'}{after}{_standing('affirmed', certainty)}",
            date=date,
            predicate="has_measurement",
            type="Measurement",
            concept=measured["code"],
            polarity="affirmed",
            certainty=certainty,
            experiencer="patient",
            qualifiers=qualifiers,
        )


def _value(measured: Mapping[str, Any]) -> tuple[str, str, str]:
    """(value as recorded, unit, how both read)"""
    if isinstance(quantity := measured.get("valueQuantity"), dict):
        value = quantity.get("value")
        unit = str(quantity.get("unit") or quantity.get("code") or "")
        comparator = str(quantity.get("comparator") or "")
        return f"{comparator}{'' if value is None else value}", unit, comparator + _quantity(quantity)
    if concept := text_of(measured.get("valueCodeableConcept")):
        return concept, "", concept
    for name in ("valueString", "valueDateTime", "valueTime", "valueInteger", "valueBoolean"):
        if (value := measured.get(name)) is not None:
            text = " ".join(str(value).split())
            return text, "", text
    if isinstance(limits := measured.get("valueRange"), dict):
        text = f"{_quantity(limits.get('low'))}–{_quantity(limits.get('high'))}"
        return text, "", text
    if isinstance(ratio := measured.get("valueRatio"), dict):
        text = f"{_quantity(ratio.get('numerator'))} / {_quantity(ratio.get('denominator'))}"
        return text, "", text
    return "", "", ""


def _quantity(quantity: Mapping[str, Any] | None) -> str:
    if not quantity or quantity.get("value") is None:
        return ""
    unit = quantity.get("unit") or quantity.get("code") or ""
    return f"{_number(quantity['value'])} {unit}".strip()


def _number(value: Any) -> str:
    """A number to six significant digits: readers of the text need no more, qualifiers keep it as recorded."""
    return f"{float(value):.6g}" if len(str(value)) > 7 else str(value)


def _procedure(resource: Resource) -> Iterator[Fact]:
    name = _named(resource.get("code"))
    status = _status(resource)
    date = _day(resource.get("performedDateTime"), resource.get("performedPeriod"))
    polarity: Polarity = "negated" if status == "not-done" else "affirmed"
    certainty: Certainty = "hypothetical" if status == "preparation" else "certain"
    after = f" ({status})" if status not in ("", "completed", "unknown") else ""
    qualifiers = {"date": date, "reason": "; ".join(filter(None, map(text_of, resource.get("reasonCode", ()))))}
    after += f", for {qualifiers['reason']}" if qualifiers["reason"] else ""
    yield Fact(
        section="procedures",
        line=f"Procedure: {name}{after}",
        date=date,
        predicate="underwent",
        type="Procedure",
        concept=resource["code"],
        polarity=polarity,
        certainty=certainty,
        experiencer="patient",
        qualifiers=qualifiers,
    )


def _encounter(resource: Resource) -> Iterator[Fact]:
    kinds = [text for text in map(text_of, resource.get("type", ())) if text]
    setting = resource.get("class") or {}
    name = "; ".join(kinds) or setting.get("display") or setting.get("code") or "unspecified"
    reasons = "; ".join(filter(None, map(text_of, resource.get("reasonCode", ()))))
    status = _status(resource)
    after = f", for {reasons}" if reasons else ""
    after += f" ({status})" if status not in ("", "finished", "unknown") else ""
    yield Fact("encounters", f"Encounter: {name}{after}", _day(resource.get("period")))


def _report(resource: Resource) -> Iterator[Fact]:
    date = _day(resource.get("effectiveDateTime"), resource.get("effectivePeriod"), resource.get("issued"))
    yield Fact("reports", f"Report: {_named(resource.get('code'))}", date)


def _family(resource: Resource) -> Iterator[Fact]:
    relative = text_of(resource.get("relationship")) or "relative"
    for condition in resource.get("condition", ()):
        yield Fact(
            section="family history",
            line=f"Family history: {relative}: {_named(condition.get('code'))}",
            date=_day(resource.get("date")),
            predicate="has_condition",
            type="Disease",
            concept=condition["code"],
            polarity="affirmed",
            certainty="certain",
            experiencer="family",
            qualifiers={"relationship": relative},
        )


READ: dict[str, Callable[[Resource], Iterator[Fact]]] = {
    "Condition": _condition,
    "AllergyIntolerance": _allergy,
    "MedicationRequest": _medication,
    "Observation": _observation,
    "Procedure": _procedure,
    "Encounter": _encounter,
    "DiagnosticReport": _report,
    "FamilyMemberHistory": _family,
}
"""The kinds of resource that have facts."""
