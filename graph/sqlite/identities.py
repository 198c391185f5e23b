"""Which entity an id stands for in the SQLite store, inside the transaction that the store has begun.

What is stated is kept as stated: an assertion and a mention hold the key of the id that they name. What that id stands
for is `entity.canonical`, which follows the mappings, whenever they come or go: then `follow` finds out which ids
stand for something else from now on, and marks what has to be derived again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from graph import identity
from graph.model import Match
from graph.schema import PREDICATES
from graph.sqlite.rows import listed
from graph.sqlite.settle import settle_relations

PART = 5_000
"""How many ids are moved at once: what this takes in memory does not grow with how many there are."""


class Stated(NamedTuple):
    """What an id stands for."""

    key: int
    canonical: int
    """The key of its canonical entity."""
    id: str
    """The id of that."""
    live: bool
    """Whether a source declares it."""


def mapped_ids(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """Those of `ids` that are mapped, with their canonical ids."""
    return dict(
        connection.execute(
            "SELECT other, canonical FROM canonical_id WHERE other IN (SELECT value FROM json_each(?))", (listed(ids),)
        )
    )


def stated(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Stated]:
    """What each of these ids stands for; one that has no row yet is given one."""
    standing = _standing(connection, ids)
    missing = [id for id in ids if id not in standing]
    if missing:
        enter(connection, missing)
        standing |= _standing(connection, missing)
    return standing


def _standing(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Stated]:
    rows = connection.execute(
        "SELECT e.id, e.key, c.key, c.id, c.type IS NOT NULL FROM json_each(?) ids"
        " CROSS JOIN entity e ON e.id = ids.value CROSS JOIN entity c ON c.key = e.canonical",
        (listed(ids),),
    )
    return {id: Stated(key, canonical, name, bool(live)) for id, key, canonical, name, live in rows}


def enter(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, int]:
    """Give these ids, and the canonical ids that they are mapped to, their rows; return the keys of the latter."""
    mapped = mapped_ids(connection, ids)
    ends = dict.fromkeys(mapped.get(id, id) for id in ids)
    keys = _keys(connection, ends)
    (last,) = connection.execute("SELECT coalesce(max(key), 0) FROM entity").fetchone()
    new = {id: key for key, id in enumerate((id for id in ends if id not in keys), last + 1)}
    connection.executemany(
        "INSERT INTO entity (key, id, canonical) VALUES (?, ?, ?)", [(key, id, key) for id, key in new.items()]
    )
    keys |= new
    connection.executemany(
        "INSERT INTO entity (id, canonical) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(id, keys[end]) for id, end in mapped.items()],
    )
    return keys


def _keys(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    return dict(
        connection.execute("SELECT id, key FROM entity WHERE id IN (SELECT value FROM json_each(?))", (listed(ids),))
    )


def touch_declared(connection: sqlite3.Connection, declarations: Iterable[int]) -> None:
    """Curated sources declare or take back what these declarations say: that may decide whether mappings hold."""
    connection.execute(
        "INSERT OR IGNORE INTO touched_id SELECT d.declared, 0 FROM json_each(?) keys"
        " CROSS JOIN declaration d ON d.key = keys.value WHERE d.place = 0 AND"
        " (EXISTS (SELECT 1 FROM mapping WHERE other = d.declared)"
        " OR EXISTS (SELECT 1 FROM mapping WHERE canonical = d.declared))",
        (listed(declarations),),
    )


def touch_mapped(connection: sqlite3.Connection, where: str, parameter: str | None) -> None:
    """Mappings come or go: those of which `where` holds, a condition in one parameter."""
    connection.execute(
        "INSERT OR REPLACE INTO touched_id"  # noqa: S608  # the conditions are constants of this package
        f" SELECT other, 1 FROM mapping WHERE {where} UNION SELECT canonical, 1 FROM mapping WHERE {where}",
        (parameter, parameter),
    )


def follow(connection: sqlite3.Connection) -> bool:
    """Derive again what the ids of touched components stand for; return whether that changed anything."""
    ids = _doubtful(connection)
    if not ids:
        return False
    reached = _reach(connection, ids)
    among = (listed(reached),)
    matches = map(
        Match._make,
        connection.execute(
            "SELECT other, canonical, confidence, justification FROM mapping"
            " WHERE other IN (SELECT value FROM json_each(?))",
            among,
        ),
    )
    live = connection.execute(
        "SELECT source, declared FROM declaration WHERE place = 0 AND declared IN (SELECT value FROM json_each(?))",
        among,
    )
    followed = identity.follow(matches, live)
    connection.execute(
        "UPDATE mapping SET refused = '' WHERE refused <> '' AND other IN (SELECT value FROM json_each(?))", among
    )
    connection.executemany(
        "UPDATE mapping SET refused = ? WHERE other = ? AND canonical = ?",
        [(reason, *pair) for pair, reason in followed.refused.items()],
    )
    was, now = mapped_ids(connection, reached), followed.canonical
    # First those that stand for themselves from now on, last those that did so far: so that at no time one id stands
    # for another that itself stands for a third.
    changed = sorted(
        (id for id in reached if was.get(id) != now.get(id)), key=lambda id: (id in now, id not in was, id)
    )
    for start in range(0, len(changed), PART):
        if start:
            # The statements of the next are found through relations.
            settle_relations(connection)
            connection.execute("DELETE FROM touched_triple")
        _move(connection, {id: now.get(id, id) for id in changed[start : start + PART]})
    return bool(changed)


def _doubtful(connection: sqlite3.Connection) -> list[str]:
    """Those of the touched ids whose components may be followed otherwise from now on.

    A declaration that comes matters where it would stand beside another of its source, one that comes or goes where
    something has been refused before.
    """
    rows = connection.execute("SELECT id, mapped FROM touched_id").fetchall()
    sure = [id for id, mapped in rows if mapped]
    declared = {id for id, mapped in rows if not mapped}
    if not declared:
        return sure
    refused = [row[0] for row in connection.execute("SELECT DISTINCT other FROM mapping WHERE refused <> ''")]
    if refused:
        sure += declared.intersection(_reach(connection, refused))
    sure += [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT x.declared FROM touched_id t CROSS JOIN declaration x ON x.declared = t.id"
            " CROSS JOIN declaration d ON d.entity = x.entity AND d.place = 0 AND d.source = x.source"
            " WHERE x.place = 0 AND d.declared <> x.declared"
            " AND substr(d.declared, 1, instr(d.declared, ':')) = substr(x.declared, 1, instr(x.declared, ':'))"
        )
    ]
    return sure


def _reach(connection: sqlite3.Connection, ids: Collection[str]) -> list[str]:
    """All ids that mappings connect with these, in either direction, whether they are followed or not."""
    rows = connection.execute(
        "WITH RECURSIVE reached (id) AS (SELECT value FROM json_each(?)"
        " UNION SELECT m.canonical FROM reached r CROSS JOIN mapping m ON m.other = r.id"
        " UNION SELECT m.other FROM reached r CROSS JOIN mapping m ON m.canonical = r.id) SELECT id FROM reached",
        (listed(ids),),
    )
    return [row[0] for row in rows]


def _move(connection: sqlite3.Connection, now: Mapping[str, str]) -> None:
    """Let each of these ids stand for another entity than before; its own id where it is mapped no more."""
    moving = (listed(now),)
    run = connection.execute
    run("DELETE FROM canonical_id WHERE other IN (SELECT value FROM json_each(?))", moving)
    connection.executemany(
        "INSERT INTO canonical_id (other, canonical) VALUES (?, ?)", [(id, end) for id, end in now.items() if id != end]
    )
    # Who declares these ids, and the rows of those that something names.
    run(
        "INSERT INTO moving SELECT e.key, e.id, e.canonical, NULL FROM json_each(?) ids"
        " CROSS JOIN entity e ON e.id = ids.value",
        moving,
    )
    run("INSERT OR IGNORE INTO moved_declaration SELECT key FROM declaration"
        " WHERE declared IN (SELECT value FROM json_each(?))", moving)  # fmt: skip
    for statement in MOVING:
        run(statement)
    ends = {now[id] for (id,) in run("SELECT id FROM moving")}
    ends |= {
        now[id] for (id,) in run("SELECT declared FROM declaration WHERE key IN (SELECT key FROM moved_declaration)")
    }
    keys = enter(connection, ends)
    connection.executemany(
        "UPDATE moving SET now = ? WHERE id = ?",
        [(keys[now[id]], id) for (id,) in run("SELECT id FROM moving").fetchall()],
    )
    run("UPDATE entity SET canonical = (SELECT now FROM moving WHERE moving.key = entity.key)"
        " WHERE key IN (SELECT key FROM moving)")  # fmt: skip
    connection.executemany(
        "UPDATE declaration SET entity = ? WHERE key = ?",
        [
            (keys[now[id]], key)
            for key, id in run(
                "SELECT key, declared FROM declaration WHERE key IN (SELECT key FROM moved_declaration)"
            ).fetchall()
        ],
    )
    run(SWAP, (listed(name for name, predicate in PREDICATES.items() if predicate.symmetric),))
    for statement in MOVED:
        run(statement)


_TOUCH_TRIPLES = (
    "INSERT OR IGNORE INTO touched_triple SELECT s.canonical, a.predicate, o.canonical FROM moved_assertion m"
    " CROSS JOIN assertion a ON a.key = m.key"
    " CROSS JOIN entity s ON s.key = a.subject CROSS JOIN entity o ON o.key = a.object"
)
_TOUCH_ENTITIES = (
    "INSERT OR IGNORE INTO touched_entity SELECT entity FROM declaration"
    " WHERE key IN (SELECT key FROM moved_declaration)"
)
MOVING = (
    "INSERT OR IGNORE INTO moved_assertion SELECT a.key FROM moving m CROSS JOIN assertion a ON a.subject = m.key",
    # There is no index by object: its triples are found through its relations. Where both ends are of one concept
    # there is none, and its few members are tried.
    "INSERT OR IGNORE INTO moved_assertion SELECT a.key FROM moving m CROSS JOIN relation r ON r.object = m.was"
    " CROSS JOIN entity s ON s.canonical = r.subject"
    " CROSS JOIN assertion a ON a.subject = s.key AND a.predicate = r.predicate AND a.object = m.key",
    "INSERT OR IGNORE INTO moved_assertion SELECT a.key FROM moving m CROSS JOIN entity s ON s.canonical = m.was"
    " CROSS JOIN assertion a ON a.subject = s.key AND a.predicate IN (SELECT key FROM predicate) AND a.object = m.key",
    _TOUCH_TRIPLES,
    _TOUCH_ENTITIES,
    "INSERT OR IGNORE INTO loosened SELECT key FROM moving UNION SELECT was FROM moving"
    " UNION SELECT entity FROM declaration WHERE key IN (SELECT key FROM moved_declaration)",
)
"""What is done before ids stand for others; then MOVED."""
SWAP = """
UPDATE assertion SET subject = object, object = subject WHERE key IN (
    SELECT a.key FROM moved_assertion m CROSS JOIN assertion a ON a.key = m.key
        CROSS JOIN entity s ON s.key = a.subject CROSS JOIN entity sc ON sc.key = s.canonical
        CROSS JOIN entity o ON o.key = a.object CROSS JOIN entity oc ON oc.key = o.canonical
    WHERE a.predicate IN (SELECT key FROM predicate WHERE name IN (SELECT value FROM json_each(?)))
        AND (oc.id, o.id) < (sc.id, s.id)
)
"""
"""Symmetric statements in the order of `identity.stated_ends`."""
MOVED = (
    _TOUCH_TRIPLES,
    _TOUCH_ENTITIES,
    "INSERT OR IGNORE INTO touched_entity SELECT was FROM moving UNION SELECT now FROM moving",
    # What names of curated sources stand for is part of the version of the names.
    "INSERT INTO meta (key, value) SELECT 'names', '1' WHERE EXISTS (SELECT 1 FROM declaration"
    " WHERE place = 0 AND key IN (SELECT key FROM moved_declaration))"
    " ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
    "DELETE FROM moving",
    "DELETE FROM moved_assertion",
    "DELETE FROM moved_declaration",
)
