"""What else stands for what is given: kinds of a disease, a drug's salts, the drugs of a class, classes of a drug."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graph.view import GraphView
from qa.drugs.model import CLASSES, MEMBERSHIP
from qa.drugs.substances import Substances
from qa.ways.way import Opening

KINDS = 2_000
"""So many kinds of a disease at most are looked at: a level that would exceed them is not opened."""
LEVELS = 12
"""So many levels up or down at most."""


def opened(view: GraphView, ids: Collection[str], opens: Opening) -> frozenset[str]:
    """What else stands for these ids, without them. Raises what the graph raises."""
    if opens == "kinds":
        return below(view, ids)
    if not opens:
        return frozenset()
    same = substances(view, ids)
    return (same | _above(view, same | {*ids}) if opens == "classes" else same) - {*ids}


def below(view: GraphView, ids: Collection[str]) -> frozenset[str]:
    """What is a kind of these, and kinds of that."""
    own = set(ids)
    every, new = set(own), set(own)
    for _ in range(LEVELS):
        rows = view.relations(objects=new, predicates=["subclass_of"]) if new else []
        new = {row.subject for row in rows if row.affirmed} - every
        if len(every) + len(new) > KINDS:
            break
        every |= new
    return frozenset(every - own)


def substances(view: GraphView, ids: Collection[str]) -> frozenset[str]:
    """All ids of these drugs, and of the drugs of those that are classes."""
    entities = list(view.entities(ids).values())
    known = Substances(view, entities)
    drugs = {*ids, *(member for id in ids for member in known.members.get(id, ()))}
    return frozenset(one for id in drugs for one in known.ids(id))


def _above(view: GraphView, ids: Collection[str]) -> frozenset[str]:
    """The classes of these drugs, and the classes of those."""
    return frozenset(one for classes in classes_of(view, ids).values() for one in classes)


def classes_of(view: GraphView, ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    """By drug the classes that it is of, and the classes of those."""
    up: dict[str, set[str]] = {}
    new = {*ids}
    for _ in range(LEVELS):
        rows = view.relations(subjects=new, predicates=MEMBERSHIP) if new else []
        new = set()
        for row in rows:
            if row.affirmed and row.object.startswith(CLASSES):
                up.setdefault(row.subject, set()).add(row.object)
                new.add(row.object)
        new -= up.keys()
    return {id: _closed(id, up) for id in ids}


def _closed(id: str, up: Mapping[str, set[str]]) -> frozenset[str]:
    every: set[str] = set()
    new = up.get(id, set())
    while new:
        every |= new
        new = {above for one in new for above in up.get(one, ())} - every
    return frozenset(every)
