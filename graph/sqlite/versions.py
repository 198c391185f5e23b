"""Words for states of a file: of the whole graph, and of what is stated by each predicate.

A write ends by putting new words in the file for what it has changed, in its own transaction, found by what it touched.
What a program that knows no words of predicates has written counts as a change of everything.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from sqlite3 import Connection

from graph.versions import NAMES, joined, renewed, word

_AT = "at"
"""The version of the graph that the words are of; no predicate is called so."""


def version(db: Connection) -> str:
    """See GraphStore.version."""
    return str(db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0])


def version_of(db: Connection, predicates: Collection[str]) -> str:
    """See GraphStore.version_of."""
    words = _words(db)
    return joined(words, predicates) if words else version(db)


def renew(db: Connection, *, whole: bool = False) -> None:
    """Give the graph another version, and what is stated by the predicates that the transaction touched other words;
    `whole`: by all predicates. To come when all is derived, and before it is forgotten what was touched."""
    # Of many ids that moved, what was touched has been forgotten on the way.
    moved = db.execute("SELECT 1 FROM touched_id LIMIT 1").fetchone() is not None
    words = renewed(_words(db), None if whole or moved else _touched(db))
    now = word()
    _put(db, "version", now)
    _put(db, "stated", json.dumps(words | {_AT: now}))


def _touched(db: Connection) -> list[str]:
    declared = db.execute("SELECT 1 FROM touched_entity LIMIT 1").fetchone() is not None
    return [name for (name,) in db.execute(_TOUCHED)] + ([NAMES] if declared else [])


def _words(db: Connection) -> dict[str, str]:
    """The words of the predicates; none where they are of another version."""
    row = db.execute("SELECT value FROM meta WHERE key = 'stated'").fetchone()
    words: dict[str, str] = json.loads(row[0]) if row else {}
    return words if words.pop(_AT, None) == version(db) else {}


def _put(db: Connection, key: str, value: str) -> None:
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


_TOUCHED = """
SELECT name FROM predicate WHERE key IN (
    SELECT predicate FROM touched_triple
    -- An entity may have got another name, type or label. What is stated of one concept and itself is of no relation,
    -- but its subject is that of an assertion.
    UNION SELECT a.predicate FROM touched_entity t CROSS JOIN entity m ON m.canonical = t.key
        CROSS JOIN assertion a ON a.subject = m.key
    UNION SELECT r.predicate FROM touched_entity t CROSS JOIN relation r ON r.object = t.key
)
"""
