"""What a case tells of the person that changes the odds: known conditions, drugs, habits, exposures and states."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Entity
from graph.view import GraphView
from qa.differential.case.naming import Kind, curie, lookup, unknown
from qa.differential.matrix import Matrix
from qa.differential.model import Unknown
from text.names import normalise

_STEPS = 4
"""So far up it is followed what a condition or drug is a kind of."""
_KIND_OF = ("subclass_of", "has_role", "has_ingredient")
_TYPES: Mapping[Kind, tuple[str, ...]] = {
    "condition": ("Disease", "Phenotype", "Concept"),
    "drug": ("Drug", "Concept"),
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """The ids that change odds, those of drugs, each by the name as told, and what means nothing here."""

    factors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drugs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[Unknown, ...] = ()


def named(
    view: GraphView, matrix: Matrix, conditions: Iterable[str], drugs: Iterable[str], others: Iterable[str]
) -> Weighed:
    """What these names mean. Raises what the graph raises."""
    told: list[tuple[str, Kind]] = [(name, "condition") for name in conditions]
    told += [(name, "drug") for name in drugs]
    told += [(name, "factor") for name in others]
    told = [(name, kind) for name, kind in dict.fromkeys(told) if name.strip()]
    bearers = lookup(view, {normalise(name) for name, _ in told})
    ids = view.entities(sorted({id for name, _ in told if (id := curie(name))}))
    factors: dict[str, tuple[str, ...]] = {}
    taken: dict[str, tuple[str, ...]] = {}
    lacking: list[Unknown] = []
    for name, kind in told:
        entities = [ids[curie(name)]] if curie(name) in ids else bearers.get(normalise(name), [])
        meant = _of_kind(entities, kind)
        if not meant:
            lacking.append(unknown(view, name, kind, "Drug" if kind == "drug" else None))
            continue
        own = tuple(entity.id for entity in meant)
        if kind == "drug":
            taken[name] = own
        factors[name] = tuple(dict.fromkeys((*own, *_general(view, matrix, own))))
    return Weighed(factors, taken, tuple(lacking))


def general(view: GraphView, matrix: Matrix, named: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """These ids with what they are kinds of that changes odds, by their names."""
    return {name: tuple(dict.fromkeys((*ids, *_general(view, matrix, ids)))) for name, ids in named.items()}


def _of_kind(entities: Sequence[Entity], kind: Kind) -> list[Entity]:
    types = _TYPES.get(kind)
    return [entity for entity in entities if types is None or entity.type in types]


def _general(view: GraphView, matrix: Matrix, ids: Collection[str]) -> list[str]:
    """What these are kinds of that changes odds by itself."""
    reached, frontier = set(ids), set(ids)
    for _ in range(_STEPS):
        rows = view.relations(subjects=frontier, predicates=_KIND_OF)
        frontier = {row.object for row in rows if row.affirmed} - reached
        reached |= frontier
        if not frontier:
            break
    return sorted((reached - set(ids)) & set(matrix.profiles.factors))
