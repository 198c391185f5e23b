"""Which drugs a list of names means. A name that no drug bears is said to be unknown, with the nearest: never guessed.

A name may be an id, a generic or brand name in either language, a preparation with its strength and directions, a
class, or several ingredients. One drug may stand in the graph under several ids that no mapping joins: what prefers
the same name is looked at together, so that nothing stated of it is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Entity
from graph.schema import CURIE
from graph.view import GraphView
from qa.drugs.model import CLASSES, MEMBERSHIP, Drug, Unknown
from qa.drugs.nearest import Nearest
from text.drug_names import ingredients
from text.names import normalise
from text.prescription import drug_in

_DRUGBANK = re.compile(r"DB\d{5}", re.IGNORECASE)
_ATC = re.compile(r"[A-DGHJ-NPRSV]\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?")
_RXCUI = re.compile(r"(?:rx(?:norm|cui)[: ]*)(\d+)", re.IGNORECASE)


def resolve(view: GraphView, asked: Sequence[str], nearest: Nearest) -> tuple[list[Drug], list[Unknown]]:
    """The drugs that these names mean, in their order, and the names that mean none. Raises what the graph raises."""
    ways = [_ways(text) for text in asked]
    bearers = _bearers(view, {norm for way in ways for parts in way for norms in parts for norm in norms})
    by_id = view.entities([id for text in asked for id in _as_id(text)])
    taken: dict[int, list[_Taken]] = {}
    unknown: list[Unknown] = []
    for place, (text, way) in enumerate(zip(asked, ways, strict=True)):
        ids = _as_id(text)
        whole = next((by_id[id] for id in ids if id in by_id), None)
        parts = [_Taken(whole, "")] if whole else [] if ids else _taken(way, bearers)
        if parts:
            taken[place] = parts
        else:
            unknown.append(Unknown(text, nearest.names(view, drug_in(text))))
    whole_of = _Wholes(view, [part.entity for parts in taken.values() for part in parts])
    return [_drug(asked[place], parts, whole_of) for place, parts in taken.items()], unknown


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a name was taken for, the normalised name that it bears, and what else bears that."""

    entity: Entity
    norm: str
    also: tuple[Entity, ...] = ()


def _ways(text: str) -> list[list[tuple[str, ...]]]:
    """How a name may be read, the best first: as one drug, or as several ingredients. Each part is a list of
    normalised names, the fullest first."""
    bare = drug_in(text)
    parts = ingredients(bare)
    one = [_norms((text, bare, *(parts[0] if len(parts) == 1 else ())))]
    return [one, [_norms(forms) for forms in parts]] if len(parts) > 1 else [one]


def _taken(ways: Sequence[Sequence[tuple[str, ...]]], bearers: Mapping[str, Sequence[Entity]]) -> list[_Taken]:
    """What the first way means in which every part is borne by something; empty where there is none."""
    for parts in ways:
        borne = [next((norm for norm in norms if norm in bearers), "") for norms in parts]
        if all(borne):
            return [_best(norm, bearers[norm]) for norm in borne]
    return []


def _best(norm: str, entities: Sequence[Entity]) -> _Taken:
    """What prefers the name before what only goes by it, too; what goes by it without preferring it is another drug."""
    first, *others = entities
    return _Taken(first, norm, tuple(other for other in others if normalise(other.name) != normalise(first.name)))


