"""What is derived in the SQLite store of what was touched, and what goes because nothing is left that names it."""

from __future__ import annotations

import sqlite3

from graph.sqlite.columns import AFFIRMED, NEGATED
from graph.sqlite.schema import SETTLE_TYPES, TOUCHED_TABLES


def settle_entities(connection: sqlite3.Connection) -> None:
    """Derive the types of touched entities."""
    connection.execute(SETTLE_TYPES)


def settle_relations(connection: sqlite3.Connection) -> None:
    """Derive the relations of touched triples from their assertions."""
    connection.execute(
        "DELETE FROM relation WHERE (subject, predicate, object) IN"
        " (SELECT subject, predicate, object FROM touched_triple)"
    )
    for statement in (_OF_SINGLE_IDS, _OF_MEMBERS):
        connection.execute(statement, {"affirmed": AFFIRMED, "negated": NEGATED})


def sweep(connection: sqlite3.Connection, *, ids: bool) -> bool:
    """Delete names that nothing bears any more and, if `ids`, ids that nothing declares or names.

    Returns whether names were deleted. A mapped id may stay while something names its entity.
    """
    for statement in _LOOSENED if ids else ():
        connection.execute(statement)
    connection.execute(
        "DELETE FROM touched_name WHERE EXISTS (SELECT 1 FROM bearer WHERE bearer.name = touched_name.key)"
    )
    connection.execute(
        "INSERT INTO name_fts (name_fts, rowid, norm) SELECT 'delete', key, norm FROM name"
        " WHERE key IN (SELECT key FROM touched_name)"
    )
    return connection.execute("DELETE FROM name WHERE key IN (SELECT key FROM touched_name)").rowcount > 0


def end(connection: sqlite3.Connection) -> None:
    """Forget what was touched: all of it has been derived again."""
    for table in TOUCHED_TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  # a constant


_COUNTED = """
INSERT INTO relation (subject, predicate, object, access, affirmed, negated, sources, confidence)
SELECT t.subject, t.predicate, t.object, a.access, sum(a.polarity = :affirmed), sum(a.polarity = :negated),
    CASE min(a.source) WHEN max(a.source) THEN 1 ELSE {sources} END, max(a.confidence)
FROM touched_triple t {assertions}
GROUP BY t.subject, t.predicate, t.object, a.access
"""
_SINGLE = (
    "((SELECT count(*) FROM entity m WHERE m.canonical = t.subject) = 1"
    " AND (SELECT count(*) FROM entity m WHERE m.canonical = t.object) = 1)"
)
"""No other id stands for either end; of one that has just been mapped there is none at all."""
_OF_SINGLE_IDS = _COUNTED.replace(
    "{assertions}",
    "CROSS JOIN assertion a ON a.subject = t.subject AND a.predicate = t.predicate AND a.object = t.object"
    f" WHERE {_SINGLE}",
).replace(
    "{sources}",
    "(SELECT count(DISTINCT b.source) FROM assertion b WHERE b.subject = t.subject AND b.predicate = t.predicate"
    " AND b.object = t.object AND b.access = a.access)",
)
"""As with most, whose groups come in the order of the index."""
_OF_MEMBERS = _COUNTED.replace(
    "{assertions}",
    "CROSS JOIN entity s ON s.canonical = t.subject CROSS JOIN entity o ON o.canonical = t.object"
    " CROSS JOIN assertion a ON a.subject = s.key AND a.predicate = t.predicate AND a.object = o.key"
    f" WHERE (t.subject <> t.object OR s.key = o.key) AND NOT {_SINGLE}",
).replace("{sources}", "count(DISTINCT a.source)")
_LOOSENED = (
    "INSERT OR IGNORE INTO loosened SELECT key FROM touched_entity",
    "INSERT OR IGNORE INTO loosened SELECT canonical FROM entity WHERE key IN (SELECT key FROM loosened)",
    "INSERT OR IGNORE INTO loosened SELECT key FROM entity WHERE canonical IN (SELECT key FROM loosened)",
    "DELETE FROM entity WHERE key IN (SELECT key FROM loosened) AND canonical <> key"
    " AND NOT EXISTS (SELECT 1 FROM mention WHERE mention.entity = entity.key)"
    " AND NOT EXISTS (SELECT 1 FROM assertion WHERE assertion.subject = entity.key)"
    " AND NOT EXISTS (SELECT 1 FROM relation WHERE relation.object = entity.canonical)"
    " AND NOT EXISTS (SELECT 1 FROM entity s CROSS JOIN assertion a ON a.subject = s.key AND a.predicate IN"
    " (SELECT key FROM predicate) AND a.object = entity.key WHERE s.canonical = entity.canonical)",
    "DELETE FROM entity WHERE key IN (SELECT key FROM loosened) AND canonical = key AND type IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM entity m WHERE m.canonical = entity.key AND m.key <> entity.key)"
    " AND NOT EXISTS (SELECT 1 FROM relation WHERE relation.subject = entity.key)"
    " AND NOT EXISTS (SELECT 1 FROM relation WHERE relation.object = entity.key)"
    " AND NOT EXISTS (SELECT 1 FROM mention WHERE mention.entity = entity.key)"
    " AND NOT EXISTS (SELECT 1 FROM assertion WHERE assertion.subject = entity.key)",
)
