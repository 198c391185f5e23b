"""Rankings that can still be answered to: in the memory of this process alone, for an hour, the newest thousand."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.differential import Ranked
from api.errors import NoRanking

MOST = 1_000
SECONDS = 3_600.0


class KeptCases:
    """By a random id of 128 bits, and for whoever holds the labels that it was ranked with alone. Nothing is written
    anywhere. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[float, frozenset[str], Ranked]] = OrderedDict()

    def keep(self, ranked: Ranked, reader: frozenset[str], id: str | None = None) -> str:
        """Keep a ranking, in the place of the one of this id where one is given; the id under which it is kept."""
        id = id or secrets.token_urlsafe(16)
        with self._lock:
            self._kept.pop(id, None)
            self._kept[id] = (self._clock(), reader, ranked)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return id

    def kept(self, id: str, reader: frozenset[str]) -> Ranked:
        """The ranking of this id. Raises NoRanking for one that is not known, too old, or another reader's."""
        with self._lock:
            while self._kept and self._clock() - next(iter(self._kept.values()))[0] > SECONDS:
                self._kept.popitem(last=False)
            then = self._kept.get(id)
        if then is None or then[1] != reader:
            raise NoRanking("no ranking of this id, or it is over an hour old: rank the case again")
        return then[2]
