"""What is done: for each document the hash of what was read and the version of what read it.

The ledger is marked last, after passages and graph have the document, so a killed job does a document again rather
than leave it half-way; everything it does is idempotent.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from ingest.errors import LedgerFull, LedgerUnavailable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS done (
    document TEXT PRIMARY KEY,
    hash     TEXT NOT NULL,
    pipeline TEXT NOT NULL
) WITHOUT ROWID
"""


class Ledger:
    """A SQLite file at `path`, made if absent. Raises LedgerUnavailable where it cannot be opened or read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            # The ledger may lose its last marks in a power cut: those documents are done again, to the same end.
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute(_SCHEMA)

    def get(self, documents: Collection[str]) -> dict[str, tuple[str, str]]:
        """(hash, pipeline) of those documents that are done."""
        wanted = list(documents)
        found: dict[str, tuple[str, str]] = {}
        with self._translated():
            for at in range(0, len(wanted), 500):
                part = wanted[at : at + 500]
                marks = ",".join("?" * len(part))
                rows = self._db.execute(
                    f"SELECT document, hash, pipeline FROM done WHERE document IN ({marks})",  # noqa: S608 (only marks)
                    part,
                )
                found.update((document, (hash, pipeline)) for document, hash, pipeline in rows)
        return found

    def put(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Mark (document, hash, pipeline) as done."""
        with self._translated(), self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", rows)

    def remove(self, documents: Collection[str]) -> None:
        """Forget documents."""
        with self._translated(), self._transaction():
            self._db.executemany("DELETE FROM done WHERE document = ?", [(document,) for document in documents])

    def clear(self) -> None:
        """Forget everything."""
        with self._translated(), self._transaction():
            self._db.execute("DELETE FROM done")

    def __len__(self) -> int:
        with self._translated():
            return int(self._db.execute("SELECT count(*) FROM done").fetchone()[0])

    def close(self) -> None:
        self._db.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if "full" in str(error) or getattr(error, "errno", None) == 28:
                raise LedgerFull(f"no space left for {self._path}") from error
            raise LedgerUnavailable(f"cannot use the ledger {self._path}: {error}") from error
