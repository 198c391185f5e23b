"""The tables of the SQLite store, and how its connections are set.

Entities, sources and sets of access labels have integer keys inside; ids are translated at the edge. `entity` holds
every id that is declared or named; assertions and mentions hold those that they were stated with. What is derived
is kept beside what it derives from, and rewritten in the same transaction:

* `canonical_id`: the mappings that are followed, chains to their end; `mapping.refused` says why one is not.
* `entity.canonical`: the key of what the id stands for, its own where it is not mapped. The ids that stand for one
  entity are its members.
* `declaration.entity`: the canonical entity of the declared id.
* `entity.type`: the type of its first declaration. It is null for a mapped id, and while no source declares the entity
  but statements name it; such an entity and the statements rest, unseen, until it is declared.
* `relation`: one row for each (subject, predicate, object) of canonical entities and set of access labels, resting or
  not, so that what a reader sees is a sum over few rows and an assertion he may not see is never counted. A statement
  whose two ends became one concept is none of an edge: only what was stated of one id and itself is.
* `name` and `name_fts`: the normalised names that some declaration bears.
"""

from __future__ import annotations

from sqlite3 import Connection

from graph.errors import StoreCorrupt, StoreFull, StoreUnavailable
from graph.schema import PREDICATES
from graph.sqlite.columns import ASSERTION, DECLARATION, MENTION, PASSAGE, SOURCE
from storage.sqlite import Errors

ERRORS = Errors(full=StoreFull, unavailable=StoreUnavailable, corrupt=StoreCorrupt)

TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE access_set (key INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE);
CREATE TABLE access_label (label TEXT NOT NULL, access INTEGER NOT NULL, PRIMARY KEY (label, access)) WITHOUT ROWID;

CREATE TABLE predicate (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE source (
    key INTEGER PRIMARY KEY, {SOURCE.definition}
);

CREATE TABLE entity (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT, canonical INTEGER NOT NULL);
CREATE INDEX entity_type ON entity (type);
CREATE INDEX entity_canonical ON entity (canonical);
CREATE INDEX entity_resting ON entity (key) WHERE type IS NULL AND canonical = key;

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
    source TEXT NOT NULL, other TEXT NOT NULL, canonical TEXT NOT NULL, confidence REAL NOT NULL DEFAULT 1,
    justification TEXT NOT NULL DEFAULT '', refused TEXT NOT NULL DEFAULT '', PRIMARY KEY (source, other, canonical)
) WITHOUT ROWID;
CREATE INDEX mapping_other ON mapping (other);
CREATE INDEX mapping_canonical ON mapping (canonical);
CREATE INDEX mapping_refused ON mapping (other) WHERE refused <> '';
CREATE TABLE canonical_id (other TEXT PRIMARY KEY, canonical TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX canonical_id_canonical ON canonical_id (canonical);

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
CREATE TEMP TABLE stated_triple (
    subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL,
    PRIMARY KEY (subject, predicate, object)
) WITHOUT ROWID;
CREATE TEMP TABLE touched_id (id TEXT PRIMARY KEY, mapped INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE loosened (key INTEGER PRIMARY KEY);
CREATE TEMP TABLE moving (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, was INTEGER NOT NULL, now INTEGER);
CREATE TEMP TABLE moved_assertion (key INTEGER PRIMARY KEY);
CREATE TEMP TABLE moved_declaration (key INTEGER PRIMARY KEY);
"""
"""What a running transaction has changed and must derive again; every writing connection has its own.

`touched_triple` and `touched_entity` are of canonical entities, `stated_triple` of ids as stated; `loosened` are rows
of `entity` that may have nothing to stand there for any more.
"""
TOUCHED_TABLES = ("touched_entity", "touched_name", "touched_triple", "stated_triple", "touched_id", "loosened")


def writer(db: Connection) -> None:
    """Set up the writing connection."""
    _tune(db, cache=65_536)
    db.executescript(TOUCHED)


def reader(db: Connection) -> None:
    """Set up a reading connection."""
    _tune(db, cache=8_192)
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


SETTLE_TYPES = """
UPDATE entity SET type = (
    SELECT d.type FROM declaration d WHERE d.entity = entity.key ORDER BY d.place, d.source, d.declared LIMIT 1
) WHERE key IN (SELECT key FROM touched_entity)
"""
