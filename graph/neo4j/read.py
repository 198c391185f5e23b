"""Reading from Neo4j: functions over one managed read transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.errors import UnknownEntity
from graph.fingerprint import Fingerprint
from graph.matching import CANDIDATES, Ranking
from graph.model import Entity, NameMatch, Path, Relation, Stats
from graph.neo4j import read_cypher
from graph.neo4j.rows import (
    assertion_of,
    declared_of,
    entity_of,
    labels,
    mention_of,
    norms,
    passage_of,
    relation_of,
    source_of,
    triple,
)
from graph.paths import Search, along
from graph.schema import PREDICATES
from graph.store import Access

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


UNLIMITED = 2**62
LONGEST_LEAP = 15
"""How far `read_cypher.LEAP` looks."""


def seen(access: Access) -> list[str] | None:
    """The reader's labels as a parameter; None for an administrator."""
    return None if access is None else labels(access)


def entities(tx: ManagedTransaction, ids: Collection[str], access: Access) -> dict[str, Entity]:
    """Entities by canonical id, as the reader may see them."""
    rows = tx.run(read_cypher.ENTITIES, ids=list(ids), access=seen(access))
    return {row[0]["id"]: entity_of(*row) for row in rows}


def require(tx: ManagedTransaction, id: str, access: Access) -> None:
    """Raise UnknownEntity unless the reader may see this entity."""
    if not tx.run(read_cypher.VISIBLE, id=id, access=seen(access)).values():
        raise UnknownEntity(id)


def named(tx: ManagedTransaction, names: Collection[str], access: Access) -> dict[str, list[Entity]]:
    """See GraphStore.named."""
    by_norm: dict[str, list[Entity]] = {}
    for norm, *columns in tx.run(read_cypher.NAMED, names=sorted(set(names)), access=seen(access)):
        entity = entity_of(*columns)
        # A name that only a hidden declaration gives is not the reader's to know.
        if not columns[1] or norm in norms(entity):
            by_norm.setdefault(norm, []).append(entity)
    return {norm: sorted(bearers, key=lambda entity: entity.id) for norm, bearers in by_norm.items()}


def find(tx: ManagedTransaction, text: str, type: str | None, limit: int, access: Access) -> list[NameMatch]:
    """See GraphStore.find_entities."""
    ranking = Ranking(text, limit)
    bearers: dict[str, Entity] = {}
    if not ranking.full:
        for entity in named(tx, [ranking.norm], access).get(ranking.norm, ()):
            if type in (None, entity.type):
                bearers[entity.id] = entity
                ranking.whole(entity.id, norms(entity)[ranking.norm])
    for match in _matches(ranking.words):
        if ranking.full:
            break
        for _, *columns in tx.run(read_cypher.SEARCH, text=match, type=type, limit=CANDIDATES, access=seen(access)):
            entity = entity_of(*columns)
            bearers[entity.id] = entity
            for norm, name in norms(entity).items():
                ranking.partly(entity.id, norm, name)
    return [NameMatch(bearers[id], name, score) for id, name, score in ranking.best()]


def _matches(words: Sequence[str]) -> list[str]:
    """What the full-text search is asked, one after the other: for all of the words, then for any."""
    quoted = [f'"{word}"' for word in dict.fromkeys(words)]
    return [" AND ".join(quoted), " OR ".join(quoted)][: len(words)]


def relations(
    tx: ManagedTransaction,
    *,
    subjects: Collection[str] | None,
    objects: Collection[str] | None,
    predicates: Collection[str] | None,
    access: Access,
    limit: int | None = None,
    offset: int = 0,
) -> list[Relation]:
    """See GraphStore.relations; the ids are canonical."""
    if predicates is not None and not predicates:
        return []
    statement = read_cypher.relations(predicates, subjects=subjects is not None, objects=objects is not None)
    rows = tx.run(
        statement,
        subjects=sorted(set(subjects or ())), objects=sorted(set(objects or ())), access=seen(access),
        limit=UNLIMITED if limit is None else max(limit, 0), offset=offset,
    )  # fmt: skip
    return [relation_of(row) for row in rows]


def count(tx: ManagedTransaction, statement: str, wanted: dict[str, Any]) -> int:
    """How many rows one of the statements gives, whatever its limit."""
    everything = {**wanted, "limit": UNLIMITED, "offset": 0}
    return int(tx.run(read_cypher.counting(statement), everything).values()[0][0])


