"""Reading from Neo4j: functions over one managed read transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from graph.errors import UnknownEntity
from graph.fingerprint import Fingerprint
from graph.model import Entity, NameMatch, Path, Relation, Stats
from graph.neo4j import cypher
from graph.neo4j.paths import Search
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
)
from text.names import normalise

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Access = frozenset[str] | None

UNLIMITED = 2**62
CANDIDATES = 200
"""How many entities the full-text search brings before their names are compared."""
LONGEST_LEAP = 15
"""How far `cypher.LEAP` looks."""


def seen(access: Access) -> list[str] | None:
    """The reader's labels as a parameter; None for an administrator."""
    return None if access is None else labels(access)


def entities(tx: ManagedTransaction, ids: Collection[str], access: Access) -> dict[str, Entity]:
    """Entities by canonical id, as the reader may see them."""
    rows = tx.run(cypher.ENTITIES, ids=list(ids), access=seen(access))
    return {row[0]["id"]: entity_of(*row) for row in rows}


def require(tx: ManagedTransaction, id: str, access: Access) -> None:
    """Raise UnknownEntity unless the reader may see this entity."""
    if not tx.run(cypher.VISIBLE, id=id, access=seen(access)).values():
        raise UnknownEntity(id)


def named(tx: ManagedTransaction, names: Collection[str], access: Access) -> dict[str, list[Entity]]:
    """See GraphStore.named."""
    found: dict[str, list[Entity]] = {}
    for norm, *columns in tx.run(cypher.NAMED, names=sorted(set(names)), access=seen(access)):
        entity = entity_of(*columns)
        # A name that only a hidden declaration gives is not the reader's to know.
        if not columns[1] or norm in norms(entity):
            found.setdefault(norm, []).append(entity)
    return {norm: sorted(bearers, key=lambda entity: entity.id) for norm, bearers in found.items()}


def find(tx: ManagedTransaction, text: str, type: str | None, limit: int, access: Access) -> list[NameMatch]:
    """See GraphStore.find_entities. A whole-name match scores 2, a full-text match the share of tokens in common."""
    norm = normalise(text)
    if not norm or limit <= 0:
        return []
    best = {
        entity.id: NameMatch(entity, norms(entity)[norm], 2.0)
        for entity in named(tx, [norm], access).get(norm, ())
        if type in (None, entity.type)
    }
    wanted = norm.split()
    for joint in (" AND ", " OR "):
        if len(best) >= limit or (joint == " OR " and len(wanted) == 1):
            break
        # Tokens are letters and digits only, so within quotation marks nothing of them is syntax to Lucene.
        found = joint.join(f'"{token}"' for token in dict.fromkeys(wanted))
        rows = tx.run(cypher.SEARCH, text=found, type=type, limit=CANDIDATES, access=seen(access))
        for _, *columns in rows:
            entity = entity_of(*columns)
            if entity.id not in best:
                score, name = _closest(wanted, entity)
                if score:
                    best[entity.id] = NameMatch(entity, name, score)
    return sorted(best.values(), key=lambda match: (-match.score, match.entity.id))[:limit]


def _closest(wanted: Sequence[str], entity: Entity) -> tuple[float, str]:
    """The name with the most tokens in common: twice the common ones over all (Dice, 1945), and the name."""
    scored = []
    for norm, name in norms(entity).items():
        rest = norm.split()
        size = len(wanted) + len(rest)
        for token in wanted:
            if token in rest:
                rest.remove(token)
        scored.append((2 * (size - len(wanted) - len(rest)) / size, name))
    return min(scored, key=lambda one: (-one[0], one[1]), default=(0.0, ""))


