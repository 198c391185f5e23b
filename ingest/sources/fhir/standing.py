"""How a resource's statuses say that a fact stands: denied, doubtful, over, planned, or so today.

| resource | what is said | statement |
|---|---|---|
| any | entered-in-error | refused, as a Failure |
| Condition, AllergyIntolerance | refuted | negated |
| | unconfirmed, provisional, differential, presumed | possible |
| | inactive, remission, resolved, or an abatement of any form | historical |
| | recurrence, relapse | certain, whatever abated before |
| what is to be taken | doNotPerform, not-taken, not-done | negated |
| | intent proposal, plan or option; draft, intended, cancelled, declined, preparation | hypothetical |
| | completed, stopped, on-hold, ended, revoked | historical |
| | unknown | possible |
| Procedure, Immunization | not-done | negated |
| | preparation, on-hold | hypothetical |
| Observation | registered, preliminary | possible |
| | cancelled | refused, as a Failure |

A fact's `status` is the word of the record, where it says more than that the fact stands today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ingest.sources.fhir.absence import Kind, Meaning
from ingest.sources.fhir.resource import code_of
from text.context.judgement import Certainty, Experiencer, Polarity


class Refused(Exception):
    """A resource that gives no fact, with the reason; never holds its text."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a fact is meant. `status` are the words for a reader: empty where the fact is so today."""

    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    status: str = ""

    @property
    def shown(self) -> str:
        """The status in brackets, with a blank before."""
        return f" ({self.status})" if self.status else ""


_UNSURE = ("unconfirmed", "provisional", "differential", "presumed")
_PAST = ("inactive", "remission", "resolved")
_AGAIN = ("recurrence", "relapse")
_ABATED = ("abatementDateTime", "abatementAge", "abatementPeriod", "abatementRange", "abatementString")

_INTENDED = ("proposal", "plan", "option")
_OVER = ("completed", "stopped", "on-hold", "ended", "revoked")
_NOT_YET = ("draft", "intended", "preparation", "not-started", "scheduled")
_DENIED = ("not-taken", "not-done", "cancelled", "declined")


def status_of(resource: Mapping[str, Any]) -> str:
    """The status of a resource, an empty string where it has none."""
    status = resource.get("status") or resource.get("lifecycleStatus")
    return status if isinstance(status, str) else ""


def in_error(resource: Mapping[str, Any]) -> bool:
    """Whether the resource was entered in error."""
    return "entered-in-error" in (status_of(resource), code_of(resource.get("verificationStatus")))


def of_problem(resource: Mapping[str, Any]) -> Standing:
    """How a Condition or an AllergyIntolerance stands."""
    verified, clinical = code_of(resource.get("verificationStatus")), code_of(resource.get("clinicalStatus"))
    over = clinical in _PAST or (clinical not in _AGAIN and any(resource.get(form) for form in _ABATED))
    certainty: Certainty = "possible" if verified in _UNSURE else "historical" if over else "certain"
    words = [verified] if verified in (*_UNSURE, "refuted") else []
    if clinical in (*_PAST, *_AGAIN):
        words.append(clinical)
    elif over:
        words.append("ended")
    return Standing("negated" if verified == "refuted" else "affirmed", certainty, "patient", ", ".join(words))


def of_drug(resource: Mapping[str, Any]) -> Standing:
    """How what is ordered, stated, given or dispensed stands, and an activity of a plan."""
    status, intent = status_of(resource), str(resource.get("intent") or "")
    certainty: Certainty = "certain"
    if status == "unknown" or (status == "completed" and resource.get("resourceType") == "MedicationDispense"):
        certainty = "possible"  # what was handed over may be taken
    elif status in _OVER:
        certainty = "historical"
    if intent in _INTENDED or status in _NOT_YET:
        certainty = "hypothetical"
    against = resource.get("doNotPerform") is True
    words = [
        *([intent] if intent in _INTENDED else []),
        *([status] if status not in ("", "active", "in-progress") else []),
    ]
    if against:
        words.append("not to be taken")
    denied = against or status in _DENIED
    return Standing("negated" if denied else "affirmed", certainty, "patient", ", ".join(words))


def of_procedure(resource: Mapping[str, Any]) -> Standing:
    """How a Procedure or an Immunization stands."""
    status = status_of(resource)
    certainty: Certainty = "hypothetical" if status in ("preparation", "on-hold") else "certain"
    if status == "unknown":
        certainty = "possible"
    return Standing(
        "negated" if status == "not-done" else "affirmed", certainty, "patient", "" if status == "completed" else status
    )


def meant(standing: Standing, meaning: Meaning) -> Standing:
    """The standing as the name of the thing turns it: a family history that is active is of the family all the same."""
    kind: Kind = meaning.kind
    if kind == "denied":
        return replace(standing, polarity="negated")
    if kind == "past":
        return replace(standing, certainty="historical" if standing.certainty == "certain" else standing.certainty)
    if kind == "possible":
        return replace(standing, certainty="possible" if standing.certainty == "certain" else standing.certainty)
    if kind == "family":
        return replace(standing, experiencer="family")
    if kind == "family denied":
        return replace(standing, experiencer="family", polarity="negated")
    return standing
