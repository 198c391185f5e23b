"""How many passages a filter lets through, counted anew no more often than is cheap."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from retrieval.model import Filter

SHARE = 100
"""After a change of the store a count stands for as many times as long as it took."""
KEPT = 64


class Countable(Protocol):
    """What is counted: a passage store. Each method is told of by `PassageStore`."""

    def sequence(self) -> int: ...

    def count(self, filter: Filter) -> int: ...


class Totals:
    """Counts for the filters that were asked for last. Safe to use from several threads.

    While nothing is written a count is exact. In a file of millions, where counting takes a second and every batch that
    is ingested changes the file, it may be a little behind: counting at each search would cost more than the search.
    """

    def __init__(self, passages: Countable, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._passages, self._clock = passages, clock
        self._lock = threading.Lock()
        self._held: OrderedDict[Filter, tuple[int, int, float]] = OrderedDict()

    def of(self, filter: Filter) -> int:
        """How many passages the filter lets through. Raises what the store raises."""
        sequence, began = self._passages.sequence(), self._clock()
        with self._lock:
            held = self._held.get(filter)
        if held is not None and (held[1] == sequence or began < held[2]):
            return held[0]
        count = self._passages.count(filter)
        ended = self._clock()
        with self._lock:
            self._held[filter] = (count, sequence, ended + SHARE * (ended - began))
            self._held.move_to_end(filter)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return count
