"""Checking drugs for every door: of what is asked, of a patient's record, or of a FHIR file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api import records
from api.audit.visit import noted
from api.errors import NothingLoaded
from api.schemas.drugs import CheckOut, Language
from api.schemas.state import FailureOut
from graph.view import GraphView
from qa.drugs.names import exactly
from qa.drugs.person import Person
from qa.drugs.recorded import Recorded, recorded
from text.names import is_chinese

if TYPE_CHECKING:
    from api.wiring import Parts

_PATIENT = "patient:"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be checked, for whom, and what may be read for it."""

    drugs: tuple[str, ...]
    person: Person
    access: frozenset[str]
    language: Language | None = None

    def joined(self, record: Recorded) -> Request:
        """With what a record says, each name once."""
        # A name that is asked twice stays so: it is a duplicate.
        drugs = (*self.drugs, *(name for name in record.drugs if name not in self.drugs))
        return replace(self, drugs=drugs, person=self.person.joined(record.person))


@noted
def check(parts: Parts, request: Request, failed: Sequence[FailureOut] = ()) -> CheckOut:
    """What is known of these drugs together.

    Raises NothingLoaded where no source of interactions may be read and nothing else is known either, ValueError for
    too many drugs, and what the graph raises.
    """
    words = (*request.drugs, *request.person.conditions, *request.person.allergies)
    language: Language = request.language or ("zh" if any(map(is_chinese, words)) else "en")
    checked = parts.drugs().check(_view(parts, request.access), request.drugs, request.person)
    if not checked.searched and not checked.cautions:
        kept = ", ".join(f"{source.title or source.id} ({source.licence})" for source in checked.closed)
        why = f": closed by their licence: {kept}; --licence all opens them" if kept else ""
        raise NothingLoaded(f"nothing is loaded that could tell of interactions{why}")
    return CheckOut.of(checked, language, request.person, failed)


def _view(parts: Parts, access: frozenset[str]) -> GraphView:
    """The graph without any patient: what a record calls a drug is no drug of the graph's."""
    return GraphView(parts.graph(), frozenset(label for label in access if not label.startswith(_PATIENT)))


def of_patient(parts: Parts, patient: str, access: frozenset[str]) -> Recorded:
    """What the record of the patient with this label says. Raises UnknownEntity, and what the graph raises."""
    return _recorded(parts, records.of_patient(parts, patient, access), access)


def of_bundle(parts: Parts, path: Path, access: frozenset[str]) -> tuple[Recorded, Sequence[FailureOut]]:
    """What a FHIR file of one patient says, and what of it could not be read; nothing of it is kept.

    Raises UnreadableSource, also for a file of several patients.
    """
    record = records.of_bundle(path)
    return _recorded(parts, record, access), record.failed


def of_resource(
    parts: Parts, resource: Mapping[str, Any], access: frozenset[str]
) -> tuple[Recorded, Sequence[FailureOut]]:
    """The same of a bundle or resource in memory. Raises UnreadableRecord."""
    record = records.of_resource(resource)
    return _recorded(parts, record, access), record.failed


def _recorded(parts: Parts, record: records.Record, access: frozenset[str]) -> Recorded:
    shown = exactly(_view(parts, access), {row.object for row in record.rows})
    return recorded(record.rows, record.entities, shown, record.about, date.today())
