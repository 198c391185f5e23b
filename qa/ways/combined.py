"""Several ways at once: what all of them lead to, what any of them does, and what a way leads to from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.view import GraphView
from qa.drugs.model import CLASSES
from qa.evidence.records import Records
from qa.ways.asked import Branch, Wanted
from qa.ways.opening import classes_of
from qa.ways.reach import ends, reach
from qa.ways.way import Member, Reached, Way

_OF_KINDS = ("findings", "inheritance", "onset", "course")
"""Ways from a disease that is often stated of its kinds alone."""
FROM = 60
"""From so many things at most a further way is gone."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where one clause of a question led."""

    branch: Branch
    reached: Reached
    of_kinds: bool = False
    """Whether nothing is stated of the thing itself, and what is stated of its kinds was taken."""


@dataclass(frozen=True, slots=True)
class Combined:
    """What a question asks to be listed."""

    members: tuple[Member, ...]
    """The best founded first."""
    denied: tuple[Member, ...]
    total: int
    sides: tuple[Side, ...]
    """Where each clause led by itself, in the order of the question."""
    inner: tuple[Member, ...] = ()
    """From which a way behind was gone."""


def combine(view: GraphView, records: Records, wanted: Wanted) -> Combined:
    """What is asked to be listed, but for lists apart, of which each is a side. Raises what the graph raises."""
    sides = tuple(_side(view, records, branch) for branch in wanted.branches)
    found = _any(sides) if wanted.joining == "any" else _all(view, records, sides)
    return found if wanted.behind is None else _behind(view, records, wanted.behind, found)


def _side(view: GraphView, records: Records, branch: Branch) -> Side:
    found = reach(view, branch.way, branch.ids, records=records)
    if not found.members and branch.way.name in _OF_KINDS:
        kinds = reach(view, replace(branch.way, opens="kinds"), branch.ids, records=records)
        if kinds.members:
            return Side(branch, kinds, of_kinds=True)
    return Side(branch, found)


def _any(sides: Sequence[Side]) -> Combined:
    members: dict[str, Member] = {}
    for side in sides:
        for member in side.reached.members:
            members.setdefault(member.key, member)
    denied = [one for side in sides for one in side.reached.denied if one.key not in members]
    whole = all(side.reached.total == len(side.reached.members) for side in sides)
    total = len(members) if whole else max(len(members), *(side.reached.total for side in sides))
    return Combined(tuple(members.values()), tuple(denied), total, tuple(sides))


def _all(view: GraphView, records: Records, sides: Sequence[Side]) -> Combined:
    """What every side leads to that is not negated, and no negated one."""
    wanted = [side for side in sides if not side.branch.negated]
    if len(sides) == 1:
        (only,) = sides
        return Combined(only.reached.members, only.reached.denied, only.reached.total, tuple(sides))
    # What says more than that something is of a class comes first: its evidence orders the list.
    base = min(wanted, key=lambda side: (side.branch.way.name == "class_members", side.reached.total))
    if any(id.startswith(CLASSES) for one in base.reached.members for id in one.ids):
        # What is stated of a class is of its drugs, which the list is to name.
        base = next((side for side in wanted if side.branch.way.name == "class_members"), base)
    members = base.reached.members
    if base.reached.total > len(members):
        every = [ends(view, side.branch.way, side.branch.ids) for side in wanted]
        among = frozenset.intersection(*every)
        members = reach(view, base.branch.way, base.branch.ids, among=among, records=records).members
    above = classes_of(view, {id for one in members for id in one.ids}) if members else {}
    for side in sides:
        if side is base:
            continue
        there = _Holds.of(view, side)
        members = tuple(
            _with(one, there.by_key.get(one.key)) for one in members if there.has(one, above) is not side.branch.negated
        )
    return Combined(members, (), len(members), tuple(sides))


@dataclass(frozen=True, slots=True)
class _Holds:
    """What one side leads to, by name and by id; a class that is among it stands for all of its drugs."""

    by_key: dict[str, Member]
    ids: frozenset[str]

    @classmethod
    def of(cls, view: GraphView, side: Side) -> _Holds:
        found = side.reached
        ids = frozenset(id for one in found.members for id in one.ids)
        if found.total > len(found.members):
            ids |= ends(view, side.branch.way, side.branch.ids)
        return cls({one.key: one for one in found.members}, ids)

    def has(self, member: Member, above: Mapping[str, frozenset[str]]) -> bool:
        stands = member.ids.union(*(above.get(id, ()) for id in member.ids))
        return member.key in self.by_key or not self.ids.isdisjoint(stands)


def _with(member: Member, other: Member | None) -> Member:
    """The member with what another way says of it behind its own statements."""
    return member if other is None else replace(member, rows=(*member.rows, *other.rows))


def _behind(view: GraphView, records: Records, way: Way, inner: Combined) -> Combined:
    """What a way leads to from the members found, what most of them share first."""
    kept = inner.members[:FROM]
    by_id = {id: one.key for one in kept for id in one.ids}
    outer = reach(view, way, by_id, opened=False, records=records)

    def shared(member: Member) -> int:
        return len({by_id[end] for row in member.rows for end in (row.subject, row.object) if end in by_id})

    members = tuple(sorted(outer.members, key=lambda one: -shared(one)))
    return Combined(members, outer.denied, outer.total, inner.sides, kept)
