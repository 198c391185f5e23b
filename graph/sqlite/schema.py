"""The tables of the SQLite store, how its file is opened, and what SQLite's errors mean.

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

import sqlite3
import time
from pathlib import Path

from graph.errors import GraphError, StoreCorrupt, StoreFull, StoreUnavailable
from graph.schema import PREDICATES

APPLICATION = 0x6D656447
"""`medG`, in the header of the file: tells our files from other SQLite files."""
VERSION = 1
WAIT_SECONDS = 30.0
"""How long a writer waits for another process's transaction."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE access_set (key INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE);
CREATE TABLE access_label (label TEXT NOT NULL, access INTEGER NOT NULL, PRIMARY KEY (label, access)) WITHOUT ROWID;

CREATE TABLE predicate (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE source (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL, version TEXT NOT NULL,
    licence TEXT NOT NULL, year INTEGER, language TEXT NOT NULL, url TEXT NOT NULL, retracted INTEGER NOT NULL,
    access INTEGER NOT NULL
);

CREATE TABLE entity (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT);
CREATE INDEX entity_type ON entity (type);

-- Declarations of one entity count by (place, source id, declared id), as in `identity.merge`: hence the source's id
-- rather than its key. `place` is 0 where the source's id is a word, a data set's, and 1 where it is a CURIE.
CREATE TABLE declaration (
    key INTEGER PRIMARY KEY, entity INTEGER NOT NULL, place INTEGER NOT NULL, source TEXT NOT NULL,
    declared TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, synonyms TEXT NOT NULL, xrefs TEXT NOT NULL,
    definition TEXT NOT NULL, access INTEGER NOT NULL, UNIQUE (entity, place, source, declared)
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
    key INTEGER PRIMARY KEY, id TEXT NOT NULL, source INTEGER NOT NULL, section TEXT NOT NULL,
    start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, text TEXT NOT NULL, access INTEGER NOT NULL,
    UNIQUE (id, source)
);
CREATE INDEX passage_source ON passage (source);

CREATE TABLE mention (
    source INTEGER NOT NULL, passage TEXT NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
    entity INTEGER NOT NULL, surface TEXT NOT NULL, score REAL NOT NULL, polarity INTEGER NOT NULL,
    certainty INTEGER NOT NULL, experiencer INTEGER NOT NULL, tagger TEXT NOT NULL, reason TEXT NOT NULL,
    access INTEGER NOT NULL, PRIMARY KEY (source, passage, start_at, end_at, entity)
) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity, passage, start_at, end_at);

CREATE TABLE assertion (
    key INTEGER PRIMARY KEY, source INTEGER NOT NULL, id TEXT NOT NULL,
    subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL,
    polarity INTEGER NOT NULL, certainty INTEGER NOT NULL, experiencer INTEGER NOT NULL, confidence REAL NOT NULL,
    access INTEGER NOT NULL, sentence TEXT NOT NULL, qualifiers TEXT NOT NULL, passage TEXT NOT NULL,
    start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, record TEXT NOT NULL, extractor TEXT NOT NULL
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


def translated(error: sqlite3.Error) -> GraphError:
    """The graph's error for SQLite's; raise it `from` the original.

    A write that the file system refuses for another reason than a full disk (a quota, a limit on the size of a
    file) arrives as SQLITE_IOERR_WRITE, and is a lack of space as well.
    """
    name: str = getattr(error, "sqlite_errorname", "")
    if name in ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE"):
        return StoreFull(f"no space is left for the graph ({name}: {error})")
    if name == "SQLITE_ERROR" or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")):
        return StoreCorrupt(f"the graph's file is damaged, or is no graph ({name}: {error})")
    return StoreUnavailable(f"the graph's file cannot be used ({name or type(error).__name__}: {error})")


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection in autocommit mode that any thread may use, one at a time.

    `synchronous=FULL`: a commit reaches the disk before the call returns. NORMAL would survive the end of the process
    but not a loss of power, and a ledger that says "done" about a lost transaction would never write it again.
    `secure_delete`: what is deleted is overwritten in the file, for it may be a patient's.
    """
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA wal_autocheckpoint = 8000")
        connection.execute("PRAGMA cache_size = -65536" if write else "PRAGMA cache_size = -16384")
        if write:
            connection.execute("PRAGMA secure_delete = ON")
            _use_wal(connection)
            _lay_out(connection)
            connection.executescript(TOUCHED)
        else:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging. SQLite does not wait when two processes do this to a new file at once."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _lay_out(connection: sqlite3.Connection) -> None:
    """Make the tables in a new file; raise StoreCorrupt where the file is another program's or another version's."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables and not version and not application:
            for statement in TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        elif application != APPLICATION:
            raise StoreCorrupt("the file is an SQLite database, but no graph")
        elif version != VERSION:
            raise StoreCorrupt(f"the graph's file has layout {version}; this program reads layout {VERSION}")
        connection.executemany(
            "INSERT INTO predicate (name) VALUES (?) ON CONFLICT DO NOTHING", [(name,) for name in PREDICATES]
        )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
