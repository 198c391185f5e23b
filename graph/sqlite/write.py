"""Writing into the SQLite store: functions over one connection, inside the transaction that the store has begun.

Every function marks what it touches; `identities.follow`, `settle_entities` and `settle_relations` derive that again,
in this order. So what is derived depends on what is stored alone, and never on the order in which it came. What was
touched is forgotten by the store, which asks first what that was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter

from graph import identity
from graph.checks import check_own, checked_matches, latest
from graph.errors import UnknownEntity
from graph.model import Assertion, Contribution, Entity, Match, Source
from graph.sqlite.columns import ASSERTION, MENTION, PASSAGE, SOURCE, Row
from graph.sqlite.declare import change_kind, declare, names_changed, take_back
from graph.sqlite.identities import follow, stated, touch_mapped
from graph.sqlite.rows import AccessSets, listed
from graph.sqlite.settle import settle_entities, settle_relations, sweep

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
    moved = follow(connection)
    settle_entities(connection)
    for contribution in written:
        _state(connection, contribution, access)
    settle_relations(connection)
    if sweep(connection, ids=moved or forgotten > 0):
        connection.execute(_MERGE_NAMES)


def load(
    connection: sqlite3.Connection, source: Source, entities: Sequence[Entity], assertions: Sequence[Assertion]
) -> None:
    """See GraphStore.load."""
    access = AccessSets(connection)
    check_own(source.id, assertions)
    put_source(connection, source, access)
    declare(connection, source, entities, access)
    moved = follow(connection)
    settle_entities(connection)
    assert_all(connection, source, assertions, access, fresh=False)
    settle_relations(connection)
    sweep(connection, ids=moved)


def delete(connection: sqlite3.Connection, sources: Collection[str]) -> int:
    """See GraphStore.delete."""
    forgotten = forget(connection, sources)
    if forgotten:
        connection.execute("DELETE FROM source WHERE id IN (SELECT value FROM json_each(?))", (listed(set(sources)),))
        follow(connection)
        settle_entities(connection)
        settle_relations(connection)
        if sweep(connection, ids=True):
            connection.execute(_MERGE_NAMES)
    return forgotten


def add_mappings(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str] | Match], source: Source) -> int:
    """See GraphStore.add_mappings."""
    wanted = checked_matches(pairs)
    put_source(connection, source, AccessSets(connection))
    former = set(connection.execute(_FORMER, (listed({match.other for match in wanted}),)))
    written = _stronger(connection, wanted, source.id)
    connection.executemany(_PUT_MAPPING, [(source.id, *match) for match in written])
    touch_mapped(connection, "other IN (SELECT value FROM json_each(?))", listed(match.other for match in written))
    follow(connection)
    settle_entities(connection)
    settle_relations(connection)
    sweep(connection, ids=True)
    return len({(match.other, match.canonical) for match in wanted} - former)


_MERGE_NAMES = "INSERT INTO name_fts (name_fts) VALUES ('optimize')"
"""The full-text index keeps the words of what was deleted until its parts are merged."""
_FORMER = "SELECT other, canonical FROM mapping WHERE other IN (SELECT value FROM json_each(?))"
_PUT_MAPPING = """
INSERT INTO mapping (source, other, canonical, confidence, justification) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET confidence = excluded.confidence, justification = excluded.justification
"""


def _stronger(connection: sqlite3.Connection, wanted: Sequence[Match], source: str) -> list[Match]:
    """Those of the matches that the source does not state just as strongly already."""
    rows = connection.execute(
        "SELECT other, canonical, confidence, justification FROM mapping WHERE source = ?"
        " AND other IN (SELECT value FROM json_each(?))",
        (source, listed({match.other for match in wanted})),
    )
    own = {(match.other, match.canonical): identity.strength(match) for match in map(Match._make, rows)}
    return [
        match
        for match in wanted
        if (pair := (match.other, match.canonical)) not in own or own[pair] < identity.strength(match)
    ]


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
        "INSERT OR IGNORE INTO stated_triple SELECT subject, predicate, object FROM assertion"
        " WHERE source IN (SELECT value FROM json_each(?))",
        "INSERT OR IGNORE INTO loosened SELECT entity FROM mention WHERE source IN (SELECT value FROM json_each(?))",
        "DELETE FROM assertion WHERE source IN (SELECT value FROM json_each(?))",
        "DELETE FROM mention WHERE source IN (SELECT value FROM json_each(?))",
        "DELETE FROM passage WHERE source IN (SELECT value FROM json_each(?))",
    ):
        connection.execute(statement, (keys,))
    connection.execute("INSERT OR IGNORE INTO loosened SELECT subject FROM stated_triple")
    connection.execute("INSERT OR IGNORE INTO loosened SELECT object FROM stated_triple")
    _touch_triples(connection)
    touch_mapped(connection, "source IN (SELECT value FROM json_each(?))", ids)
    connection.execute("DELETE FROM mapping WHERE source IN (SELECT value FROM json_each(?))", (ids,))
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
    SchemaViolation, and UnknownEntity for a fresh source; else what nobody declares yet is named all the same.
    """
    if not assertions:
        return
    standing = stated(connection, list(dict.fromkeys(id for a in assertions for id in (a.subject, a.object))))
    mapped = {id: whole.id for id, whole in standing.items() if whole.id != id}
    predicates = dict(connection.execute("SELECT name, key FROM predicate"))
    (number,) = connection.execute("SELECT key FROM source WHERE id = ?", (source.id,)).fetchone()
    kept: dict[str, tuple[Triple, Row]] = {}
    for assertion in assertions:
        subject, object = identity.stated_ends(assertion, mapped)
        for id in (subject, object) if fresh else ():
            if not standing[id].live:
                raise UnknownEntity(id)
        triple = (standing[subject].key, predicates[assertion.predicate], standing[object].key)
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
    connection.executemany(ASSERTION.insert(), rows)
    connection.execute(
        "INSERT OR IGNORE INTO stated_triple SELECT subject, predicate, object FROM assertion WHERE key > ?", (last,)
    )
    if not fresh:
        # The plus signs keep SQLite to the index of the triples.
        former = connection.execute(
            "SELECT a.key, a.id FROM stated_triple t CROSS JOIN assertion a"
            " ON a.subject = t.subject AND a.predicate = t.predicate AND a.object = t.object"
            " WHERE +a.source = ? AND +a.key <= ?",
            (number, last),
        ).fetchall()
        connection.executemany("DELETE FROM assertion WHERE key = ?", [(key,) for key, id in former if id in kept])
    _touch_triples(connection)


def _touch_triples(connection: sqlite3.Connection) -> None:
    """What is stated of ids has come or gone: mark the triples of what they stand for."""
    connection.execute(
        "INSERT OR IGNORE INTO touched_triple SELECT s.canonical, t.predicate, o.canonical FROM stated_triple t"
        " CROSS JOIN entity s ON s.key = t.subject CROSS JOIN entity o ON o.key = t.object"
    )
    connection.execute("DELETE FROM stated_triple")


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
        standing = stated(connection, list(dict.fromkeys(mention.entity for mention in mentions)))
        for id, whole in standing.items():
            if not whole.live:
                raise UnknownEntity(id)
        connection.executemany(
            MENTION.insert("INSERT OR REPLACE"),
            [
                MENTION.row(
                    mention,
                    source=number,
                    entity=standing[mention.entity].key,
                    access=access.key(passages[mention.passage].access),
                )
                for mention in mentions
            ],
        )
    assert_all(connection, contribution.source, contribution.assertions, access, fresh=True)
