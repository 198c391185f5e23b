"""Writing into the SQLite store: functions over one connection, inside the transaction that the store has begun.

Every function marks what it touches; `settle_entities` and `settle_relations` derive that again. So what is derived
depends on what is stored alone, and never on the order in which it came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter

from graph import identity
from graph.checks import check_own, checked_pairs, latest, refuse_clashes
from graph.errors import UnknownEntity
from graph.model import Assertion, Contribution, Entity, Source
from graph.sqlite.columns import AFFIRMED, ASSERTION, MENTION, NEGATED, PASSAGE, SOURCE, Row
from graph.sqlite.declare import change_kind, declare, names_changed, settle_entities, sweep, take_back
from graph.sqlite.read import mapped_ids
from graph.sqlite.rows import AccessSets, listed

Triple = tuple[int, int, int]
"""The keys of subject, predicate and object."""


def replace(connection: sqlite3.Connection, contributions: Sequence[Contribution]) -> None:
    """See GraphStore.replace. A source that comes twice counts as it comes last."""
    access = AccessSets(connection)
    written = latest(contributions)
    forgotten = forget(connection, [contribution.source.id for contribution in written])
    for contribution in written:
        put_source(connection, contribution.source, access)
        declare(connection, contribution.source, contribution.entities, access)
    settle_entities(connection)
    for contribution in written:
        _state(connection, contribution, access)
    settle_relations(connection)
    sweep(connection, resting=bool(forgotten))
    _end(connection)


def load(
    connection: sqlite3.Connection, source: Source, entities: Sequence[Entity], assertions: Sequence[Assertion]
) -> None:
    """See GraphStore.load."""
    access = AccessSets(connection)
    check_own(source.id, assertions)
    put_source(connection, source, access)
    declare(connection, source, entities, access)
    settle_entities(connection)
    assert_all(connection, source, assertions, access, fresh=False)
    settle_relations(connection)
    sweep(connection, resting=False)
    _end(connection)


def delete(connection: sqlite3.Connection, sources: Collection[str]) -> int:
    """See GraphStore.delete."""
    forgotten = forget(connection, sources)
    if forgotten:
        connection.execute("DELETE FROM source WHERE id IN (SELECT value FROM json_each(?))", (listed(set(sources)),))
        settle_entities(connection)
        settle_relations(connection)
        if sweep(connection, resting=True):
            # The full-text index keeps the words of what was deleted until its parts are merged.
            connection.execute("INSERT INTO name_fts (name_fts) VALUES ('optimize')")
        _end(connection)
    return forgotten


def add_mappings(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]], source: Source) -> int:
    """See GraphStore.add_mappings."""
    wanted = checked_pairs(pairs)
    put_source(connection, source, AccessSets(connection))
    settle_entities(connection)
    former = set(connection.execute("SELECT other, canonical FROM mapping"))
    connection.executemany(
        "INSERT INTO mapping (source, other, canonical) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(source.id, *pair) for pair in wanted],
    )
    new = set(wanted) - former
    if new:
        changed = listed(_follow_mappings(connection))
        conflicts = connection.execute(
            "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(?)) UNION"
            " SELECT declared FROM declaration WHERE declared IN (SELECT value FROM json_each(?)) ORDER BY 1 LIMIT 5",
            (changed, changed),
        ).fetchall()
        refuse_clashes([id for (id,) in conflicts])
    _end(connection)
    return len(new)


def forget(connection: sqlite3.Connection, sources: Collection[str]) -> int:
    """Delete all that these sources said, not the source rows themselves; return how many of them there were."""
    ids = listed(set(sources))
    going = connection.execute(
        "SELECT key, id FROM source WHERE id IN (SELECT value FROM json_each(?))", (ids,)
    ).fetchall()
    if not going:
        return 0
    keys, ids = listed(key for key, _ in going), listed(id for _, id in going)
    for statement in (
        "INSERT OR IGNORE INTO touched_triple SELECT subject, predicate, object FROM assertion"
        " WHERE source IN (SELECT value FROM json_each(?))",
        "DELETE FROM assertion WHERE source IN (SELECT value FROM json_each(?))",
        "DELETE FROM mention WHERE source IN (SELECT value FROM json_each(?))",
        "DELETE FROM passage WHERE source IN (SELECT value FROM json_each(?))",
    ):
        connection.execute(statement, (keys,))
    if connection.execute("DELETE FROM mapping WHERE source IN (SELECT value FROM json_each(?))", (ids,)).rowcount:
        _follow_mappings(connection)
    if connection.execute(
        "SELECT 1 FROM declaration d JOIN source s ON s.id = d.source"
        " WHERE s.kind = 'curated' AND s.id IN (SELECT value FROM json_each(?)) LIMIT 1",
        (ids,),
    ).fetchone():
        names_changed(connection)
    take_back(connection, [row[0] for row in connection.execute(
        "SELECT key FROM declaration WHERE source IN (SELECT value FROM json_each(?))", (ids,)
    )])  # fmt: skip
    return len(going)


def put_source(connection: sqlite3.Connection, source: Source, access: AccessSets) -> None:
    """Write the source's own row."""
    was = connection.execute("SELECT kind FROM source WHERE id = ?", (source.id,)).fetchone()
    if was is not None and was[0] != source.kind:
        change_kind(connection, source)
    connection.execute(
        f"{SOURCE.insert()} ON CONFLICT (id) DO UPDATE SET {SOURCE.excluded}",
        SOURCE.row(source, access=access.key(source.access)),
    )


