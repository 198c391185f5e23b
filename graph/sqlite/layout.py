"""How a file of the SQLite store is made, and how one of a former layout is brought to this one."""

from __future__ import annotations

from sqlite3 import Connection

from graph.sqlite.identities import follow
from graph.sqlite.schema import SETTLE_TYPES, TABLES, TOUCHED_TABLES, put_predicates, renew_version
from graph.sqlite.settle import settle_relations, sweep
from storage.sqlite import Layout


def _create(db: Connection) -> None:
    for statement in TABLES.split(";\n"):
        db.execute(statement)
    put_predicates(db)
    renew_version(db)


def _place_by_kind(db: Connection) -> None:
    """Layout 1 took a source with a colon in its id for a document, whatever its kind."""
    for statement in (
        "INSERT INTO touched_entity SELECT DISTINCT entity FROM declaration WHERE source IN"
        " (SELECT id FROM source WHERE (kind = 'document') <> (instr(id, ':') > 0))",
        "UPDATE declaration SET place = (SELECT kind = 'document' FROM source WHERE id = declaration.source)"
        " WHERE entity IN (SELECT key FROM touched_entity)",
        SETTLE_TYPES,
        "DELETE FROM touched_entity",
        "DELETE FROM meta WHERE key = 'names_version'",
    ):
        db.execute(statement)
    renew_version(db)


def _keep_as_stated(db: Connection) -> None:
    """Layout 2 wrote canonical ids, which count as what was stated from now on, and followed every mapping."""
    for statement in (
        "ALTER TABLE entity ADD COLUMN canonical INTEGER NOT NULL DEFAULT 0",
        "UPDATE entity SET canonical = key",
        "ALTER TABLE mapping ADD COLUMN confidence REAL NOT NULL DEFAULT 1",
        "ALTER TABLE mapping ADD COLUMN justification TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE mapping ADD COLUMN refused TEXT NOT NULL DEFAULT ''",
        *(statement for statement in TABLES.split(";\n") if any(name in statement for name in _NEW_INDEXES)),
        "INSERT INTO touched_id SELECT DISTINCT other, 1 FROM mapping",
    ):
        db.execute(statement)
    follow(db)
    db.execute(SETTLE_TYPES)
    settle_relations(db)
    sweep(db, ids=True)
    for table in TOUCHED_TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608  # a constant
    renew_version(db)


_NEW_INDEXES = (
    "INDEX entity_canonical", "INDEX entity_resting", "INDEX mapping_other", "INDEX mapping_canonical",
    "INDEX mapping_refused", "INDEX canonical_id_canonical",
)  # fmt: skip
LAYOUT = Layout(application=0x6D656447, version=3, create=_create, migrations={1: _place_by_kind, 2: _keep_as_stated})
"""`medG` in the header of the file tells ours from other SQLite files."""
