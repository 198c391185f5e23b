"""Which rows of an index a search may find: a bit a row, remembered while the index stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.key_rows import KeyRows, Keys

REMEMBERED = 8
"""Selections that are kept: as many as the filters that a searcher keeps."""


@dataclass(frozen=True, slots=True)
class Selected:
    """`count` rows, each a bit that is set in `bits`, the lowest of a byte first."""

    bits: NDArray[np.uint8]
    count: int

    @classmethod
    def among(cls, rows: Keys, following: int) -> Selected:
        """These rows, each named once, of those numbered below `following`."""
        chosen = np.zeros(following, bool)
        chosen[rows] = True
        return cls(np.packbits(chosen, bitorder="little"), len(rows))

    def selector(self, faiss: Any) -> Any:
        """FAISS's form of it, which must not outlive this."""
        return faiss.IDSelectorBitmap(self.bits)


class Selections:
    """Selections by the keys that are allowed. An array that cannot be written is known again when it comes again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[Keys, Selected]] = OrderedDict()
        self._one = threading.Lock()

    def of(self, allowed: Keys | Collection[int], rows: KeyRows) -> Selected:
        """The rows of those of the `allowed` keys that are there."""
        lasting = isinstance(allowed, np.ndarray) and not allowed.flags.writeable
        with self._one:
            kept = self._kept.get(id(allowed)) if lasting else None
        if kept is not None and kept[0] is allowed:
            return kept[1]
        keys = allowed if isinstance(allowed, np.ndarray) else np.fromiter(allowed, np.int64, len(allowed))
        selected = Selected.among(rows.of(keys), rows.following)
        if lasting:
            with self._one:
                self._kept[id(allowed)] = keys, selected
                while len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
        return selected

    def forget(self) -> None:
        """The index has changed: rows may have come, gone or moved."""
        with self._one:
            self._kept.clear()
