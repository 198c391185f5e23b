"""The VectorIndex protocol: keys and vectors, searched by cosine; and the VectorIndexes that make and load them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder import Vectors
from retrieval.saved_index import Saved

Keys = NDArray[np.int64]


class VectorIndex(Protocol):
    """An in-memory index of unit vectors under int64 keys. Any number of threads search while one writes.

    Vectors of another dimension than the index was made for raise EncoderMismatch, wherever they are given.
    """

    def __len__(self) -> int:
        """How many keys there are."""

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Add rows, `vectors` of shape (len(keys), d). A key that is there is replaced; of one given twice, the last
        counts."""

    def remove(self, keys: Keys) -> int:
        """Remove rows; unknown keys are ignored. Returns how many were there."""

    def search(self, vector: Vectors, k: int, allowed: Collection[int] | None = None) -> list[tuple[int, float]]:
        """The `k` best (key, cosine), best first, ties by key; fewer where there are fewer. `vector` has shape (d,).

        `allowed` restricts the search to these keys; those that are not there are ignored. A large index may miss
        some of the best; it never gives a key that is not there, or not allowed.
        """

    def save(self, directory: Path, *, encoder: str, sequence: int, store: str) -> None:
        """Replace the index saved in `directory` atomically, one generation higher.

        The encoder's name, the dimension and `sequence` (the last change of the passage store of identity `store` that
        the index holds) are saved with it. Raises StorageFull or StorageUnavailable, and then the former generation
        is intact.
        """


class VectorIndexes(Protocol):
    """One kind of vector index: what makes an empty one, and what loads one that was saved."""

    def empty(self, dimension: int) -> VectorIndex:
        """An index without rows. Raises AcceleratorUnavailable where the kind needs what the machine has not."""

    def load(self, directory: Path) -> tuple[VectorIndex, Saved]:
        """The newest index saved in `directory`, and what was saved with it.

        Raises FileNotFoundError if there is none, IndexCorrupt if it is damaged or of another version,
        StorageUnavailable if it cannot be read, AcceleratorUnavailable as `empty` does.
        """
