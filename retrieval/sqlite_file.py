"""An SQLite file for many readers and one writer, its failures in the words of retrieval."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection

from retrieval import passage_sql as sql
from retrieval.errors import IndexCorrupt, RetrievalError, StorageFull, StorageUnavailable

_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
"""A write that fails: no space, or a file that may not grow (a quota, RLIMIT_FSIZE)."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class SqliteFile:
    """Hands out connections. A reader sees one state for as long as it holds one; a writer writes all or nothing."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path, self._timeout = path, timeout
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._closed = False
        with _translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._idle.append(self._open())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _translated(self._path), self._borrowed() as db:
            db.execute("BEGIN")
            try:
                yield db
            finally:
                _end(db)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with _translated(self._path), self._borrowed() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                _end(db)

    def close(self) -> None:
        """Close what is idle; a connection in use is closed when it is given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()

    @contextmanager
    def _borrowed(self) -> Iterator[Connection]:
        with self._lock:
            if self._closed:
                raise StorageUnavailable(f"{self._path} has been closed")
            db = self._idle.pop() if self._idle else None
        db = db or self._open()
        try:
            yield db
        finally:
            with self._lock:
                keep = not self._closed
                if keep:
                    self._idle.append(db)
            if not keep:
                db.close()

    def _open(self) -> Connection:
        db = sqlite3.connect(self._path, timeout=self._timeout, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(db)
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, db: Connection) -> None:
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA secure_delete = ON")  # what is deleted is also overwritten
        db.execute("PRAGMA synchronous = FULL")  # the ledger may say "done" as soon as a commit returns
        db.execute("PRAGMA cache_size = -32000")
        db.execute("PRAGMA journal_size_limit = 67108864")
        _check_kind(db, self._path)
        self._write_ahead(db)
        if not db.execute("PRAGMA application_id").fetchone()[0]:
            _create(db)
        db.executescript(sql.STEMMER)

    def _write_ahead(self, db: Connection) -> None:
        """Turn the write-ahead log on. SQLite does not wait for this by itself when two open a new file at once."""
        until = time.monotonic() + self._timeout
        while db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)


def _check_kind(db: Connection, path: Path) -> None:
    application, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if not application and not db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
        return
    if application != sql.APPLICATION:
        raise IndexCorrupt(f"{path} is a database of another program")
    if version != sql.SCHEMA_VERSION:
        raise IndexCorrupt(f"{path} was written by another version (format {version}, not {sql.SCHEMA_VERSION})")


def _create(db: Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        if not db.execute("PRAGMA application_id").fetchone()[0]:
            for statement in sql.SCHEMA.split(";"):
                db.execute(statement)
            db.execute(sql.META_SET, ("identity", secrets.token_hex(16)))
            db.execute(f"PRAGMA application_id = {sql.APPLICATION}")
            db.execute(f"PRAGMA user_version = {sql.SCHEMA_VERSION}")
        db.execute("COMMIT")
    finally:
        _end(db)


def _end(db: Connection) -> None:
    """Undo what is not committed. SQLite has often done so itself when a statement failed for want of space."""
    if db.in_transaction:
        with suppress(sqlite3.OperationalError):
            db.execute("ROLLBACK")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _in_our_words(path, error) from error
    except OSError as error:
        raise StorageUnavailable(f"{path} cannot be opened: {error.strerror}") from error


def _in_our_words(path: Path, error: sqlite3.DatabaseError) -> RetrievalError:
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _FULL or code & 0xFF == sqlite3.SQLITE_FULL:
        return StorageFull(f"no space is left for {path}; nothing was written")
    if code & 0xFF in _DAMAGED:
        return IndexCorrupt(f"{path} is damaged or no database: {error}")
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageUnavailable(f"{path} has been locked by another process for too long")
    if isinstance(error, sqlite3.OperationalError):
        return StorageUnavailable(f"{path} cannot be used: {error}")
    return IndexCorrupt(f"{path}: {error}")
