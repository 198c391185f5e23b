"""Diseases and phenotypes that go by one name: two concepts, which know of each other.

Epilepsy is a disease of one vocabulary and a finding of another, seizure likewise; what is said of the one often holds
for the other, but they are never merged for their names. So they are found by their names when they are read.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Entity
from graph.view import GraphView
from text.names import is_chinese, normalise

KIN = {"Disease": "Phenotype", "Phenotype": "Disease"}


def same_name_as(view: GraphView, entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    """By the id of each of these entities its namesakes, by id: of a disease phenotypes, of a phenotype diseases.

    The name in common is the preferred name of one of both, or a Chinese name of both. One look-up for all.
    """
    borne = {
        entity.id: (entity, {normalise(entity.name), *(normalise(name.text) for name in entity.synonyms)} - {""})
        for entity in entities
        if entity.type in KIN
    }
    bearers = view.named({norm for _, norms in borne.values() for norm in norms}) if borne else {}
    return {
        id: sorted(
            {
                other.id: other
                for norm in norms
                for other in bearers.get(norm, ())
                if other.type == KIN[entity.type]
                and (norm in (normalise(entity.name), normalise(other.name)) or is_chinese(norm))
            }.values(),
            key=lambda other: other.id,
        )
        for id, (entity, norms) in borne.items()
    }
