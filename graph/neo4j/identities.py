"""Which ids stand for another entity from now on, because mappings or what curated sources declare come or go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph import identity
from graph.model import Match
from graph.neo4j import write_cypher
from graph.neo4j.rows import Properties, match_of

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What a transaction is about to change of which mappings hold."""

    gone: Collection[str] = ()
    """The sources all of which goes."""
    declared: Collection[Pair] = ()
    """Pairs (curated source, id) that come."""
    doubtful: Collection[str] = ()
    """Ids that curated sources no longer declare, or declare as of another kind."""
    matched: Collection[str] = ()
    """Ids of mappings that come or go."""
    removed: tuple[str, Collection[Pair]] = ("", ())
    """A source, and those of its mappings that go."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The ids that stand for another entity from now on: what they stood for, and what they stand for."""

    was: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)

    def by_former(self) -> dict[str, list[str]]:
        """The ids by what they stood for."""
        groups: dict[str, list[str]] = defaultdict(list)
        for id, end in self.was.items():
            groups[end].append(id)
        return groups

    def mapped(self, before: Mapping[str, str]) -> dict[str, str]:
        """All mapped ids with their canonical ids, as they are after these moves."""
        after = {**before, **self.now}
        for id, end in self.now.items():
            if id == end:
                del after[id]
        return after


def follow(tx: ManagedTransaction, mapped: Mapping[str, str], change: Change) -> Moves | None:
    """Keep with each mapping what it comes to after the change; None where no mapping is concerned.

    `mapped` are all mapped ids as they are.
    """
    if not tx.run("MATCH (m:Mapping) RETURN count(*)").single(strict=True)[0]:
        return None
    ids = {*change.matched, *_concerned(tx, mapped, change)}
    if not ids:
        return None
    tx.run(write_cypher.LOCK_GRAPH).consume()
    rows = _component(tx, ids)
    source, pairs = change.removed
    going = {*change.gone}
    staying = {
        element: row
        for element, row in rows.items()
        if row["source"] not in going and (row["source"] != source or (row["other"], row["canonical"]) not in pairs)
    }
    reached = sorted({id for row in rows.values() for id in (row["other"], row["canonical"])})
    live = [(name, id) for name, id in tx.run(write_cypher.LIVE, ids=reached) if name not in going]
    followed = identity.follow(map(match_of, staying.values()), [*live, *change.declared])
    was = {row["other"]: row["end"] for row in rows.values() if "end" in row}
    ends = []
    for element, row in staying.items():
        end = followed.canonical.get(row["other"])
        refused = followed.refused.get((row["other"], row["canonical"]))
        if (row.get("end"), row.get("refused")) != (end, refused):
            ends.append([element, end, refused])
    if ends:
        tx.run(write_cypher.SET_ENDS, rows=ends).consume()
    tx.run(write_cypher.SET_MAPPINGS_VERSION).consume()
    moved = [id for id in reached if was.get(id) != followed.canonical.get(id)]
    return Moves(
        {id: was.get(id, id) for id in moved},
        {id: followed.canonical.get(id, id) for id in moved},
    )


def _concerned(tx: ManagedTransaction, mapped: Mapping[str, str], change: Change) -> set[str]:
    """Those of the ids that come or go as declared whose components may be followed otherwise from now on.

    One that comes matters where it would stand beside another of its source, one that comes or goes where something
    has been refused before.
    """
    ids = sorted({*change.doubtful, *(id for _, id in change.declared)})
    linked = {row[0] for row in tx.run(write_cypher.LINKED, ids=ids)} if ids else set()
    if not linked:
        return set()
    concerned = set()
    refused = [row[0] for row in tx.run(write_cypher.REFUSED_IDS)]
    if refused:
        reached = {id for row in _component(tx, refused).values() for id in (row["other"], row["canonical"])}
        concerned |= linked & reached
    together: dict[Pair, list[str]] = defaultdict(list)
    for source, id in change.declared:
        if id in linked:
            together[source, mapped.get(id, id)].append(id)
    groups = [(source, end, ids) for (source, end), ids in together.items()]
    beside = (
        {place for (place,) in tx.run(write_cypher.BESIDE, rows=[list(group) for group in groups])} if groups else set()
    )
    for place, (_, _, near) in enumerate(groups):
        if place in beside or len({id.partition(":")[0] for id in near}) < len(near):
            concerned.update(near)
    return concerned


def _component(tx: ManagedTransaction, ids: Iterable[str]) -> dict[str, Properties]:
    """All mappings that connect these ids with others, by element id, in either direction, followed or not."""
    rows: dict[str, Properties] = {}
    reached = set(ids)
    front = sorted(reached)
    while front:
        near: set[str] = set()
        for element, row in tx.run(write_cypher.NEAR_MAPPINGS, ids=front):
            if element not in rows:
                rows[element] = row
                near.update((row["other"], row["canonical"]))
        front = sorted(near - reached)
        reached |= near
    return rows


def stronger(tx: ManagedTransaction, wanted: Collection[Match], source: str) -> tuple[list[Match], set[Pair]]:
    """Those of the matches that the source does not state as strongly already; the pairs that any source states."""
    own: dict[Pair, tuple[float, int, str]] = {}
    former: set[Pair] = set()
    for (row,) in tx.run(write_cypher.KNOWN_MAPPINGS, others=sorted({match.other for match in wanted})):
        pair = row["other"], row["canonical"]
        former.add(pair)
        if row["source"] == source:
            own[pair] = identity.strength(match_of(row))
    new = [
        match
        for match in wanted
        if (pair := (match.other, match.canonical)) not in own or own[pair] < identity.strength(match)
    ]
    return new, former
