"""Checking drugs for every door: of what is asked, of a patient's record, or of a FHIR file."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.errors import NothingLoaded
from api.schemas.drugs import CheckOut, Language
from api.schemas.state import FailureOut
from graph.view import GraphView
from ingest.errors import UnreadableSource
from qa.drugs.names import exactly
from qa.drugs.person import Person
from qa.drugs.recorded import Recorded, recorded
from text.names import is_chinese

if TYPE_CHECKING:
    from api.wiring import Parts
    from graph.model import Assertion, Entity

_PAGE = 500
_PATIENT = "patient:"
UNREAD = "a kind that is not read"
"""What ends the failure of a kind of resource that says nothing of drugs, such as a claim."""


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
    view = GraphView(parts.graph(), access | {patient})
    view.entity(patient)
    rows: list[Assertion] = []
    while len(page := view.assertions(subject=patient, limit=_PAGE, offset=len(rows))) == _PAGE:
        rows += page
    rows += page
    texts = [
        parts.passages().text(document, access=frozenset({patient}))
        for document in sorted({row.source for row in rows})
    ]
    about = [line for text in texts for line in _about(text)]
    return _recorded(parts, rows, view.entities({row.object for row in rows}), access, about)


def of_bundle(parts: Parts, path: Path, access: frozenset[str]) -> tuple[Recorded, list[FailureOut]]:
    """What a FHIR file of one patient says, and what of it could not be read; nothing of it is kept.

    Raises UnreadableSource, also for a file of several patients.
    """
    from ingest.model import Document, Failure
    from ingest.sources.fhir import bundles

    rows: list[Assertion] = []
    entities: dict[str, Entity] = {}
    about: list[str] = []
    failed: list[FailureOut] = []
    for record in bundles.read(path, salt=secrets.token_bytes(32)):
        if isinstance(record, Failure):
            failed.append(FailureOut(file=path.name, record=record.record, reason=record.reason))
        elif isinstance(record, Document):
            rows += record.statements
            entities |= {entity.id: entity for entity in record.entities}
            about += _about(record.sections[0].text)
    if len({row.subject for row in rows}) > 1:
        raise UnreadableSource(f"{path.name} holds several patients: give the record of one")
    if not rows and any(not one.reason.endswith(UNREAD) for one in failed):
        raise UnreadableSource(f"{path.name}: {failed[0].record}: {failed[0].reason}")
    return _recorded(parts, rows, entities, access, about), failed


def of_resource(parts: Parts, resource: Mapping[str, Any], access: frozenset[str]) -> tuple[Recorded, list[FailureOut]]:
    """The same of a bundle or resource in memory."""
    with tempfile.TemporaryDirectory(prefix="medgraph-") as folder:
        path = Path(folder) / "bundle.json"
        path.write_text(json.dumps(resource), encoding="utf-8")
        return of_bundle(parts, path, access)


def _about(text: str) -> list[str]:
    """The lines at the head of a record that tell sex and year of birth."""
    return [line for line in text.splitlines()[:3] if line.startswith(("Sex: ", "Born: ", "Died: "))]


def _recorded(
    parts: Parts,
    rows: Iterable[Assertion],
    entities: Mapping[str, Entity],
    access: frozenset[str],
    about: Sequence[str],
) -> Recorded:
    rows = list(rows)
    shown = exactly(_view(parts, access), {row.object for row in rows})
    return recorded(rows, entities, shown, about, date.today())
