"""An SQLite file for many readers and one writer: the one way to open it, the one reading of its error codes.

A room says in `Errors` which of its own errors stand for a lack of space, a damaged file and one that cannot be used;
whatever SQLite or the file system raises arrives as one of these.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Connection

from storage import deadline

_FULL = {
    sqlite3.SQLITE_FULL,
    # The file system refuses a write: a quota, or a limit on the size of a file (RLIMIT_FSIZE).
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# SQLITE_ERROR is a statement that the file's tables do not fit.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}
_REFUSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
_IDLE = 8
"""So many connections are kept for the readers to come: each holds pages of the file in memory, as many as it may."""
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_STEPS = 500_000
"""So many steps of SQLite's machine, some hundredths of a second, lie between two looks at the deadline."""
_AGAIN = 0.25
"""Seconds between two tries to empty a log that somebody still reads."""


@dataclass(frozen=True, slots=True)
class Errors:
    """A room's own errors for what may befall its file; each is made of one message."""

    full: type[Exception]
    """No space is left, or the file may not grow; nothing of the running transaction was kept."""
    unavailable: type[Exception]
    """The file cannot be opened, read or written, is locked for too long, or has been closed."""
    corrupt: type[Exception]
    """The file is damaged, is another program's, or was written by another version."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a file. `application` and `version` are kept in its header; `version` counts from 1.

    `create` makes the tables in an empty file. `migrations[n]` turns a file of version `n` into one of `n + 1`. A file
    without a header that holds the tables `unmarked`, and no other, is one of version 1, written before there was one.
    """

    application: int
    version: int
    create: Callable[[Connection], None]
    migrations: Mapping[int, Callable[[Connection], None]] = field(default_factory=dict)
    unmarked: frozenset[str] = frozenset()

    def prepare(self, db: Connection, path: Path, errors: Errors) -> None:
        """Make or migrate the tables, in one transaction; raise `errors.corrupt` where the file is no such file."""
        if _header(db) == (self.application, self.version):
            return  # without waiting for whoever is writing
        db.execute("BEGIN IMMEDIATE")
        try:
            application, version = _header(db)
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if (application, version) == (0, 0) and not tables:
                self.create(db)
                version = self.version
            elif (application, version) == (0, 0) and tables == self.unmarked:
                version = 1
            elif application != self.application:
                raise errors.corrupt(f"{path} is a database of another program")
            while version < self.version and version in self.migrations:
                self.migrations[version](db)
                version += 1
            if version != self.version:
                raise errors.corrupt(
                    f"{path} was written by another version (layout {version}; this one reads {self.version})"
                )
            db.execute(f"PRAGMA application_id = {self.application}")
            db.execute(f"PRAGMA user_version = {self.version}")
            db.execute("COMMIT")
        finally:
            roll_back(db)


