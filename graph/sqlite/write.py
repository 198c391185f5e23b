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
from graph.sqlite.declare import change_kind, declare, names_changed, settle_entities, sweep, take_back
from graph.sqlite.read import mapped_ids
from graph.sqlite.rows import (
    AccessSets,
    Row,
    assertion_row,
    listed,
    mention_row,
    passage_row,
    source_row,
)


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
    found = connection.execute(
        "SELECT key, id FROM source WHERE id IN (SELECT value FROM json_each(?))", (ids,)
    ).fetchall()
    if not found:
        return 0
    keys, ids = listed(key for key, _ in found), listed(id for _, id in found)
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
    return len(found)


def put_source(connection: sqlite3.Connection, source: Source, access: AccessSets) -> None:
    """Write the source's own row."""
    was = connection.execute("SELECT kind FROM source WHERE id = ?", (source.id,)).fetchone()
    if was is not None and was[0] != source.kind:
        change_kind(connection, source)
    connection.execute(
        "INSERT INTO source (id, kind, title, version, licence, year, language, url, retracted, access)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
        " title = excluded.title, version = excluded.version, licence = excluded.licence, year = excluded.year,"
        " language = excluded.language, url = excluded.url, retracted = excluded.retracted, access = excluded.access",
        source_row(source, access),
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
    mapped, keys = _known(connection, {id for a in assertions for id in (a.subject, a.object)})
    predicates = dict(connection.execute("SELECT name, key FROM predicate"))
    (number,) = connection.execute("SELECT key FROM source WHERE id = ?", (source.id,)).fetchone()
    kept: dict[str, Row] = {}
    for assertion in assertions:
        subject, object = identity.ends(assertion, mapped)
        if subject not in keys or object not in keys:
            raise UnknownEntity(object if subject in keys else subject)
        triple = (keys[subject], predicates[assertion.predicate], keys[object])
        kept[assertion.id] = assertion_row(assertion, number, triple, access.key(assertion.access))
    rows = sorted(kept.values(), key=itemgetter(2, 3, 4))  # the order of the widest index
    (last,) = connection.execute("SELECT coalesce(max(key), 0) FROM assertion").fetchone()
    connection.executemany(
        "INSERT INTO assertion (source, id, subject, predicate, object, polarity, certainty, experiencer, confidence,"
        " access, sentence, qualifiers, passage, start_at, end_at, record, extractor)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        " SELECT a.subject, a.predicate, a.object, a.access, sum(a.polarity = 0), sum(a.polarity = 1),"
        " CASE min(a.source) WHEN max(a.source) THEN 1 ELSE (SELECT count(DISTINCT b.source) FROM assertion b"
        " WHERE b.subject = a.subject AND b.predicate = a.predicate AND b.object = a.object AND b.access = a.access)"
        " END, max(a.confidence)"
        " FROM touched_triple t CROSS JOIN assertion a"
        " ON a.subject = t.subject AND a.predicate = t.predicate AND a.object = t.object"
        " GROUP BY a.subject, a.predicate, a.object, a.access"
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
        "INSERT INTO passage (id, source, section, start_at, end_at, text, access) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [passage_row(passage, number, access) for passage in passages.values()],
    )
    mentions = contribution.mentions
    if mentions:
        mapped, keys = _known(connection, {mention.entity for mention in mentions})
        named = [mapped.get(mention.entity, mention.entity) for mention in mentions]
        for id in named:
            if id not in keys:
                raise UnknownEntity(id)
        connection.executemany(
            "INSERT OR REPLACE INTO mention (source, passage, start_at, end_at, entity, surface, score, polarity,"
            " certainty, experiencer, tagger, reason, access) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                mention_row(mention, number, keys[id], access.key(passages[mention.passage].access))
                for mention, id in zip(mentions, named, strict=True)
            ],
        )
    assert_all(connection, contribution.source, contribution.assertions, access, fresh=True)


def _known(connection: sqlite3.Connection, ids: Collection[str]) -> tuple[dict[str, str], dict[str, int]]:
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
