"""How the graph ties two things by a relation: by statements of themselves, of their kinds, and of their classes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Relation as Edge
from graph.view import GraphView
from qa.drugs.model import CLASSES, MEMBERSHIP
from qa.verdicts.relation import Kind, Relation
from qa.verdicts.thing import Thing, kind_of
from qa.ways.opening import below, substances

OWN, SAME, BELOW, CLASS, ABOVE = 1.0, 0.98, 0.9, 0.8, 0.4
"""What a statement is worth of the thing itself, of a salt or a twin, of a kind of it, of its class, of what it is a
kind of: that much holds for some of it only."""
ENOUGH = 0.45
"""What bears a verdict is worth more."""
LEVELS, MOST = 12, 400
"""Levels up at most, and things above one at most."""
_UP = ("kind", "class")

Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties two things: its worth from 0 to 1, and the statements' subjects, predicates and objects, in order."""

    worth: float
    edges: tuple[Pair, ...] = ()
    denied: bool = False
    """Whether sources say that it is not so, and none that it is."""


NONE = Tie(0.0)


@dataclass(slots=True)
class Ties:
    """Reads ties from one view for one question, and remembers what stands for what."""

    view: GraphView
    _opened: dict[tuple[frozenset[str], Kind], dict[str, float]] = field(default_factory=dict)
    _above: dict[frozenset[str], dict[str, Edge]] = field(default_factory=dict)

    def between(self, relation: Relation, lefts: Sequence[Thing], rights: Sequence[Thing]) -> list[list[Tie]]:
        """By left and right thing what ties them: as the relation reads, the left ones are its subjects. Raises what
        the graph raises."""
        if relation.name in _UP:
            return [[self._up(relation, left, right) for right in rights] for left in lefts]
        starts = [self._open(thing, relation.subjects) for thing in lefts]
        ends = [self._open(thing, relation.objects) for thing in rights]
        edges = self._edges(starts, ends, relation.predicates)
        if relation.subjects == relation.objects and relation.name == "interaction":
            edges += [_turned(edge) for edge in self._edges(ends, starts, relation.predicates)]
        found = [[_best(relation.predicates, edges, start, end) for end in ends] for start in starts]
        if relation.name == "adverse":
            return [self._by_name(relation, left, rights, row) for left, row in zip(lefts, found, strict=True)]
        if relation.name == "place":
            return [[max(tie, self._of_place(left, right), key=_worth) for tie, right in zip(row, rights, strict=True)]
                    for row, left in zip(found, lefts, strict=True)]  # fmt: skip
        return found

    def loose(self, lefts: Sequence[Thing], rights: Sequence[Thing], predicates: Collection[str]) -> list[list[Tie]]:
        """By left and right thing what ties them by any of these, whichever way it reads."""
        starts = [dict.fromkeys(thing.ids(), OWN) for thing in lefts]
        ends = [self._open(thing, None) for thing in rights]
        edges = self._edges(starts, ends, predicates)
        edges += [_turned(edge) for edge in self._edges(ends, starts, predicates)]
        return [[_best((), edges, start, end) for end in ends] for start in starts]

    def knows(self, relation: Relation, thing: Thing) -> list[Edge]:
        """What is stated of a thing by a relation, the best first: where there is any, its list is there to look in."""
        ids = self._open(thing, relation.subjects)
        own = {id for id, worth in ids.items() if worth >= CLASS}
        return self.view.relations(subjects=own, predicates=relation.predicates, limit=MOST) if own else []

    def known_of(self, relation: Relation, thing: Thing) -> list[Edge]:
        """The same of what stands at the other end."""
        ids = thing.ids(relation.objects)
        return self.view.relations(objects=ids, predicates=relation.predicates, limit=MOST) if ids else []

    def _edges(
        self, starts: Sequence[Mapping[str, float]], ends: Sequence[Mapping[str, float]], predicates: Collection[str]
    ) -> list[Edge]:
        subjects = {id for one in starts for id in one}
        objects = {id for one in ends for id in one}
        if not subjects or not objects:
            return []
        return self.view.relations(subjects=subjects, objects=objects, predicates=predicates)

    def _open(self, thing: Thing, kinds: Collection[Kind] | None) -> dict[str, float]:
        """What stands for a thing, with what a statement of it is worth."""
        found: dict[str, float] = {}
        own = [entity for entity in thing.entities if kinds is None or kind_of(entity) in kinds]
        for kind in {kind_of(entity) for entity in own}:
            ids = frozenset(entity.id for entity in own if kind_of(entity) == kind)
            if (ids, kind) not in self._opened:
                self._opened[ids, kind] = self._standing_for(ids, kind)
            for id, worth in self._opened[ids, kind].items():
                found[id] = max(worth, found.get(id, 0.0))
        return found

    def _standing_for(self, ids: frozenset[str], kind: Kind) -> dict[str, float]:
        found: dict[str, float] = {}
        if kind in ("ill", "mode", "place"):
            found.update(dict.fromkeys(self.above(ids, ("subclass_of",)), ABOVE))
            found.update(dict.fromkeys(below(self.view, ids), BELOW))
        elif kind in ("drug", "class"):
            same = substances(self.view, ids)
            classes = self.above(same | ids, MEMBERSHIP)
            # What MeSH puts a drug under is a substance of its own, as ethanol is.
            found.update(dict.fromkeys((id for id in classes if id.startswith(CLASSES)), CLASS))
            found.update(dict.fromkeys(same, SAME if kind == "drug" else CLASS))
        return found | dict.fromkeys(ids, OWN)

    def above(self, ids: frozenset[str], predicates: Collection[str]) -> dict[str, Edge]:
        """What these are kinds of, and what that is, each with the statement that led there."""
        if ids in self._above:
            return self._above[ids]
        found: dict[str, Edge] = {}
        new = {*ids}
        for _ in range(LEVELS):
            rows = self.view.relations(subjects=new, predicates=predicates) if new else []
            fresh = {
                row.object: row for row in rows if row.affirmed and row.object not in found and row.object not in ids
            }
            if len(found) + len(fresh) > MOST:
                break
            found |= fresh
            new = {*fresh}
        self._above[ids] = found
        return found

    def _up(self, relation: Relation, left: Thing, right: Thing) -> Tie:
        ids, wanted = left.ids(relation.subjects), right.ids(relation.objects)
        same = substances(self.view, ids) | ids if relation.name == "class" else ids
        up = self.above(same, relation.predicates)
        for id in sorted(wanted - ids, key=lambda id: (id not in up, id)):
            if id in up:
                return Tie(OWN, _path(up, id, same))
        return NONE

    def _by_name(self, relation: Relation, left: Thing, rights: Sequence[Thing], ties: Sequence[Tie]) -> list[Tie]:
        """An effect may be told by a name that holds the finding's: `ACE-inhibitor cough`, `ototoxic drug`."""
        if all(tie.worth >= ENOUGH for tie in ties):
            return list(ties)
        ids = self._open(left, relation.subjects)
        edges = self.view.relations(subjects=ids, predicates=(*relation.predicates, "has_role"), limit=MOST)
        named = self.view.entities({edge.object for edge in edges})
        found: list[Tie] = []
        for right, tie in zip(rights, ties, strict=True):
            names = {entity.name.casefold() for entity in right.entities}
            for edge in edges if tie.worth < ENOUGH else ():
                held = named[edge.object].name.casefold() if edge.object in named else ""
                if edge.affirmed and any(held == name or held.endswith(f" {name}") for name in names):
                    tie = Tie(CLASS, ((edge.subject, edge.predicate, edge.object),))
                    break
            found.append(tie)
        return found

    def _of_place(self, left: Thing, right: Thing) -> Tie:
        """A disease of an organ may be told by its group alone: `lung disorder`."""
        up = self.above(left.ids(("ill",)), ("subclass_of",))
        names = {entity.name.casefold() for entity in right.entities}
        groups = self.view.entities(up)
        for id, group in groups.items():
            words = group.name.casefold()
            if any(words.startswith(f"{name} ") or f" {name} " in words for name in names):
                return Tie(OWN, _path(up, id, left.ids(("ill",))))
        return NONE