class _Wholes:
    """Of some drugs all ids under which something may be stated of them: what prefers the same name, what a
    preparation holds, of what drug a salt is, and the members of a class."""

    def __init__(self, view: GraphView, entities: Sequence[Entity]) -> None:
        self._view = view
        self.twins: dict[str, list[Entity]] = {}
        self._know(entities)
        ids = [id for entity in entities for id in self.ids(entity)]
        held = view.statements(subjects=ids, predicates=["has_ingredient"])
        self._held: dict[str, list[str]] = {}
        for row in held:
            self._held.setdefault(row.subject, []).append(row.object)
        self._entities = view.entities([row.object for row in held])
        self._know(self._entities.values())
        classes = [entity.id for entity in entities if entity.id.startswith(CLASSES)]
        self.members: dict[str, list[str]] = {}
        for relation in view.relations(objects=classes, predicates=MEMBERSHIP) if classes else ():
            self.members.setdefault(relation.object, []).append(relation.subject)

    def _know(self, entities: Iterable[Entity]) -> None:
        names = {norm for entity in entities for norm in _own(entity)} - self.twins.keys()
        for norm, bearers in self._view.named(names).items():
            self.twins[norm] = [e for e in bearers if e.type == "Drug" and normalise(e.name) == norm]

    def ids(self, entity: Entity) -> frozenset[str]:
        """Its own, and those of what prefers its name or the name of the drug that it is a salt of."""
        if entity.type != "Drug":
            return frozenset((entity.id,))
        return frozenset((entity.id, *(twin.id for norm in _own(entity) for twin in self.twins.get(norm, ()))))

    def ingredients(self, entity: Entity) -> tuple[Entity, ...]:
        """What a preparation holds; itself, where nothing is said of that."""
        held = dict.fromkeys(object for id in sorted(self.ids(entity)) for object in self._held.get(id, ()))
        return tuple(self._entities[id] for id in held if id in self._entities) or (entity,)


def _own(entity: Entity) -> tuple[str, ...]:
    """The normalised preferred name, and that without its salt."""
    parts = ingredients(entity.name)
    forms = parts[0] if len(parts) == 1 else ()
    return tuple(dict.fromkeys(norm for name in (entity.name, *forms) if (norm := normalise(name))))


def _drug(asked: str, parts: Sequence[_Taken], wholes: _Wholes) -> Drug:
    held = tuple(dict.fromkeys(one for part in parts for one in wholes.ingredients(part.entity)))
    ids = {id for part in parts for id in wholes.ids(part.entity)} | {id for one in held for id in wholes.ids(one)}
    for part in parts:
        ids.update(wholes.members.get(part.entity.id, ()))
    entity = parts[0].entity if len(parts) == 1 else _combination([part.entity for part in parts])
    read = " + ".join(part.norm for part in parts if part.norm)
    return Drug(
        asked=asked,
        entity=entity,
        ids=frozenset(ids),
        ingredients=held,
        also=tuple(other for part in parts for other in part.also),
        note=read if read and read != normalise(asked) else "",
    )


def _combination(entities: Sequence[Entity]) -> Entity:
    """Several ingredients that were asked for as one."""
    return Entity("+".join(entity.id for entity in entities), "Drug", " + ".join(entity.name for entity in entities))


def _norms(names: Iterable[str]) -> tuple[str, ...]:
    """Normalised, and as other languages end them: metformine, spironolacton."""
    plain = list(dict.fromkeys(norm for name in names if (norm := normalise(name))))
    ended = [norm[:-1] if norm.endswith("e") else f"{norm}e" for norm in plain if norm.isascii() and len(norm) > 6]
    return tuple(dict.fromkeys(plain + ended))


def _as_id(text: str) -> list[str]:
    text = text.strip()
    if _DRUGBANK.fullmatch(text):
        return [f"DRUGBANK:{text.upper()}"]
    if _ATC.fullmatch(text):
        return [f"ATC:{text}"]
    if rxcui := _RXCUI.fullmatch(text):
        return [f"RXNORM:{rxcui[1]}"]
    if CURIE.fullmatch(text):
        prefix, _, local = text.partition(":")
        return [text, f"{prefix.upper()}:{local}"]
    return []


def _bearers(view: GraphView, norms: Iterable[str]) -> dict[str, list[Entity]]:
    """By name the drugs and classes of drugs that bear it, what prefers it first."""
    return {
        norm: sorted(drugs, key=lambda entity: (normalise(entity.name) != norm, entity.type != "Drug", entity.id))
        for norm, entities in view.named(set(norms)).items()
        if (drugs := [entity for entity in entities if entity.type == "Drug" or entity.id.startswith(CLASSES)])
    }