def stated(
    subject: str | None, predicate: str | None, object: str | None, source: str | None, access: Access
) -> tuple[str, dict[str, Any]]:
    """The statement for such assertions, by canonical ids, and what it is given but for limit and offset."""
    triples = (
        [triple(subject, name, object)[0] for name in ([predicate] if predicate else PREDICATES)]
        if subject is not None and object is not None
        else []
    )
    statement = read_cypher.assertions(
        subject=subject is not None, object=object is not None, predicate=predicate is not None
    )
    return statement, {
        "subject": subject, "object": object, "entity": subject or object, "triples": triples, "predicate": predicate,
        "source": source, "access": seen(access),
    }  # fmt: skip


class Way(NamedTuple):
    """What a path may follow and pass through, and for whom it is looked for: see GraphStore.paths."""

    predicates: Collection[str] | None
    types: Collection[str] | None
    avoiding: Sequence[str]
    access: Access


def paths(tx: ManagedTransaction, start: str, end: str, max_hops: int, limit: int, way: Way) -> list[Path]:
    """See GraphStore.paths; the ids are canonical.

    One `shortestPath` before, searched within the server, ends the work early where the two are not connected, and
    says which lengths need no look. (`allShortestPaths` gives thousands between well-known entities.)
    """
    access = seen(way.access)
    for id in (start, end):
        require(tx, id, way.access)
    if limit <= 0 or max_hops < 0:
        return []
    if start == end:
        return [Path((start,), ())]
    if way.predicates is not None and not way.predicates:
        return []
    leap = tx.run(read_cypher.leap(way.predicates), start=start, end=end, access=access).values()
    if not leap and max_hops <= LONGEST_LEAP:
        return []
    least = leap[0][0] if leap else LONGEST_LEAP + 1
    types = None if way.types is None else list(way.types)

    def beside(ids: Collection[str]) -> dict[str, set[str]]:
        rows = tx.run(read_cypher.steps(way.predicates), ids=list(ids), access=access)
        return {id: set(others) for id, others in rows}

    def closed(ids: Collection[str]) -> list[str]:
        return [row[0] for row in tx.run(read_cypher.CLOSED, ids=list(ids), types=types, avoiding=way.avoiding)]

    def itself(ids: Collection[str]) -> dict[str, str]:
        return {id: id for id in ids}

    def degrees(ids: Collection[str]) -> dict[str, int]:
        return dict(tx.run(read_cypher.DEGREES, ids=list(ids), access=access).values())

    def among(ids: Collection[str]) -> list[Relation]:
        return relations(tx, subjects=ids, objects=ids, predicates=way.predicates, access=way.access)

    search = Search(beside, closed, itself, degrees)
    return along(search.best(start, end, max_hops=max_hops, limit=limit, least=least), among)


def stats(tx: ManagedTransaction) -> Stats:
    """See GraphStore.stats. What rests is not counted."""
    (counts,) = tx.run(read_cypher.COUNTS)
    by_type = {name: number for name, number in tx.run(read_cypher.COUNT_TYPES) if number}
    split: dict[str, int] = dict(tx.run(read_cypher.COUNT_SPLIT).values())
    by_predicate = {name: number - split.get(name, 0) for name, number in tx.run(read_cypher.COUNT_EDGES) if number}
    return Stats(
        **counts.data(),
        entities=sum(by_type.values()),
        relations=sum(by_predicate.values()),
        by_type=dict(sorted(by_type.items())),
        by_predicate=dict(sorted(by_predicate.items())),
    )


def stated_counts(tx: ManagedTransaction) -> dict[tuple[str, str], int]:
    """See GraphStore.stated_counts."""
    return {(source, predicate): number for source, predicate, number in tx.run(read_cypher.STATED_COUNTS)}


def fingerprint(tx: ManagedTransaction) -> str:
    """See graph.fingerprint. Rows are streamed; none is kept."""
    total = Fingerprint()
    for (properties,) in tx.run(read_cypher.ALL_SOURCES):
        total.source(source_of(properties))
    for source, id, properties in tx.run(read_cypher.ALL_DECLARATIONS):
        total.declaration(source, id, declared_of(properties))
    for (properties,) in tx.run(read_cypher.ALL_PASSAGES):
        total.passage(passage_of(properties))
    for source, passage, entity, properties in tx.run(read_cypher.ALL_MENTIONS):
        total.mention(source, mention_of(passage, entity, properties))
    for (properties,) in tx.run(read_cypher.ALL_ASSERTIONS):
        total.assertion(assertion_of(properties))
    for row in tx.run(read_cypher.ALL_MAPPINGS):
        total.mapping(*row)
    for row in tx.run(read_cypher.ALL_RELATIONS, access=None):
        total.relation(relation_of(row))
    return total.hexdigest()


def values(tx: ManagedTransaction, statement: str, parameters: dict[str, Any]) -> list[list[Any]]:
    """All rows of one statement."""
    return tx.run(statement, parameters).values()
