"""Which ids a disease stands under, and what its kinds are: vocabularies name one disease in other orders of words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.model import Entity
from graph.schema import CURIE
from graph.view import GraphView
from qa.drugs.names import exactly
from text.names import normalise

TYPES = ("Disease", "Phenotype")
KINDS = 12
"""So many steps from a condition to what is a kind of it, at most."""
WORDS = 8
"""Names of more words are not turned."""


def conditions(view: GraphView, text: str) -> tuple[Entity, ...]:
    """What bears this name or id, then what bears the name that it prefers. Raises what the graph raises."""
    if CURIE.fullmatch(text.strip()):
        first = [one for one in exactly(view, [text.strip()]).values() if one.type in TYPES]
    else:
        first = _bearers(view, [text])[text]
    same = namesakes(view, first)
    others = (one for entity in first for one in same[entity.id])
    return tuple({one.id: one for one in (*first, *others)}.values())


def namesakes(view: GraphView, entities: Collection[Entity]) -> Mapping[str, Sequence[Entity]]:
    """By id of each the diseases and findings that bear the name it prefers, by id."""
    bearers = _bearers(view, {entity.name for entity in entities})
    return {entity.id: bearers[entity.name] for entity in entities}


def turned(name: str) -> tuple[str, ...]:
    """The normalised name, begun at each of its words: `Embolism, pulmonary` is `pulmonary embolism`."""
    norm = normalise(name)
    words = norm.split()
    if not 1 < len(words) <= WORDS:
        return (norm,) if norm else ()
    return tuple(dict.fromkeys(" ".join((*words[place:], *words[:place])) for place in range(len(words))))


def kinds(view: GraphView, ids: Iterable[str]) -> frozenset[str]:
    """What is a kind of these, and kinds of that, without themselves."""
    own = set(ids)
    every, new = set(own), set(own)
    for _ in range(KINDS):
        rows = view.relations(objects=new, predicates=["subclass_of"]) if new else []
        new = {row.subject for row in rows if row.affirmed} - every
        every |= new
    return frozenset(every - own)


def _bearers(view: GraphView, names: Iterable[str]) -> dict[str, list[Entity]]:
    ways = {name: turned(name) for name in names}
    norms = {norm for each in ways.values() for norm in each}
    known = view.named(norms) if norms else {}
    return {
        name: sorted(
            {one.id: one for norm in each for one in known.get(norm, ()) if one.type in TYPES}.values(),
            key=lambda entity: (normalise(entity.name) not in each, entity.id),
        )
        for name, each in ways.items()
    }
