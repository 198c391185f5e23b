"""The tables of the SQLite store, and how its connections are set.

Entities, sources and sets of access labels have integer keys inside; ids are translated at the edge. What is derived
is kept beside what it derives from, and rewritten in the same transaction:

* `entity.type`: the type of its first declaration. It is null while no source declares the entity but statements of
  other sources still name it; such an entity and the statements rest, unseen, until it is declared again.
* `relation`: one row for each (subject, predicate, object) and set of access labels, resting or not, so that what a
  reader sees is a sum over few rows and an assertion he may not see is never counted.
* `name` and `name_fts`: the normalised names that some declaration bears.
* `canonical_id`: the mappings, chains followed.
"""

from __future__ import annotations

from sqlite3 import Connection

from graph.errors import StoreCorrupt, StoreFull, StoreUnavailable
from graph.schema import PREDICATES
from graph.sqlite.columns import ASSERTION, DECLARATION, MENTION, PASSAGE, SOURCE
from storage.sqlite import Errors, Layout

ERRORS = Errors(full=StoreFull, unavailable=StoreUnavailable, corrupt=StoreCorrupt)

TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE access_set (key INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE);
CREATE TABLE access_label (label TEXT NOT NULL, access INTEGER NOT NULL, PRIMARY KEY (label, access)) WITHOUT ROWID;

CREATE TABLE predicate (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE source (
    key INTEGER PRIMARY KEY, {SOURCE.definition}
);

CREATE TABLE entity (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT);
CREATE INDEX entity_type ON entity (type);

-- Declarations of one entity count by (place, source id, declared id), as in `identity.merge`: hence the source's id
-- rather than its key. `place` is that of the source's kind among `model.KINDS`: 0 is curated, 1 a document.
CREATE TABLE declaration (
    key INTEGER PRIMARY KEY, {DECLARATION.definition}, UNIQUE (entity, place, source, declared)
);
CREATE INDEX declaration_source ON declaration (source);
CREATE INDEX declaration_declared ON declaration (declared);

CREATE TABLE name (key INTEGER PRIMARY KEY, norm TEXT NOT NULL UNIQUE);
CREATE TABLE bearer (
    name INTEGER NOT NULL, declaration INTEGER NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL,
    PRIMARY KEY (name, declaration, text, language)
) WITHOUT ROWID;
CREATE INDEX bearer_declaration ON bearer (declaration);
CREATE VIRTUAL TABLE name_fts USING fts5 (norm, content='name', content_rowid='key', tokenize='unicode61');
CREATE VIRTUAL TABLE name_words USING fts5vocab ('name_fts', 'row');

CREATE TABLE mapping (
    source TEXT NOT NULL, other TEXT NOT NULL, canonical TEXT NOT NULL, PRIMARY KEY (source, other, canonical)
) WITHOUT ROWID;
CREATE TABLE canonical_id (other TEXT PRIMARY KEY, canonical TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE passage (
    key INTEGER PRIMARY KEY, {PASSAGE.definition}, UNIQUE (id, source)
);
CREATE INDEX passage_source ON passage (source);

CREATE TABLE mention (
    {MENTION.definition}, PRIMARY KEY (source, passage, start_at, end_at, entity)
) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity, passage, start_at, end_at);

CREATE TABLE assertion (
    key INTEGER PRIMARY KEY, {ASSERTION.definition}
);
-- Holds all that a relation is computed from. There is no index by id or by object, for what scatters over the file
-- is what loading costs: an id is found through its triple, an object's triples through its relations.
CREATE INDEX assertion_triple ON assertion (subject, predicate, object, access, polarity, source, confidence);
CREATE INDEX assertion_source ON assertion (source);

CREATE TABLE relation (
    subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL, access INTEGER NOT NULL,
    affirmed INTEGER NOT NULL, negated INTEGER NOT NULL, sources INTEGER NOT NULL, confidence REAL NOT NULL,
    PRIMARY KEY (subject, predicate, object, access)
) WITHOUT ROWID;
CREATE INDEX relation_object ON relation (object, affirmed);
"""

TOUCHED = """
CREATE TEMP TABLE touched_entity (key INTEGER PRIMARY KEY);
CREATE TEMP TABLE touched_name (key INTEGER PRIMARY KEY);
CREATE TEMP TABLE touched_triple (
    subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL,
    PRIMARY KEY (subject, predicate, object)
) WITHOUT ROWID;
"""
"""What a running transaction has changed and must derive again; every writing connection has its own."""


def writer(db: Connection) -> None:
    """Set up the writing connection."""
    _tune(db, cache=65_536)
    db.executescript(TOUCHED)


def reader(db: Connection) -> None:
    """Set up a reading connection."""
    _tune(db, cache=16_384)
    db.execute("PRAGMA query_only = ON")


def _tune(db: Connection, *, cache: int) -> None:
    """Set the sizes of the page, of the log (both in pages of 8 KiB) and of the cache, which is in KiB."""
    db.execute("PRAGMA page_size = 8192")
    db.execute("PRAGMA wal_autocheckpoint = 8000")
    db.execute(f"PRAGMA cache_size = -{cache}")


def put_predicates(db: Connection) -> None:
    """Give each predicate of the schema its key."""
    db.executemany("INSERT INTO predicate (name) VALUES (?) ON CONFLICT DO NOTHING", [(name,) for name in PREDICATES])


def renew_version(db: Connection) -> None:
    """Put a word in the file that no state of this or any other file has had."""
    db.execute(
        "INSERT INTO meta (key, value) VALUES ('version', lower(hex(randomblob(16))))"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )


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


SETTLE_TYPES = """
UPDATE entity SET type = (
    SELECT d.type FROM declaration d WHERE d.entity = entity.key ORDER BY d.place, d.source, d.declared LIMIT 1
) WHERE key IN (SELECT key FROM touched_entity)
"""
LAYOUT = Layout(application=0x6D656447, version=2, create=_create, migrations={1: _place_by_kind})
"""`medG` in the header of the file tells ours from other SQLite files."""
