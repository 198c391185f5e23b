"""What is to be taken, is taken, was given and was dispensed: four kinds of resource that name a drug alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ingest.sources.fhir.absence import meaning_of
from ingest.sources.fhir.dosage import dosage_of
from ingest.sources.fhir.fact import Fact, day_of, name_of, stated, together
from ingest.sources.fhir.resource import Resource, reference, text_of
from ingest.sources.fhir.standing import DISPENSED, Standing, is_lifted, meant, of_drug

_PREFIX = {
    "MedicationRequest": "Medication",
    "MedicationStatement": "Medication",
    "MedicationAdministration": "Medication given",
    "MedicationDispense": "Medication dispensed",
}


def medication(resource: Resource) -> Iterator[Fact]:
    """The fact that a MedicationRequest, -Statement, -Administration or -Dispense states."""
    kind = resource["resourceType"]
    concept, referred = _drug(resource)
    standing = of_drug(resource)
    doses = resource.get("dosageInstruction") or resource.get("dosage") or ()
    dose = dosage_of(doses if isinstance(doses, list | tuple) else [doses])
    why = together(resource.get("reasonCode") or ()) or text_of(resource.get("indication"))
    reason_for_status = together(_listed(resource.get("statusReason"))) or text_of(
        resource.get("statusReasonCodeableConcept")
    )
    after = f", {dose}" if dose else ""
    after += f", for {why}" if why else ""
    after += standing.shown if standing.status != DISPENSED else ""
    after += f", because: {reason_for_status}" if reason_for_status else ""
    name = "{}" if referred else text_of(concept)
    fact = stated(
        section="medications",
        line=f"{_PREFIX[kind]}: {name}{after}",
        notes=resource.get("note"),
        date=day_of(
            resource.get("authoredOn"),
            resource.get("effectiveDateTime"),
            resource.get("effectivePeriod"),
            resource.get("whenHandedOver"),
            resource.get("whenPrepared"),
            resource.get("dateAsserted"),
        ),
        predicate="takes",
        type="Drug",
        concept=concept,
        standing=standing,
        qualifiers={"dose": dose, "reason": why},
        medication=referred,
    )
    yield replace(fact, predicate="") if is_lifted(resource) else fact


def with_medication(fact: Fact, concept: Mapping[str, Any]) -> Fact | None:
    """The fact with the drug that it refers to; None where that has no name."""
    concept = concept if text_of(concept) else fact.concept
    if not (name := text_of(concept)):
        return None
    line = fact.line.replace("{}", name, 1)
    meaning = meaning_of(concept)
    if meaning.kind == "none":
        return Fact(fact.section, line, fact.date)
    standing = meant(Standing(fact.polarity, fact.certainty, fact.experiencer), meaning)
    return replace(
        fact,
        concept=meaning.about,
        line=line,
        polarity=standing.polarity,
        certainty=standing.certainty,
        experiencer=standing.experiencer,
    )


def _drug(resource: Resource) -> tuple[Mapping[str, Any], str]:
    """The concept that names the drug, and what a resource of its own is referred to by, if it is elsewhere."""
    concept: Mapping[str, Any] = resource.get("medicationCodeableConcept") or {}
    referring = resource.get("medicationReference") or {}
    referred = reference(referring)
    if referred.startswith("#"):
        contained = (c for c in resource.get("contained", ()) if f"#{c.get('id')}" == referred)
        concept, referred = next((c.get("code") or {} for c in contained), {}), ""
    if not text_of(concept):
        concept = {"text": referring.get("display", "")}
        if not referred:
            name_of(concept)
    return concept, referred


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