def assert_all(
    connection: sqlite3.Connection,
    source: Source,
    assertions: Sequence[Assertion],
    access: AccessSets,
    *,
    fresh: bool,
) -> None:
    """Write assertions of a source in place of those with the same ids; `fresh`: the source has none so far.

    An id stands for what is said (`Assertion.new`): the same id is looked for among the same triples only. Raises
    UnknownEntity and SchemaViolation.
    """
    if not assertions:
        return
    mapped, keys = _declared(connection, {id for a in assertions for id in (a.subject, a.object)})
    predicates = dict(connection.execute("SELECT name, key FROM predicate"))
    (number,) = connection.execute("SELECT key FROM source WHERE id = ?", (source.id,)).fetchone()
    kept: dict[str, tuple[Triple, Row]] = {}
    for assertion in assertions:
        subject, object = identity.ends(assertion, mapped)
        if subject not in keys or object not in keys:
            raise UnknownEntity(object if subject in keys else subject)
        triple = (keys[subject], predicates[assertion.predicate], keys[object])
        kept[assertion.id] = (
            triple,
            ASSERTION.row(
                assertion,
                source=number,
                subject=triple[0],
                predicate=triple[1],
                object=triple[2],
                access=access.key(assertion.access),
            ),
        )
    rows = [row for _, row in sorted(kept.values(), key=itemgetter(0))]  # the order of the widest index
    (last,) = connection.execute("SELECT coalesce(max(key), 0) FROM assertion").fetchone()
    connection.executemany(
        ASSERTION.insert(),
        rows,
    )
    connection.execute(
        "INSERT OR IGNORE INTO touched_triple SELECT subject, predicate, object FROM assertion WHERE key > ?", (last,)
    )
    if not fresh:
        # The plus signs keep SQLite to the index of the triples.
        former = connection.execute(
            "SELECT a.key, a.id FROM touched_triple t CROSS JOIN assertion a"
            " ON a.subject = t.subject AND a.predicate = t.predicate AND a.object = t.object"
            " WHERE +a.source = ? AND +a.key <= ?",
            (number, last),
        ).fetchall()
        connection.executemany("DELETE FROM assertion WHERE key = ?", [(key,) for key, id in former if id in kept])


