"""What is done: for each document the hash of what was read and the version of what read it.

The ledger is marked last, after passages and graph have the document, so a killed job does a document again rather
than leave it half-way; everything it does is idempotent.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from sqlite3 import Connection

from ingest.errors import LedgerCorrupt, LedgerFull, LedgerUnavailable
from storage.sqlite import Errors, Layout, SqliteFile

_SCHEMA = """
CREATE TABLE done (
    document TEXT PRIMARY KEY,
    hash     TEXT NOT NULL,
    pipeline TEXT NOT NULL
) WITHOUT ROWID
"""
_DONE = "SELECT document, hash, pipeline FROM done WHERE document IN (SELECT value FROM json_each(?))"


def _create(db: Connection) -> None:
    db.execute(_SCHEMA)


_LAYOUT = Layout(application=0x6D676C65, version=1, create=_create, unmarked=frozenset({"done"}))


class Ledger:
    """A SQLite file at `path`, made if absent. Every method may raise LedgerUnavailable or LedgerCorrupt; those that
    write also LedgerFull, and then nothing has changed."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _ERRORS, layout=_LAYOUT, wait=60)

    def get(self, documents: Collection[str]) -> dict[str, tuple[str, str]]:
        """(hash, pipeline) of those documents that are done."""
        wanted = json.dumps(list(documents))
        with self._file.reading() as db:
            rows = db.execute(_DONE, (wanted,))
            return {document: (hash, pipeline) for document, hash, pipeline in rows}

    def put(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Mark (document, hash, pipeline) as done."""
        with self._file.writing() as db:
            db.executemany("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", rows)

    def remove(self, documents: Collection[str]) -> None:
        """Forget documents."""
        with self._file.writing() as db:
            db.executemany("DELETE FROM done WHERE document = ?", [(document,) for document in documents])

    def clear(self) -> None:
        """Forget everything."""
        with self._file.writing() as db:
            db.execute("DELETE FROM done")

    def __len__(self) -> int:
        with self._file.reading() as db:
            return int(db.execute("SELECT count(*) FROM done").fetchone()[0])

    def close(self) -> None:
        self._file.close()


_ERRORS = Errors(full=LedgerFull, unavailable=LedgerUnavailable, corrupt=LedgerCorrupt)
