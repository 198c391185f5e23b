"""What only the reader of patients' files may say: ids of patients and of their documents, and what a patient is.

Anybody else who declares one would show that there is such a patient, and how others see him.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Assertion, Entity
from ingest.model import Document, Mapping

PREFIXES = ("patient:", "fhir:")
OF_PATIENTS = "only the reader of patients' files declares patients"
TAKEN_NAME = "ids that begin with patient: or fhir: are given by the reader of patients' files alone"


def is_reserved(id: str) -> bool:
    """Whether an id is one of a patient or of a patient's document, in whatever spelling."""
    return id.lower().startswith(PREFIXES)


def of_document(document: Document) -> str:
    """Why a document that is of no patient's file may not say what it says; empty where it may."""
    if is_reserved(document.id):
        return TAKEN_NAME
    annotated = any(one.id and (one.type == "Patient" or is_reserved(one.id)) for one in document.annotations)
    declared = any(map(declares, document.entities))
    return OF_PATIENTS if annotated or declared or any(map(states, document.statements)) else ""


def declares(entity: Entity) -> bool:
    """Whether an entity is a patient, or goes by the id of one."""
    return entity.type == "Patient" or _any((entity.id, *entity.xrefs))


def states(statement: Assertion) -> bool:
    """Whether a statement is about a patient."""
    return _any((statement.subject, statement.object))


def joins(pair: Mapping) -> bool:
    """Whether a mapping says what a patient is."""
    return _any((pair.other, pair.canonical))


def _any(ids: Iterable[str]) -> bool:
    return any(map(is_reserved, ids))