def settle_relations(connection: sqlite3.Connection) -> None:
    """Derive the relations of touched triples from their assertions."""
    connection.execute(
        "DELETE FROM relation WHERE (subject, predicate, object) IN"
        " (SELECT subject, predicate, object FROM touched_triple)"
    )
    connection.execute(
        "INSERT INTO relation (subject, predicate, object, access, affirmed, negated, sources, confidence)"
        " SELECT a.subject, a.predicate, a.object, a.access, sum(a.polarity = ?), sum(a.polarity = ?),"
        " CASE min(a.source) WHEN max(a.source) THEN 1 ELSE (SELECT count(DISTINCT b.source) FROM assertion b"
        " WHERE b.subject = a.subject AND b.predicate = a.predicate AND b.object = a.object AND b.access = a.access)"
        " END, max(a.confidence)"
        " FROM touched_triple t CROSS JOIN assertion a"
        " ON a.subject = t.subject AND a.predicate = t.predicate AND a.object = t.object"
        " GROUP BY a.subject, a.predicate, a.object, a.access",
        (AFFIRMED, NEGATED),
    )


def _end(connection: sqlite3.Connection) -> None:
    """Forget what was touched: all of it has been derived again."""
    for statement in ("DELETE FROM touched_entity", "DELETE FROM touched_name", "DELETE FROM touched_triple"):
        connection.execute(statement)


def _state(connection: sqlite3.Connection, contribution: Contribution, access: AccessSets) -> None:
    """Write a contribution's passages, mentions and assertions."""
    (number,) = connection.execute("SELECT key FROM source WHERE id = ?", (contribution.source.id,)).fetchone()
    passages = {passage.id: passage for passage in contribution.passages}
    connection.executemany(
        PASSAGE.insert(),
        [PASSAGE.row(passage, source=number, access=access.key(passage.access)) for passage in passages.values()],
    )
    mentions = contribution.mentions
    if mentions:
        mapped, keys = _declared(connection, {mention.entity for mention in mentions})
        bearers = [mapped.get(mention.entity, mention.entity) for mention in mentions]
        for id in bearers:
            if id not in keys:
                raise UnknownEntity(id)
        connection.executemany(
            MENTION.insert("INSERT OR REPLACE"),
            [
                MENTION.row(
                    mention, source=number, entity=keys[id], access=access.key(passages[mention.passage].access)
                )
                for mention, id in zip(mentions, bearers, strict=True)
            ],
        )
    assert_all(connection, contribution.source, contribution.assertions, access, fresh=True)


def _declared(connection: sqlite3.Connection, ids: Collection[str]) -> tuple[dict[str, str], dict[str, int]]:
    """The canonical ids of those of `ids` that are mapped, and the keys of those canonical ids that are declared."""
    keys = _keys(connection, ids)
    mapped = mapped_ids(connection, [id for id in ids if id not in keys])  # what is mapped is no entity of its own
    return mapped, keys | _keys(connection, set(mapped.values()))


def _keys(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, int]:
    return dict(
        connection.execute(
            "SELECT id, key FROM entity WHERE id IN (SELECT value FROM json_each(?)) AND type IS NOT NULL",
            (listed(ids),),
        )
    )


def _follow_mappings(connection: sqlite3.Connection) -> list[str]:
    """Derive the canonical ids again; return the ids for which they changed."""
    was = dict(connection.execute("SELECT other, canonical FROM canonical_id"))
    now = identity.resolve(connection.execute("SELECT other, canonical FROM mapping"))
    changed = sorted(id for id in was.keys() | now.keys() if was.get(id) != now.get(id))
    connection.executemany("DELETE FROM canonical_id WHERE other = ?", [(id,) for id in changed])
    connection.executemany(
        "INSERT INTO canonical_id (other, canonical) VALUES (?, ?)", [(id, now[id]) for id in changed if id in now]
    )
    return changed
