"""How a resource's statuses say that a fact stands: denied, doubtful, over, planned, or so today.

| resource | what is said | statement |
|---|---|---|
| any | entered-in-error | refused, as a Failure |
| Condition, AllergyIntolerance | refuted | negated |
| | unconfirmed, provisional, differential, presumed | possible |
| | inactive, remission, resolved, or an abatement of any form | historical |
| | recurrence, relapse | certain, whatever abated before |
| what is to be taken | doNotPerform; not-taken, not-done, cancelled, declined; a plan that was stopped | negated |
| | doNotPerform that is over | a line without a statement |
| | intent proposal, plan or option; draft, intended, preparation | hypothetical |
| | completed, stopped, on-hold, ended, revoked | historical |
| | unknown | possible |
| MedicationDispense | preparation, in-progress (ready for pickup), on-hold | hypothetical |
| | completed: what was handed over may be taken | possible |
| an activity of a plan | completed, stopped | historical |
| | any other of a plan that is completed or revoked | a line without a statement |
| Procedure, Immunization | not-done | negated |
| | preparation, on-hold | hypothetical |
| | unknown | possible |
| Observation | registered, preliminary, unknown | possible |
| | cancelled | refused, as a Failure |

A fact's `status` is the word of the record, where it says more than that the fact stands today. The values are those
of R4 (https://hl7.org/fhir/R4/terminologies-valuesets.html); a status that is a concept counts by any of its codings,
and by its text alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ingest.sources.fhir.absence import Kind, Meaning
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


_ACTIVE = ("active", "confirmed")
_UNSURE = ("unconfirmed", "provisional", "differential", "presumed")
_PAST = ("inactive", "remission", "resolved")
_AGAIN = ("recurrence", "relapse")
_ABATED = ("abatementDateTime", "abatementAge", "abatementPeriod", "abatementRange", "abatementString")

_INTENDED = ("proposal", "plan", "option")
_OVER = ("completed", "stopped", "on-hold", "ended", "revoked")
_NOT_YET = ("draft", "intended", "preparation", "not-started", "scheduled")
_NOT_HANDED = ("preparation", "in-progress", "on-hold")
_DENIED = ("not-taken", "not-done", "cancelled", "declined")
_ERROR = "entered-in-error"
DISPENSED = "dispensed"
"""The status of what was handed over."""


def status_of(resource: Mapping[str, Any]) -> str:
    """The status of a resource, an empty string where it has none."""
    status = resource.get("status") or resource.get("lifecycleStatus")
    return status if isinstance(status, str) else ""


def in_error(resource: Mapping[str, Any]) -> bool:
    """Whether the resource was entered in error."""
    verified = _word(resource.get("verificationStatus"), (_ERROR,))
    return _ERROR in (status_of(resource), resource.get("docStatus"), verified)


def of_problem(resource: Mapping[str, Any]) -> Standing:
    """How a Condition or an AllergyIntolerance stands."""
    verified = _word(resource.get("verificationStatus"), (*_UNSURE, "refuted"))
    clinical = _word(resource.get("clinicalStatus"), (*_ACTIVE, *_AGAIN, *_PAST))
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
    dispensed = resource.get("resourceType") == "MedicationDispense"
    planned, against = intent in _INTENDED, resource.get("doNotPerform") is True
    shown = "" if status in ("active", "in-progress") else status
    certainty = _certainty(status, planned)
    if dispensed:
        shown = DISPENSED if status == "completed" else status
        certainty = "possible" if shown == DISPENSED else "hypothetical" if shown in _NOT_HANDED else certainty
    words = (intent if planned else "", shown, "not to be taken" if against else "")
    # What is planned no longer is not taken for it.
    denied = against or status in _DENIED or (planned and status == "stopped")
    return Standing("negated" if denied else "affirmed", certainty, "patient", ", ".join(filter(None, words)))


def _certainty(status: str, planned: bool) -> Certainty:
    if status == "unknown":
        return "possible"
    if planned or status in _NOT_YET:
        return "hypothetical"
    return "historical" if status in _OVER else "certain"


def is_lifted(resource: Mapping[str, Any]) -> bool:
    """Whether a drug was not to be taken, and that is over: nothing is stated by it any more."""
    return resource.get("doNotPerform") is True and status_of(resource) in (*_OVER, *_DENIED)


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


def _word(concept: object, words: Collection[str]) -> str:
    """The word of a value set that a status says, in any coding or as its text; empty where it is none of them."""
    if not isinstance(concept, Mapping):
        return ""
    codings = concept.get("coding")
    codes = [one.get("code") for one in codings if isinstance(one, Mapping)] if isinstance(codings, list) else []
    told = ["-".join(one.lower().split()) for one in (*codes, concept.get("text")) if isinstance(one, str)]
    return next((one for one in told if one in words), "")