def _worth(tie: Tie) -> float:
    return tie.worth


def _turned(edge: Edge) -> Edge:
    return Edge(edge.object, edge.predicate, edge.subject, edge.affirmed, edge.negated, edge.sources, edge.confidence)


def _path(up: Mapping[str, Edge], id: str, starts: Collection[str]) -> tuple[Pair, ...]:
    path: list[Pair] = []
    while id not in starts and id in up and len(path) < LEVELS:
        edge = up[id]
        path.append((edge.subject, edge.predicate, edge.object))
        id = edge.subject
    return tuple(reversed(path))


def _best(
    predicates: Sequence[str], edges: Sequence[Edge], start: Mapping[str, float], end: Mapping[str, float]
) -> Tie:
    """The tie of most worth, a little more the more sources state it; a denial where nothing else is stated."""
    ranked: list[tuple[float, Pair]] = []
    denied: list[Pair] = []
    for edge in edges:
        worth = start.get(edge.subject, 0.0) * end.get(edge.object, 0.0)
        place = (edge.subject, edge.predicate, edge.object)
        if worth and edge.negated > edge.affirmed and worth >= SAME:
            denied.append(place)
        elif worth and edge.affirmed:
            least = 1 - 0.1 * predicates.index(edge.predicate) if edge.predicate in predicates else 0.7
            more = 0.01 * min(edge.sources, 5)
            ranked.append((worth * max(least, 0.6) * (0.5 + edge.confidence / 2) * (0.95 + more), place))
    ranked.sort(key=lambda one: (-one[0], one[1]))
    if denied and (not ranked or ranked[0][0] < SAME * 0.5):
        return Tie(0.0, tuple(denied[:1]), denied=True)
    return Tie(ranked[0][0], tuple(place for _, place in ranked[:3])) if ranked else NONE
