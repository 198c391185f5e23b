"""What is done: for each document the hash of what was read, its revision, the version of what read it, and whose it
is; and the parts of those documents that many records make up.

The ledger is marked last, after passages and graph have the document, so a killed job does a document again rather
than leave it half-way; everything it does is idempotent. Only whose a document is stands before it is written, and
until it is gone: else what a killed job left would be nobody's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from ingest.errors import LedgerCorrupt, LedgerFull, LedgerUnavailable
from ingest.model import Part
from storage.sqlite import Errors, Layout, SqliteFile

_SCHEMA = """
CREATE TABLE done (
    document TEXT PRIMARY KEY,
    hash     TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    revision INTEGER NOT NULL,
    owner    TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID
"""
_PATIENTS = """
CREATE TABLE patient (
    owner TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (owner, label)
) WITHOUT ROWID
"""
_PARTS = """
CREATE TABLE part (
    key      TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    moment   INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    body     TEXT NOT NULL
) WITHOUT ROWID
"""
_BY_DOCUMENT = "CREATE INDEX part_document ON part (document)"
_GIVEN = "document IN (SELECT value FROM json_each(?))"
_DONE = f"SELECT document, hash, pipeline, revision, owner FROM done WHERE {_GIVEN} AND hash <> ''"  # noqa: S608  # ours
_OWNERS = f"SELECT document, owner FROM done WHERE {_GIVEN} AND owner <> ''"  # noqa: S608  # ours
# A row without a hash says only whose the document is, or is to be.
_CLAIM = """
INSERT INTO done (document, hash, pipeline, revision, owner) VALUES (?, '', '', 0, ?)
ON CONFLICT (document) DO UPDATE SET owner = excluded.owner WHERE owner <> excluded.owner
"""
_DISOWN = f"UPDATE done SET owner = '' WHERE {_GIVEN} AND owner <> ''"  # noqa: S608  # ours
_BROUGHT = "SELECT label FROM patient WHERE owner = ? AND label IN (SELECT value FROM json_each(?))"

_HELD = """
SELECT key, document, moment, version, body FROM part WHERE key IN (SELECT value FROM json_each(?))
UNION
SELECT key, document, moment, version, body FROM part WHERE document IN (SELECT value FROM json_each(?))
"""


def _create(db: Connection) -> None:
    db.execute(_SCHEMA)
    db.execute(_PATIENTS)
    _with_parts(db)


def _with_parts(db: Connection) -> None:
    db.execute(_PARTS)
    db.execute(_BY_DOCUMENT)


def _with_revisions(db: Connection) -> None:
    """What was done before revisions were kept gives way to any."""
    db.execute("ALTER TABLE done ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")


def _with_owners(db: Connection) -> None:
    """What was done before owners were kept is the operator's."""
    db.execute("ALTER TABLE done ADD COLUMN owner TEXT NOT NULL DEFAULT ''")
    db.execute(_PATIENTS)


_LAYOUT = Layout(
    application=0x6D676C65,
    version=4,
    create=_create,
    migrations={1: _with_revisions, 2: _with_parts, 3: _with_owners},
    unmarked=frozenset({"done"}),
)


@dataclass(frozen=True, slots=True)
class Done:
    """A document that passages and graph have. `revision` is that of `ingest.model.Document`."""

    document: str
    hash: str
    pipeline: str
    revision: int = 0
    owner: str = ""
    """Who wrote it through the API; empty where the operator did."""


class Ledger:
    """A SQLite file at `path`, made if absent. Every method may raise LedgerUnavailable or LedgerCorrupt; those that
    write also LedgerFull, and then nothing has changed."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _ERRORS, layout=_LAYOUT, wait=60)

    def get(self, documents: Collection[str]) -> dict[str, Done]:
        """Those of the documents that are done, by id."""
        wanted = json.dumps(list(documents))
        with self._file.reading() as db:
            return {row[0]: Done(*row) for row in db.execute(_DONE, (wanted,))}

    def parts(self, *, keys: Collection[str] = (), documents: Collection[str] = ()) -> list[Part]:
        """The parts with these keys, and those of these documents, what was taken back among them."""
        with self._file.reading() as db:
            rows = db.execute(_HELD, (json.dumps(list(keys)), json.dumps(list(documents))))
            return [Part(key, document, (moment, version), body) for key, document, moment, version, body in rows]

    def put(self, done: Iterable[Done], *, parts: Iterable[Part] = (), gone: Collection[str] = ()) -> None:
        """Mark documents as done; keep parts; unmark those `gone`, whose parts were all taken back."""
        with self._file.writing() as db:
            rows = ((d.document, d.hash, d.pipeline, d.revision, d.owner) for d in done)
            db.executemany("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?)", rows)
            kept = ((part.key, part.document, *part.revision, part.body) for part in parts)
            db.executemany("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?)", kept)
            db.executemany("DELETE FROM done WHERE document = ?", [(document,) for document in gone])

    def owners(self, documents: Collection[str]) -> dict[str, str]:
        """Whose the documents are that somebody wrote, or began to write, through the API."""
        with self._file.reading() as db:
            return dict(db.execute(_OWNERS, (json.dumps(list(documents)),)).fetchall())

    def claim(self, owners: Mapping[str, str]) -> None:
        """Put down whose documents are that are about to be written."""
        with self._file.writing() as db:
            db.executemany(_CLAIM, [(document, owner) for document, owner in owners.items() if owner])
            db.execute(_DISOWN, (json.dumps([document for document, owner in owners.items() if not owner]),))

    def bring(self, owner: str, labels: Collection[str]) -> None:
        """Put down that records with these labels of patients are of this owner's bringing."""
        with self._file.writing() as db:
            db.executemany("INSERT OR IGNORE INTO patient VALUES (?, ?)", [(owner, label) for label in sorted(labels)])

    def brought(self, owner: str, labels: Collection[str]) -> frozenset[str]:
        """Those of the labels that are of records which this owner brought."""
        with self._file.reading() as db:
            return frozenset(label for (label,) in db.execute(_BROUGHT, (owner, json.dumps(sorted(labels)))))

    def forget(self, documents: Collection[str]) -> None:
        """Forget documents, with their parts, but for whose they are; `remove` comes when they are gone."""
        with self._file.writing() as db:
            rows = [(document,) for document in documents]
            db.executemany("UPDATE done SET hash = '' WHERE document = ?", rows)
            db.executemany("DELETE FROM part WHERE document = ?", rows)

    def remove(self, documents: Collection[str]) -> None:
        """Forget documents, with their parts."""
        with self._file.writing() as db:
            rows = [(document,) for document in documents]
            db.executemany("DELETE FROM done WHERE document = ?", rows)
            db.executemany("DELETE FROM part WHERE document = ?", rows)

    def rename(self, old: str, new: str) -> None:
        """Put `new` for the part `old` of the pipelines, such as an encoder whose vectors were all exchanged: what was
        read stays as done."""
        with self._file.writing() as db:
            for (pipeline,) in db.execute("SELECT DISTINCT pipeline FROM done").fetchall():
                named = f"+{pipeline}+".replace(f"+{old}+", f"+{new}+").strip("+")
                db.execute("UPDATE done SET pipeline = ? WHERE pipeline = ?", (named, pipeline))

    def clear(self) -> None:
        """Forget everything."""
        with self._file.writing() as db:
            db.execute("DELETE FROM done")
            db.execute("DELETE FROM part")
            db.execute("DELETE FROM patient")

    def __len__(self) -> int:
        with self._file.reading() as db:
            return int(db.execute("SELECT count(*) FROM done WHERE hash <> ''").fetchone()[0])

    def close(self) -> None:
        self._file.close()


_ERRORS = Errors(full=LedgerFull, unavailable=LedgerUnavailable, corrupt=LedgerCorrupt)
