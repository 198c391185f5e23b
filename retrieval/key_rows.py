"""Which row of an index each key has: two sorted arrays, which cost 12 bytes a key where a dictionary costs 150."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Rows = NDArray[np.int32]


class KeyRows:
    """Keys with their rows, each one's own. Rows are numbered as they come, and a number is not used again.

    What is here is replaced by a write, never changed: who holds `keys` or `rows` goes on with what he took.
    """

    def __init__(self, keys: Keys | None = None, rows: Rows | None = None, *, following: int = 0) -> None:
        """`keys` rise, `rows[i]` is the row of `keys[i]`, `following` the number that the next row gets."""
        self.keys: Keys = np.empty(0, np.int64) if keys is None else keys
        self.rows: Rows = np.empty(0, np.int32) if rows is None else rows
        self.following = following
        self._named = np.full(max(following, 1024), -1, np.int64)
        self._named[self.rows] = self.keys

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, keys: Keys) -> Keys:
        """Give rows to keys of which none is there; returns them."""
        rows = np.arange(self.following, self.following + len(keys), dtype=np.int64)
        self.following += len(keys)
        if self.following > len(self._named):
            room = np.full(max(self.following, 2 * len(self._named)), -1, np.int64)
            room[: len(self._named)] = self._named
            self._named = room
        self._named[rows] = keys
        order = np.argsort(keys)
        where = np.searchsorted(self.keys, keys[order])
        self.keys = np.insert(self.keys, where, keys[order])
        self.rows = np.insert(self.rows, where, rows[order].astype(np.int32))
        return rows

    def remove(self, keys: Keys) -> Keys:
        """Take out those of these keys that are there; returns the rows they had."""
        places = self._places(keys)
        rows = self.rows[places].astype(np.int64)
        if len(places):
            self._named[rows] = -1
            self.keys, self.rows = np.delete(self.keys, places), np.delete(self.rows, places)
        return rows

    def of(self, keys: Keys) -> Keys:
        """The rows of those of these keys that are there."""
        return self.rows[self._places(keys)].astype(np.int64)

    def named(self, rows: Keys) -> Keys:
        """The keys of rows that are there."""
        return self._named[rows]

    def close(self, gone: Keys) -> None:
        """Number the rows anew without the gaps that `gone`, rows taken out, have left; their order stays."""
        gone = np.sort(gone)
        self.rows = (self.rows - np.searchsorted(gone, self.rows)).astype(np.int32)
        self.following -= len(gone)
        self._named[: self.following] = np.delete(self._named[: self.following + len(gone)], gone)
        self._named[self.following :] = -1

    def _places(self, keys: Keys) -> Keys:
        """Where in `self.keys` those of `keys` stand that are there, each once."""
        if not len(keys) or not len(self.keys):
            return np.empty(0, np.int64)
        keys = np.unique(keys)
        places = np.searchsorted(self.keys, keys)
        places = np.minimum(places, len(self.keys) - 1)
        there: Keys = places[self.keys[places] == keys]
        return there
