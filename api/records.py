"""What is stated of one patient, of a stored record or a FHIR file, for whoever makes something of it."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.errors import UnknownPatient, UnreadableRecord
from api.schemas.state import FailureOut
from graph.errors import UnknownEntity
from graph.view import GraphView
from ingest.errors import UnreadableSource

if TYPE_CHECKING:
    from api.wiring import Parts
    from graph.model import Assertion, Entity

_PAGE = 500
UNREAD = "a kind that is not read"
"""What ends the failure of a kind of resource that says nothing, such as a claim."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is stated of a patient: the rows, the entities that they name by id, the lines at the head of the record
    that tell sex and year of birth, and what could not be read."""

    rows: Sequence[Assertion]
    entities: Mapping[str, Entity]
    about: Sequence[str]
    failed: Sequence[FailureOut] = ()


def of_patient(parts: Parts, patient: str, access: frozenset[str]) -> Record:
    """The stored record of the patient with this label. Raises UnknownPatient, and what the graph raises."""
    view = GraphView(parts.graph(), access | {patient})
    try:
        view.entity(patient)
    except UnknownEntity:
        raise UnknownPatient from None
    rows: list[Assertion] = []
    while len(page := view.assertions(subject=patient, limit=_PAGE, offset=len(rows))) == _PAGE:
        rows += page
    rows += page
    texts = [
        parts.passages().text(document, access=frozenset({patient}))
        for document in sorted({row.source for row in rows})
    ]
    about = [line for text in texts for line in _about(text)]
    return Record(rows, view.entities({row.object for row in rows}), about)


def of_bundle(path: Path) -> Record:
    """What a FHIR file of one patient states; nothing of it is kept.

    Raises UnreadableSource, also for a file of several patients.
    """
    record, wrong = _read(path)
    if wrong:
        raise UnreadableSource(f"{path.name}: {wrong}")
    return record


def of_resource(resource: Mapping[str, Any]) -> Record:
    """The same of a bundle or resource in memory. Raises UnreadableRecord."""
    with tempfile.TemporaryDirectory(prefix="medgraph-") as folder:
        path = Path(folder) / "bundle.json"
        path.write_text(json.dumps(resource), encoding="utf-8")
        record, wrong = _read(path)
    if wrong:
        raise UnreadableRecord("body.bundle", wrong)
    return record


def _read(path: Path) -> tuple[Record, str]:
    """What a FHIR file states, and why it cannot be used, where it cannot."""
    from ingest.model import Document, Failure
    from ingest.sources.fhir import bundles

    rows: list[Assertion] = []
    entities: dict[str, Entity] = {}
    about: list[str] = []
    failed: list[FailureOut] = []
    for part in bundles.read(path, salt=secrets.token_bytes(32)):
        if isinstance(part, Failure):
            failed.append(FailureOut(file=path.name, record=part.record, reason=part.reason))
        elif isinstance(part, Document):
            rows += part.statements
            entities |= {entity.id: entity for entity in part.entities}
            about += _about(part.sections[0].text)
    record = Record(rows, entities, about, failed)
    if len({row.subject for row in rows}) > 1:
        return record, "it holds several patients: give the record of one"
    broken = next((one for one in failed if not one.reason.endswith(UNREAD)), None)
    if not rows and broken is not None:
        return record, f"{broken.record}: {broken.reason}".removeprefix(": ")
    return record, ""


def _about(text: str) -> list[str]:
    return [line for line in text.splitlines()[:3] if line.startswith(("Sex: ", "Born: ", "Died: "))]
