"""The vectors of one family of languages, as an index follows them."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.encoder import Vectors
from retrieval.families import Family
from retrieval.index import Keys
from retrieval.passages import Changes, PassageStore


class FamilyVectors:
    """What a store has of one family: everything else is as it was not there. See `PassageStore` of each method.

    The log of changes is one for all families. It is cut off for `rest`, whose index is saved last: the index of
    another family that stands further back is made anew from the vectors.
    """

    def __init__(self, passages: PassageStore, family: Family) -> None:
        self._passages, self._family = passages, family

    def identity(self) -> str:
        return self._passages.identity()

    def encoder(self) -> tuple[str, int] | None:
        return self._passages.encoder()

    def sequence(self) -> int:
        return self._passages.sequence()

    def counts(self) -> tuple[int, int, int]:
        """Documents and passages of all families, vectors of this one."""
        documents, passages, _ = self._passages.counts()
        return documents, passages, self._passages.families().get(self._family, 0)

    def changes(self, after: int, limit: int = 50_000) -> Changes | None:
        return self._passages.changes(after, limit, family=self._family)

    def vectors(self, batch: int = 20_000) -> Iterator[tuple[Keys, Vectors]]:
        return self._passages.vectors(batch, family=self._family)

    def truncate(self, sequence: int) -> None:
        if self._family == "rest":
            self._passages.truncate(sequence)
