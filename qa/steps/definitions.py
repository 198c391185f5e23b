"""What a thing is, by the definition in its record."""

from __future__ import annotations

from qa.evidence.bundle import Part
from qa.evidence.definition import DefinitionEvidence
from qa.steps.asking import Asking


def definitions(asking: Asking) -> Part:
    """The definitions of what the question names, in its order."""
    ids = dict.fromkeys(e.id for e in asking.understanding.entities if e.id in asking.entities)
    return Part(
        tuple(
            DefinitionEvidence(id="", entity=entity.id, name=entity.name, text=entity.definition)
            for entity in (asking.entities[id] for id in ids)
            if entity.definition
        )
    )
