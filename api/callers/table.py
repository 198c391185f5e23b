"""The keys of a home: a file of SQLite with a row a key, and the labels that were granted to owners."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Literal

from api.callers.model import Caller, Scope
from api.errors import HomeCorrupt, HomeFull, HomeUnavailable, NotFound, Taken
from storage.sqlite import Errors, Layout, SqliteFile

FILE = "keys.sqlite"
PREFIX = "mg_"
"""What a key begins with, so that one which lies about in a file or a log is known for what it is."""

_ERRORS = Errors(full=HomeFull, unavailable=HomeUnavailable, corrupt=HomeCorrupt)
_SCHEMA = (
    """
CREATE TABLE key (
    number  INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    hash    BLOB NOT NULL UNIQUE,
    owner   TEXT NOT NULL,
    labels  TEXT NOT NULL,
    scopes  TEXT NOT NULL,
    created TEXT NOT NULL,
    expires TEXT,
    revoked TEXT,
    used    TEXT
)
""",
    "CREATE TABLE granted (owner TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (owner, label)) WITHOUT ROWID",
)
_SELECT = "SELECT name, owner, labels, scopes, created, expires, revoked, used FROM key"


def _create(db: Connection) -> None:
    for statement in _SCHEMA:
        db.execute(statement)


_LAYOUT = Layout(application=0x6D676B79, version=1, create=_create)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is listed: all but the secret, which nobody has kept."""

    name: str
    owner: str
    labels: frozenset[str]
    """Its own; those granted to its owner come to these."""
    scopes: frozenset[Scope]
    created: date
    expires: date | None
    """The last day on which it is good."""
    revoked: date | None
    used: date | None
    """The last day on which it was sent: a day, since more would be a diary of whoever holds it."""

    def state(self, today: date) -> Literal["good", "expired", "revoked"]:
        """Whether it opens the door on this day."""
        if self.revoked is not None:
            return "revoked"
        return "expired" if self.expires is not None and self.expires < today else "good"

    def caller(self, granted: frozenset[str]) -> Caller:
        """Who holds it, with what was granted to the owner."""
        return Caller(self.name, self.owner, self.labels | granted, self.scopes, self.expires)


class KeyTable:
    """Keys by name. Safe in several threads and processes: what one changes the next question to another shows.

    A key is 256 random bits, so its SHA-256 alone is kept: nobody can try that many keys, and a slow hash with a salt,
    which a password needs, would cost every request a fraction of a second. A revoked key stays in the list: the trail
    names it, and no other shall have its name. Each method may raise HomeUnavailable or HomeCorrupt, and one that
    writes HomeFull, and then nothing has changed.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or make it."""
        self._file = SqliteFile(path, _ERRORS, layout=_LAYOUT)

    def __enter__(self) -> KeyTable:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self._file.close()

    def add(
        self, name: str, *, owner: str, labels: Iterable[str], scopes: Iterable[Scope], expires: date | None = None
    ) -> str:
        """Make a key and return it: it cannot be shown again. Raises Taken where one has this name."""
        key = PREFIX + secrets.token_urlsafe(32)
        row = (name, hashed(key), owner, json.dumps(sorted(labels)), json.dumps(sorted(scopes)))
        with self._file.writing() as db:
            if db.execute("SELECT 1 FROM key WHERE name = ?", (name,)).fetchone():
                raise Taken(f"there is or was a key named {name}: give another name")
            db.execute(
                "INSERT INTO key (name, hash, owner, labels, scopes, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*row, today().isoformat(), expires and expires.isoformat()),
            )
        return key

    def revoke(self, name: str) -> None:
        """Let the key open nothing from now on. Revoking twice is harmless. Raises NotFound."""
        with self._file.writing() as db:
            if not db.execute("SELECT 1 FROM key WHERE name = ?", (name,)).fetchone():
                raise NotFound(f"no key is named {name}")
            db.execute("UPDATE key SET revoked = ? WHERE name = ? AND revoked IS NULL", (today().isoformat(), name))

    def every(self) -> list[Key]:
        """All keys in the order in which they were made."""
        with self._file.reading() as db:
            return [_key(row) for row in db.execute(f"{_SELECT} ORDER BY number")]

    def of(self, hash: bytes) -> tuple[Key | None, bool]:
        """The key of this hash, good or not, and whether there are keys at all."""
        with self._file.reading() as db:
            row = db.execute(f"{_SELECT} WHERE hash = ?", (hash,)).fetchone()
            there = row is not None or db.execute("SELECT EXISTS (SELECT 1 FROM key)").fetchone()[0] == 1
        return (None if row is None else _key(row)), there

    def use(self, name: str, day: date) -> None:
        """Put down that the key was sent on this day."""
        with self._file.writing() as db:
            db.execute("UPDATE key SET used = ? WHERE name = ?", (day.isoformat(), name))

    def grant(self, owner: str, labels: Iterable[str]) -> None:
        """Let every key of this owner hold these labels as well: those of the patients that it brought in."""
        with self._file.writing() as db:
            rows = [(owner, label) for label in labels]
            db.executemany("INSERT OR IGNORE INTO granted (owner, label) VALUES (?, ?)", rows)

    def take_back(self, owner: str, labels: Iterable[str]) -> None:
        """Undo `grant`; what was not granted is passed over."""
        with self._file.writing() as db:
            rows = [(owner, label) for label in labels]
            db.executemany("DELETE FROM granted WHERE owner = ? AND label = ?", rows)

    def granted(self, owner: str) -> frozenset[str]:
        """The labels that were granted to this owner."""
        with self._file.reading() as db:
            return frozenset(label for (label,) in db.execute("SELECT label FROM granted WHERE owner = ?", (owner,)))

    def grants(self) -> list[tuple[str, str]]:
        """Every owner with each label granted to it, in their order."""
        with self._file.reading() as db:
            return db.execute("SELECT owner, label FROM granted ORDER BY owner, label").fetchall()


def hashed(key: str) -> bytes:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).digest()


def today() -> date:
    """The day at Greenwich: a server and its operator may be in two countries."""
    return datetime.now(UTC).date()


def _key(row: tuple[Any, ...]) -> Key:
    name, owner, labels, scopes, *days = row
    created, expires, revoked, used = (None if day is None else date.fromisoformat(day) for day in days)
    assert created is not None  # noqa: S101  # NOT NULL
    return Key(
        name, owner, frozenset(json.loads(labels)), frozenset(json.loads(scopes)), created, expires, revoked, used
    )
