"""Which lines of a record are kinds of what is asked about: diseases of a group, drugs of a class or for a disease."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.view import GraphView
from qa.drugs.model import MEMBERSHIP
from qa.steps.record.reading import Record

CLIMBED = 8
"""Steps up from a thing to what it is a kind of, at most."""


def conditions_of(record: Record, asked: set[str]) -> set[str]:
    """The conditions of the record that are kinds of those asked about."""
    own = {row.object for row in record.rows if row.predicate == "has_condition"}
    if not asked or not own:
        return set()
    above = _above(record.asking.view.graph, {id: {id} for id in own}, ("subclass_of",))
    return {id for id in own if above[id] & asked}


def drugs_of(record: Record, asked: set[str]) -> set[str]:
    """The drugs of the record that are of a class asked about, or are used for a disease asked about."""
    own = {row.object for row in record.rows if row.predicate == "takes"}
    if not asked or not own:
        return set()
    view = record.asking.view.graph
    wanted = view.all_ids(asked) | asked
    above = _above(view, {id: {id, *view.all_ids([id])} for id in own}, MEMBERSHIP)
    ids = {id for reached in above.values() for id in reached}
    used = {
        row.subject
        for row in view.relations(subjects=ids, predicates=("treats", "palliates"), objects=wanted)
        if row.affirmed
    }
    return {id for id, reached in above.items() if reached & (wanted | used)}


def _above(view: GraphView, start: Mapping[str, set[str]], predicates: Sequence[str]) -> Mapping[str, set[str]]:
    """For each what it comes to by these predicates, itself among it."""
    parents: dict[str, set[str]] = {}
    new = _all(start.values())
    for _ in range(CLIMBED):
        if not new:
            break
        for row in view.statements(subjects=new, predicates=predicates):
            if row.polarity == "affirmed":
                parents.setdefault(row.subject, set()).add(row.object)
        new = _all(parents.values()) - parents.keys() - _all(start.values())
    return {id: _reached(ids, parents) for id, ids in start.items()}


def _reached(ids: set[str], parents: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    left = list(ids)
    while left:
        id = left.pop()
        if id not in reached:
            reached.add(id)
            left += parents.get(id, ())
    return reached


def _all(sets: Iterable[set[str]]) -> set[str]:
    return set().union(*sets)