class SqliteFile:
    """A file that any number of threads read while one writes; other processes may do the same.

    A reader sees one state for as long as its block runs; a writer writes all or nothing, and what it has written is
    on the disk when its block ends. `writer` and `reader` prepare each new connection (pragmas, temporary tables);
    the writer's is opened first, made with its folder where there is none, and laid out by `layout`. `wait` is in
    seconds: how long to wait for another process that is writing.

    A file that is made here is its owner's alone. Its write-ahead log, which would go on holding what was deleted, is
    emptied into the file after every write; where somebody reads an older state meanwhile, once nobody does.
    """

    def __init__(
        self,
        path: Path,
        errors: Errors,
        *,
        layout: Layout | None = None,
        writer: Callable[[Connection], None] = lambda db: None,
        reader: Callable[[Connection], None] = lambda db: None,
        wait: float = 30.0,
    ) -> None:
        self._path, self._errors, self._reader, self._wait = path, errors, reader, wait
        self._write_lock, self._pool_lock = threading.Lock(), threading.Lock()
        self._idle: list[Connection] = []
        self._closed = False
        self._settling: threading.Thread | None = None
        # SQLite follows links, so its log lies beside the file itself.
        self._log = f"{os.path.realpath(path)}-wal"
        with translated(path, errors):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileExistsError):
                # Made here rather than by SQLite, which would let others read it. Its log gets the same mode.
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            self._writer = self._connected()
            try:
                # A page size counts before the first table is made; so does what else `writer` sets.
                writer(self._writer)
                _write_ahead(self._writer, wait)
                if layout is not None:
                    layout.prepare(self._writer, path, errors)
                self._settle()
            except BaseException:
                self._writer.close()
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the file until the block ends. Raises TimeOver and Gone, also while a
        statement runs, where whoever it is read for waits no longer."""
        try:
            with translated(self._path, self._errors), self._borrowed() as db:
                db.execute("BEGIN")
                try:
                    with _heeding(db):
                        yield db
                finally:
                    roll_back(db)
        finally:
            if self._unsettled():
                self._settle_later()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The writing connection in a transaction of its own: kept whole when the block ends, or not at all."""
        with translated(self._path, self._errors), self._write_lock:
            self._check_open()
            db = self._writer
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                roll_back(db)
            self._settle()

    def close(self) -> None:
        """Close what is idle; a connection in use is closed when it is given back. Closing twice is harmless."""
        with self._write_lock, self._pool_lock:
            if not self._closed:
                self._emptied()
            self._closed = True
            self._writer.close()
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def _borrowed(self) -> Iterator[Connection]:
        with self._pool_lock:
            self._check_open()
            db = self._idle.pop() if self._idle else None
        db = db or self._opened()
        try:
            yield db
        finally:
            with self._pool_lock:
                if self._closed or len(self._idle) >= _IDLE:
                    db.close()
                else:
                    self._idle.append(db)

    def _opened(self) -> Connection:
        db = self._connected()
        try:
            self._reader(db)
        except BaseException:
            db.close()
            raise
        return db

    def _connected(self) -> Connection:
        """A connection in autocommit mode that any thread may use, one at a time.

        `synchronous=FULL`: a commit reaches the disk before the call returns. NORMAL would survive the end of the
        process but not a loss of power, and a ledger that says "done" about a lost transaction would never write it
        again. `secure_delete`: what is deleted is overwritten in the file, for it may be a patient's.
        """
        db = sqlite3.connect(self._path, timeout=self._wait, isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA secure_delete = ON")
            db.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            db.close()
            raise
        return db

    def _settle(self) -> None:
        """Empty the log, or have it emptied as soon as nobody reads an older state; the caller may write."""
        if not self._emptied():
            self._settle_later()

    def _settle_later(self) -> None:
        """Have a thread of its own empty the log: no reader waits for the disk."""
        with self._pool_lock:
            if self._closed or self._settling is not None:
                return
            self._settling = threading.Thread(target=self._go_on_settling, name="settling", daemon=True)
            self._settling.start()

    def _go_on_settling(self) -> None:
        while True:
            with self._write_lock:
                if self._closed or self._emptied():
                    self._settling = None
                    return
            time.sleep(_AGAIN)

    def _emptied(self) -> bool:
        """Bring the log into the file and cut it to nothing; whether that was to be had at once.

        What was written is safe either way: so a disk that is full now fails nobody's write.
        """
        if not self._unsettled():
            return True
        try:
            wait = self._writer.execute("PRAGMA busy_timeout").fetchone()[0]
            self._writer.execute("PRAGMA busy_timeout = 0")
            try:
                return bool(self._writer.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()[0] == 0)
            finally:
                self._writer.execute(f"PRAGMA busy_timeout = {wait}")
        except sqlite3.Error:
            return False

    def _unsettled(self) -> bool:
        try:
            return os.stat(self._log).st_size > 0
        except OSError:
            return False

    def _check_open(self) -> None:
        if self._closed:
            raise self._errors.unavailable(f"{self._path} has been closed")


@contextmanager
def _heeding(db: Connection) -> Iterator[None]:
    """Let the statements of a connection end with the deadline of what is running."""
    until = deadline.current()
    if until is None:
        yield
        return
    until.check()
    db.set_progress_handler(lambda: until.over, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            until.check()
        raise
    finally:
        db.set_progress_handler(None, _STEPS)


def _header(db: Connection) -> tuple[int, int]:
    application, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    return application, version


@contextmanager
def translated(path: Path, errors: Errors) -> Iterator[None]:
    """Raise `errors` for what SQLite or the file system says of the file at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words_of(errors, path, error) from error
    except OSError as error:
        kind = errors.full if error.errno in _NO_SPACE else errors.unavailable
        raise kind(f"{path} cannot be used: {error.strerror or error}") from error


def _in_words_of(errors: Errors, path: Path, error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if code in _FULL or primary in _FULL or (primary in _REFUSED and _no_room(path)):
        return errors.full(f"no space is left for {path}; nothing was written")
    if primary in _LOCKED:
        return errors.unavailable(f"{path} has been locked by another process for too long")
    if primary in _DAMAGED or isinstance(error, sqlite3.IntegrityError):
        return errors.corrupt(f"{path} is damaged, or no such database: {error}")
    return errors.unavailable(f"{path} cannot be used: {error}")


def _no_room(path: Path) -> bool:
    """Whether the disk takes no byte more, or no file more: SQLite says of both that it cannot open its log."""
    with suppress(OSError):
        disk = os.statvfs(path.parent)
        return bool(disk.f_blocks and not disk.f_bavail) or bool(disk.f_files and not disk.f_favail)
    return False


def roll_back(db: Connection) -> None:
    """Undo what is not committed. SQLite has often done so itself when a statement failed for want of space."""
    if db.in_transaction:
        with suppress(sqlite3.OperationalError):
            db.execute("ROLLBACK")


def _write_ahead(db: Connection, wait: float) -> None:
    """Turn the write-ahead log on. SQLite does not wait for this by itself when two open a new file at once."""
    until = time.monotonic() + wait
    while db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