def relations(
    tx: ManagedTransaction,
    *,
    subjects: Collection[str] | None,
    objects: Collection[str] | None,
    predicates: Collection[str] | None,
    access: Access,
    limit: int | None = None,
) -> list[Relation]:
    """See GraphStore.relations; the ids are canonical."""
    if predicates is not None and not predicates:
        return []
    statement = cypher.relations(predicates, subjects=subjects is not None, objects=objects is not None)
    rows = tx.run(
        statement,
        subjects=sorted(set(subjects or ())), objects=sorted(set(objects or ())), access=seen(access),
        limit=UNLIMITED if limit is None else max(limit, 0),
    )  # fmt: skip
    return [relation_of(row) for row in rows]


def paths(tx: ManagedTransaction, start: str, end: str, max_hops: int, limit: int, access: Access) -> list[Path]:
    """See GraphStore.paths; the ids are canonical."""
    for id in (start, end):
        require(tx, id, access)
    if limit <= 0 or max_hops < 0:
        return []
    if start == end:
        return [Path((start,), ())]
    leap = tx.run(cypher.LEAP, start=start, end=end, access=seen(access)).values()
    if not leap and max_hops <= LONGEST_LEAP:
        return []
    shortest = leap[0][0] if leap else LONGEST_LEAP + 1

    def near(ids: Collection[str]) -> dict[str, set[str]]:
        return {id: set(beside) for id, beside in tx.run(cypher.STEPS, ids=list(ids), access=seen(access))}

    def patients(ids: Collection[str]) -> set[str]:
        return {row[0] for row in tx.run(cypher.PATIENTS, ids=list(ids))}

    trails = Search(near, patients).shortest(start, end, range(shortest, max_hops + 1), limit)
    wanted = {frozenset(pair) for trail in trails for pair in pairwise(trail)}
    nodes = {id for trail in trails for id in trail}
    steps: dict[frozenset[str], Relation] = {}
    for relation in relations(tx, subjects=nodes, objects=nodes, predicates=None, access=access):
        pair = frozenset((relation.subject, relation.object))
        if relation.affirmed and pair in wanted:
            steps.setdefault(pair, relation)
    return [Path(trail, tuple(steps[frozenset(pair)] for pair in pairwise(trail))) for trail in trails]


def stats(tx: ManagedTransaction) -> Stats:
    """See GraphStore.stats. What rests is not counted."""
    (counts,) = tx.run(cypher.COUNTS)
    by_type = {name: number for name, number in tx.run(cypher.COUNT_TYPES) if number}
    split: dict[str, int] = dict(tx.run(cypher.COUNT_SPLIT).values())
    by_predicate = {name: number - split.get(name, 0) for name, number in tx.run(cypher.COUNT_EDGES) if number}
    return Stats(
        **counts.data(),
        entities=sum(by_type.values()),
        relations=sum(by_predicate.values()),
        by_type=dict(sorted(by_type.items())),
        by_predicate=dict(sorted(by_predicate.items())),
    )


def fingerprint(tx: ManagedTransaction) -> str:
    """See graph.fingerprint. Rows are streamed; none is kept."""
    total = Fingerprint()
    for (properties,) in tx.run(cypher.ALL_SOURCES):
        total.source(source_of(properties))
    for source, id, properties in tx.run(cypher.ALL_DECLARATIONS):
        total.declaration(source, id, declared_of(properties))
    for (properties,) in tx.run(cypher.ALL_PASSAGES):
        total.passage(passage_of(properties))
    for source, passage, entity, properties in tx.run(cypher.ALL_MENTIONS):
        total.mention(source, mention_of(passage, entity, properties))
    for (properties,) in tx.run(cypher.ALL_ASSERTIONS):
        total.assertion(assertion_of(properties))
    for row in tx.run(cypher.MAPPINGS):
        total.mapping(*row)
    for row in tx.run(cypher.ALL_RELATIONS, access=None):
        total.relation(relation_of(row))
    return total.hexdigest()


def values(tx: ManagedTransaction, statement: str, parameters: dict[str, Any]) -> list[list[Any]]:
    """All rows of one statement."""
    return tx.run(statement, parameters).values()
