"""What is done: for each document the hash of what was read and the version of what read it.

The ledger is marked last, after passages and graph have the document, so a killed job does a document again rather
than leave it half-way; everything it does is idempotent.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path

from ingest.errors import LedgerCorrupt, LedgerFull, LedgerUnavailable
from storage.sqlite import Errors, SqliteFile

_SCHEMA = """
CREATE TABLE IF NOT EXISTS done (
    document TEXT PRIMARY KEY,
    hash     TEXT NOT NULL,
    pipeline TEXT NOT NULL
) WITHOUT ROWID
"""
_DONE = "SELECT document, hash, pipeline FROM done WHERE document IN (SELECT value FROM json_each(?))"


class Ledger:
    """A SQLite file at `path`, made if absent. Every method may raise LedgerUnavailable or LedgerCorrupt; those that
    write also LedgerFull, and then nothing has changed."""

    def __init__(self, path: Path) -> None:
        self._file = SqliteFile(path, _ERRORS, wait=60)
        with self._file.writing() as db:
            db.execute(_SCHEMA)

    def get(self, documents: Collection[str]) -> dict[str, tuple[str, str]]:
        """(hash, pipeline) of those documents that are done."""
        wanted = json.dumps(list(documents))
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT document, hash, pipeline FROM done WHERE document IN (SELECT value FROM json_each(?))",
                (wanted,),
            )
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
