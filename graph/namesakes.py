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

    The name in common is the preferred name of one of both, a Chinese name of both, or one that no other disease and no
    other phenotype bears: what is preferred changes with the vocabularies that are there. One look-up for all.
    """
    borne = {
        entity.id: (entity, {normalise(entity.name), *(normalise(name.text) for name in entity.synonyms)} - {""})
        for entity in entities
        if entity.type in KIN
    }
    bearers = view.named({norm for _, norms in borne.values() for norm in norms}) if borne else {}
    telling = {norm for norm, several in bearers.items() if _tells(several)}
    return {
        id: sorted(
            {
                other.id: other
                for norm in norms
                for other in bearers.get(norm, ())
                if other.type == KIN[entity.type]
                and (norm in (normalise(entity.name), normalise(other.name)) or is_chinese(norm) or norm in telling)
            }.values(),
            key=lambda other: other.id,
        )
        for id, (entity, norms) in borne.items()
    }


def _tells(bearers: Iterable[Entity]) -> bool:
    """Whether a name means one disease and one phenotype at most, those of one preferred name taken for one."""
    preferred = {(entity.type, normalise(entity.name)) for entity in bearers if entity.type in KIN}
    return len(preferred) == len({type for type, _ in preferred})
