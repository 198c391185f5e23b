"""The VectorIndex protocol: keys and vectors, searched by cosine."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.encoder import Vectors

Keys = NDArray[np.int64]


class VectorIndex(Protocol):
    """An in-memory index of unit vectors under int64 keys. Safe to search from several threads while one writes."""

    @property
    def dimension(self) -> int: ...

    def __len__(self) -> int: ...

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Add rows; a key that is there already is replaced."""

    def remove(self, keys: Keys) -> int:
        """Remove rows; unknown keys are ignored. Returns how many were there."""

    def search(self, vector: Vectors, k: int, allowed: Collection[int] | None = None) -> list[tuple[int, float]]:
        """The `k` best (key, cosine), best first, ties by key; fewer where there are fewer. `vector` has shape (d,).

        `allowed` restricts the search to these keys."""

    def save(self, directory: Path, *, encoder: str, sequence: int) -> None:
        """Replace the index saved in `directory` atomically, one generation higher. The encoder's name, the dimension
        and `sequence` (the last change of the passage store that it holds) are saved with it. Raises StorageFull, and
        then the former generation is intact."""
