"""What a reader sees of the full-text index: how many passages and words, and in how many of them a word stands.

All of it is counted over the passages that carry one of the reader's labels, and over no other: what he finds, and in
which order, does not change with what he may not see.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from sqlite3 import Connection

import numpy as np
from numpy.typing import NDArray

from retrieval import passage_sql as sql
from retrieval.families import FAMILIES, Family
from retrieval.model import PUBLIC
from retrieval.passage_rows import listed
from retrieval.passage_shelves import SHELVES, on_shelf, stems

KEPT = 32
"""So many readers, or sets of labels, are remembered until the passages change."""
MOST_KEPT_WORDS = 100_000
"""So many words of each."""

Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """Of one of the two indexes what a reader sees: all of it where `sets` is None, else what is of these sets (a JSON
    array). `shelves` are those to look on; the index of what is public has none, and is looked at as it is."""

    frequency: str
    places: str
    sets: str | None
    shelves: tuple[int, ...] | None = None

    def terms(self, stem: str) -> str:
        """A JSON array of the terms that a stem is written as."""
        return json.dumps([stem] if self.shelves is None else [on_shelf(shelf, stem) for shelf in self.shelves])


@dataclass(frozen=True, slots=True)
class Word:
    """In how many passages a word stands, and its stems: one, unless the index takes it for several words."""

    passages: int
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader sees, at one state of the store."""

    passages: int
    words: int
    parts: tuple[Part, ...]
    sets: str | None
    """Those that he sees, a JSON array; None where he sees all."""
    known: dict[str, Word] = field(default_factory=dict)

    @classmethod
    def of(cls, db: Connection, access: frozenset[str] | None) -> Sight:
        statement, (public,) = sql.SETS if access is None else sql.SETS_SEEN, PUBLIC
        rows = db.execute(statement, {"access": listed(access), "public": public}).fetchall()
        open_sets = [row[0] for row in rows if row[3]]
        closed = [row[0] for row in rows if not row[3]]
        all_of_it = access is None or len(rows) == db.execute(sql.COUNT_SETS).fetchone()[0]
        parts: list[Part] = []
        if open_sets:
            whole = all_of_it or public in (access or ())
            parts.append(Part(sql.OPEN_FREQUENCY, sql.OPEN_PLACES, None if whole else json.dumps(open_sets)))
        if closed:
            shelves = tuple(sorted({set_key % SHELVES for set_key in closed}))
            sets = None if all_of_it else json.dumps(closed)
            parts.append(Part(sql.CLOSED_FREQUENCY, sql.CLOSED_PLACES, sets, shelves))
        return cls(
            passages=sum(row[1] for row in rows),
            words=sum(row[2] for row in rows),
            parts=tuple(parts),
            sets=None if all_of_it else json.dumps([row[0] for row in rows]),
        )

    def look_up(self, db: Connection, words: Collection[str]) -> dict[str, Word]:
        """Each word, by itself."""
        if len(self.known) > MOST_KEPT_WORDS:
            self.known.clear()
        known = {word: self.known[word] for word in words if word in self.known}
        unknown = [word for word in words if word not in known]
        for word, found in zip(unknown, stems(db, unknown) if unknown else (), strict=True):
            known[word] = Word(max((self._frequency(db, stem) for stem in found), default=0), tuple(sorted(found)))
        self.known.update(known)
        return known

    def places(self, db: Connection, stem: str) -> tuple[Rows, Numbers, Numbers]:
        """The rows of the passages that hold a stem; how often each does, once in the heading counting twice; and how
        many words each has."""
        found = [one for part in self.parts if (one := _places(db, part, stem)) is not None]
        if not found:
            return np.empty(0, np.int64), np.empty(0), np.empty(0)
        rows, counts, words = zip(*found, strict=True)
        return np.concatenate(rows), np.concatenate(counts), np.concatenate(words)

    def any_of(self, db: Connection, family: Family) -> bool:
        """Whether there is a passage of a family of languages other than `rest`."""
        asked = {"family": FAMILIES.index(family), "sets": self.sets}
        return db.execute(sql.ANY_OF_OTHERS, asked).fetchone() is not None

    def _frequency(self, db: Connection, stem: str) -> int:
        count = 0
        for part in self.parts:
            if part.sets is None:
                count += db.execute(part.frequency, {"terms": part.terms(stem)}).fetchone()[0]
            elif (found := _places(db, part, stem)) is not None:
                count += len(found[0])
        return count


class Sights:
    """The sights of the readers who asked last, until the passages change. Safe in several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[frozenset[str] | None, tuple[int, Sight]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, db: Connection, access: frozenset[str] | None) -> Sight:
        """What a reader with these labels sees in the state that `db` reads."""
        now = sequence(db)
        with self._lock:
            kept = self._kept.get(access)
            if kept is not None and kept[0] == now:
                self._kept.move_to_end(access)
                return kept[1]
        sight = Sight.of(db, access)
        with self._lock:
            self._kept[access] = now, sight
            self._kept.move_to_end(access)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return sight


def sequence(db: Connection) -> int:
    """The number of the last change."""
    row = db.execute(sql.SEQUENCE).fetchone()
    return int(row[0]) if row else 0


def _places(db: Connection, part: Part, stem: str) -> tuple[Rows, Numbers, Numbers] | None:
    places, words = db.execute(part.places, {"terms": part.terms(stem), "sets": part.sets}).fetchone()
    if places is None:
        return None
    codes = _read(places)
    rows = codes >> 1
    # The places of a passage follow one another.
    first = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1])))
    return rows[first], np.add.reduceat(2.0 - (codes & 1), first), _read(words)[first].astype(np.float64)


def _read(numbers: str) -> Rows:
    return np.fromstring(numbers, np.int64, sep=",")
