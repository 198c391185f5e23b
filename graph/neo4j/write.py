"""Writing into Neo4j: functions over one managed transaction, which the driver may run again from the start.

The order is always the same: sources are locked, what they said before is read, all entities concerned are locked in
the order of their ids, and only then does anything change. So two writers never derive an entity or an edge from half
of what the other is writing, and they seldom meet in a circle (where they do, the driver tries again).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.checks import check_own, latest
from graph.model import Assertion, Contribution, Entity, Match, Source
from graph.neo4j import write_cypher
from graph.neo4j.identities import stronger
from graph.neo4j.pending import Pending

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


def replace(tx: ManagedTransaction, contributions: Sequence[Contribution], mapped: Mapping[str, str]) -> None:
    """See GraphStore.replace. A source that comes twice counts as it comes last."""
    written = latest(contributions)
    write = Pending(tx, mapped)
    write.put_sources([contribution.source for contribution in written])
    write.forget([contribution.source.id for contribution in written])
    write.follow((contribution.source, contribution.entities) for contribution in written)
    for contribution in written:
        write.declares(contribution.source, contribution.entities)
        write.states(contribution.passages, contribution.mentions, contribution.assertions)
    write.require()
    write.finish()


def load(
    tx: ManagedTransaction,
    source: Source,
    entities: Collection[Entity],
    assertions: Collection[Assertion],
    mapped: Mapping[str, str],
) -> None:
    """See GraphStore.load."""
    check_own(source.id, assertions)
    write = Pending(tx, mapped)
    write.put_sources([source])
    write.follow([(source, entities)])
    write.declares(source, entities)
    write.states((), (), assertions)
    write.leave_what_is_known()
    write.finish(whole=True)


def delete(tx: ManagedTransaction, sources: Collection[str], mapped: Mapping[str, str]) -> int:
    """See GraphStore.delete."""
    going = [row[0] for row in tx.run(write_cypher.LOCK_SOURCES, ids=sorted(set(sources)))]
    if going:
        write = Pending(tx, mapped)
        write.forget(going)
        write.follow()
        write.finish()
        tx.run(write_cypher.DELETE_SOURCES, ids=going).consume()
    return len(going)


def delete_part(tx: ManagedTransaction, source: str, most: int, mapped: Mapping[str, str]) -> bool:
    """Delete `most` assertions of a source that has more than these; return whether it had."""
    tx.run(write_cypher.LOCK_SOURCES, ids=[source]).consume()
    rows = tx.run(write_cypher.SAID_PART, source=source, limit=most + 1).values()
    if len(rows) <= most:
        return False
    write = Pending(tx, mapped)
    for id, element, *said in rows[:most]:
        write.take_out(id, element, (said[0], said[1], said[2], said[3]))
    write.finish(whole=True)
    return True


def delete_mappings(tx: ManagedTransaction, source: str, most: int, mapped: Mapping[str, str]) -> bool:
    """Delete `most` mappings of a source that has more than these; return whether it had."""
    tx.run(write_cypher.LOCK_SOURCES, ids=[source]).consume()
    rows = tx.run(write_cypher.SAID_MAPPINGS_PART, source=source, limit=most + 1).values()
    if len(rows) <= most:
        return False
    write = Pending(tx, mapped)
    write.follow(removed=(source, [(other, canonical) for other, canonical in rows[:most]]))
    tx.run(write_cypher.DELETE_MAPPINGS_PART, source=source, rows=rows[:most]).consume()
    write.finish(whole=True)
    return True


def add_mappings(tx: ManagedTransaction, wanted: Sequence[Match], source: Source, mapped: Mapping[str, str]) -> int:
    """See GraphStore.add_mappings; `wanted` have been checked."""
    write = Pending(tx, mapped)
    write.put_sources([source])
    tx.run(write_cypher.LOCK_GRAPH).consume()
    new, former = stronger(tx, wanted, source.id)
    if new:
        tx.run(write_cypher.PUT_MAPPINGS, rows=[list(match) for match in new], source=source.id).consume()
    write.follow(matched={match.other for match in new})
    write.finish(whole=True)
    return len({(match.other, match.canonical) for match in wanted} - former)


def follow_mappings(tx: ManagedTransaction, ids: Collection[str]) -> None:
    """Derive again what the mappings of these ids come to, and move what is stated of them."""
    write = Pending(tx, dict(tx.run(write_cypher.ENDS).values()))
    write.follow(matched=ids)
    write.finish(whole=True)
