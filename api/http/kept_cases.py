"""Rankings that can still be answered to: in the memory of this process alone, for an hour, a thousand at most."""

from __future__ import annotations

import secrets
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from api.differential import Ranked
from api.errors import NoRanking
from storage import deadline

MOST = 1_000
SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class _Entry:
    then: float
    reader: frozenset[str]
    ranked: Ranked
    turn: Lock
    owner: str


class KeptCases:
    """By a random id of 128 bits, and for whoever holds the labels that it was ranked with alone. Where there are too
    many, the oldest goes of the owner who has most: nobody pushes out what another with fewer has. Nothing is written
    anywhere. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[str, _Entry] = OrderedDict()

    def keep(self, ranked: Ranked, reader: frozenset[str], owner: str = "") -> str:
        """Keep a ranking of an owner's keys; the id under which it is kept."""
        id = secrets.token_urlsafe(16)
        self._put(id, _Entry(self._clock(), reader, ranked, Lock(), owner))
        return id

    def kept(self, id: str, reader: frozenset[str]) -> Ranked:
        """The ranking of this id. Raises NoRanking for one that is not known, too old, or another reader's."""
        return self._entry(id, reader).ranked

    def answered(self, id: str, reader: frozenset[str], answer: Callable[[Ranked], Ranked]) -> Ranked:
        """Put what `answer` makes of the ranking of this id in its place: of two answers at once the second follows
        the first. Raises as `kept`, and what `answer` raises; then nothing has changed."""
        turn = self._entry(id, reader).turn
        deadline.take(turn)
        try:
            entry = self._entry(id, reader)
            after = answer(entry.ranked)
            self._put(id, replace(entry, then=self._clock(), ranked=after))
        finally:
            turn.release()
        return after

    def _put(self, id: str, entry: _Entry) -> None:
        with self._lock:
            self._kept.pop(id, None)
            self._kept[id] = entry
            while len(self._kept) > MOST:
                counts = Counter(one.owner for one in self._kept.values())
                most = max(counts.values())
                del self._kept[next(id for id, one in self._kept.items() if counts[one.owner] == most)]

    def _entry(self, id: str, reader: frozenset[str]) -> _Entry:
        with self._lock:
            while self._kept and self._clock() - next(iter(self._kept.values())).then > SECONDS:
                self._kept.popitem(last=False)
            entry = self._kept.get(id)
        if entry is None or entry.reader != reader:
            raise NoRanking("no ranking of this id, or it is over an hour old: rank the case again")
        return entry
