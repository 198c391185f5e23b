"""The VectorIndex protocol: keys and vectors, searched by cosine; and the VectorIndexes that make and load them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Protocol

from retrieval.encoder import Vectors
from retrieval.index_choice import Choice
from retrieval.key_rows import Keys as Keys
from retrieval.saved_index import Saved

Batches = Callable[[], Iterator[tuple[Keys, Vectors]]]
"""Gives all keys with their vectors, in batches, as often as it is called."""
Record = Callable[[Keys], tuple[Keys, Vectors]]
"""Gives the vectors of record of those of these keys that there are, in any order."""


class VectorIndex(Protocol):
    """An index of unit vectors under int64 keys. Any number of threads search while one writes.

    Vectors of another dimension than the index was made for raise EncoderMismatch, wherever they are given.
    """

    @property
    def choice(self) -> Choice:
        """The kind of index it is, and why."""

    @property
    def outgrown(self) -> bool:
        """Whether one made anew, by `VectorIndexes.made`, would fit better what it holds: it has grown too long, or so
        much was removed. It answers truly all the same."""

    def __len__(self) -> int:
        """How many keys there are."""

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Add rows, `vectors` of shape (len(keys), d). A key that is there is replaced; of one given twice, the last
        counts."""

    def remove(self, keys: Keys) -> int:
        """Remove rows; unknown keys are ignored. Returns how many were there."""

    def search(self, vector: Vectors, k: int, allowed: Keys | Collection[int] | None = None) -> list[tuple[int, float]]:
        """The `k` best (key, cosine), best first, ties by key; fewer where there are fewer. `vector` has shape (d,).

        `allowed` restricts the search to these keys; those that are not there are ignored. An array that cannot be
        written (`flags.writeable` is False) costs nothing when it comes again. A large index may miss some of the
        best; it never gives a key that is not there, or not allowed.
        """

    def save(self, directory: Path, *, encoder: str, sequence: int, store: str) -> None:
        """Replace the index saved in `directory` atomically, one generation higher.

        The encoder's name, the dimension and `sequence` (the last change of the passage store of identity `store` that
        the index holds) are saved with it. Raises StorageFull or StorageUnavailable, and then the former generation
        is intact.
        """


class VectorIndexes(Protocol):
    """What makes indexes of the kind that fits, and loads those that were saved."""

    def empty(self, dimension: int) -> VectorIndex:
        """An exact index without rows. Raises AcceleratorUnavailable where the machine has not what is asked for."""

    def roomy(self, count: int, dimension: int) -> bool:
        """Whether an exact index of so many rows may be held, until one that fits is made."""

    def made(
        self, count: int, dimension: int, batches: Batches, stopped: Callable[[], bool] = lambda: False
    ) -> VectorIndex | None:
        """An index of the kind that fits `count` rows, trained on some of them and filled with all.

        Takes minutes where they are millions. None if `stopped` said so meanwhile.
        """

    def load(self, directory: Path) -> tuple[VectorIndex, Saved]:
        """The newest index saved in `directory`, and what was saved with it.

        Raises FileNotFoundError if there is none, IndexCorrupt if it is damaged or of another version,
        StorageUnavailable if it cannot be read, AcceleratorUnavailable as `empty` does.
        """
