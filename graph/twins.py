"""Concepts of two vocabularies that bear one name and that no mapping joins: candidates, for somebody to look at.

Names alone merge nothing: a name may be an old word, an abbreviation, or mean another thing elsewhere. So each pair
comes with what speaks for it and against it, and with a number to sort by, which is no probability.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from graph.model import Entity
from graph.store import GraphStore
from text.names import normalise

BATCH = 1_000
CROWD = 8
"""A name that more entities bear tells nothing of any two."""
SHORT = 4
"""A name of so few characters is likely an abbreviation."""


@dataclass(frozen=True, slots=True)
class Twins:
    """`other` may be what `canonical` is."""

    other: Entity
    canonical: Entity
    names: tuple[str, ...]
    """The normalised names that both bear, sorted."""
    confidence: float
    """Between 0 and 1."""
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def twins(store: GraphStore, *, type: str | None = None) -> list[Twins]:
    """The candidates of one type, or of all, by confidence, then by ids. Reads all names of curated sources once."""
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for norm, ids in _crowds(store, type):
        for one, other in combinations(sorted(ids), 2):
            if one.partition(":")[0] != other.partition(":")[0]:
                shared[one, other].append(norm)
    refused = {frozenset((match.other, match.canonical)): match.refused for match in store.refused()}
    pairs = iter(shared.items())
    candidates: list[Twins] = []
    while part := list(islice(pairs, BATCH)):
        entities = store.entities({id for pair, _ in part for id in pair}, access=None)
        for pair, norms in part:
            if all(id in entities for id in pair):
                lesser, greater = sorted((entities[id] for id in pair), key=_lesser)
                candidates.append(_weighed(lesser, greater, sorted(norms), refused.get(frozenset(pair), "")))
    return sorted(candidates, key=lambda pair: (-pair.confidence, pair.canonical.id, pair.other.id))


def _crowds(store: GraphStore, type: str | None) -> Iterator[tuple[str, set[str]]]:
    """Normalised names of one type, each with the few entities that bear it."""
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text, _, id, kind in store.names():
        if type in (None, kind):
            bearers[normalise(text), kind].add(id)
    for (norm, _), ids in bearers.items():
        if norm and 2 <= len(ids) <= CROWD:
            yield norm, ids


def _lesser(entity: Entity) -> tuple[bool, bool, int, str]:
    """What is to be mapped comes first; what says more of a concept is canonical, Mondo's and HPO's before others."""
    prefix = entity.id.partition(":")[0]
    return prefix == "MONDO", prefix == "HP", len(entity.synonyms) + len(entity.xrefs), entity.id


def _weighed(other: Entity, canonical: Entity, norms: Sequence[str], refused: str) -> Twins:
    good, bad = [], []
    weight = 0.4
    preferred = [entity.id for entity in (other, canonical) if normalise(entity.name) in norms]
    if len(preferred) == 2 and normalise(other.name) == normalise(canonical.name):
        weight += 0.3
        good.append("both prefer the name")
    elif preferred:
        weight += 0.1
        good.append(f"{preferred[0]} prefers the name")
    else:
        weight -= 0.1
        bad.append("neither prefers the name")
    if len(norms) > 1:
        weight += 0.1
        good.append(f"{len(norms)} names in common")
    ones, others = {other.id, *other.xrefs}, {canonical.id, *canonical.xrefs}
    if ones & others:
        weight += 0.2
        good.append(f"both refer to {min(ones & others)}")
    else:
        apart = {id.partition(":")[0] for id in other.xrefs} & {id.partition(":")[0] for id in canonical.xrefs}
        if apart:
            weight -= 0.2
            bad.append(f"they refer to different ids of {min(apart)}")
    if max(map(len, norms)) <= SHORT:
        weight -= 0.2
        bad.append("the name is short")
    if refused:
        weight -= 0.4
        bad.append(f"a mapping of the two {refused}")
    return Twins(
        other=other,
        canonical=canonical,
        names=tuple(norms),
        confidence=round(min(max(weight, 0.0), 1.0), 2),
        speaks_for=tuple(good),
        speaks_against=tuple(bad),
    )
