"""What is done: for each document the hash of what was read, its revision, and the version of what read it; and the
parts of those documents that many records make up.

The ledger is marked last, after passages and graph have the document, so a killed job does a document again rather
than leave it half-way; everything it does is idempotent.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
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
    revision INTEGER NOT NULL
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
_DONE = "SELECT document, hash, pipeline, revision FROM done WHERE document IN (SELECT value FROM json_each(?))"

_HELD = """
SELECT key, document, moment, version, body FROM part WHERE key IN (SELECT value FROM json_each(?))
UNION
SELECT key, document, moment, version, body FROM part WHERE document IN (SELECT value FROM json_each(?))
"""


def _create(db: Connection) -> None:
    db.execute(_SCHEMA)
    _with_parts(db)


def _with_parts(db: Connection) -> None:
    db.execute(_PARTS)
    db.execute(_BY_DOCUMENT)


def _with_revisions(db: Connection) -> None:
    """What was done before revisions were kept gives way to any."""
    db.execute("ALTER TABLE done ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")


_LAYOUT = Layout(
    application=0x6D676C65,
    version=3,
    create=_create,
    migrations={1: _with_revisions, 2: _with_parts},
    unmarked=frozenset({"done"}),
)


@dataclass(frozen=True, slots=True)
class Done:
    """A document that passages and graph have. `revision` is that of `ingest.model.Document`."""

    document: str
    hash: str
    pipeline: str
    revision: int = 0


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
            rows = ((d.document, d.hash, d.pipeline, d.revision) for d in done)
            db.executemany("INSERT OR REPLACE INTO done (document, hash, pipeline, revision) VALUES (?, ?, ?, ?)", rows)
            kept = ((part.key, part.document, *part.revision, part.body) for part in parts)
            db.executemany("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?)", kept)
            db.executemany("DELETE FROM done WHERE document = ?", [(document,) for document in gone])

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

    def __len__(self) -> int:
        with self._file.reading() as db:
            return int(db.execute("SELECT count(*) FROM done").fetchone()[0])

    def close(self) -> None:
        self._file.close()


_ERRORS = Errors(full=LedgerFull, unavailable=LedgerUnavailable, corrupt=LedgerCorrupt)
