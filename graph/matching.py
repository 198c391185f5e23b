"""How the entities that a text may name are ranked, whichever way a store has come upon their names."""

from __future__ import annotations

from collections.abc import Sequence

from text.names import normalise

CANDIDATES = 200
"""How many results of a full-text search are compared with the text."""
WHOLE = 2.0
"""The score of an entity that bears just this name; one that shares words with it has at most 1."""


class Ranking:
    """Collects the names that a store has found, and keeps the best of each entity."""

    def __init__(self, text: str, limit: int) -> None:
        self.norm = normalise(text)
        self.words = self.norm.split()
        """Letters and digits only, so that none is syntax to a full-text search."""
        self._limit = limit if self.norm else 0
        self._best: dict[str, tuple[float, str]] = {}

    @property
    def full(self) -> bool:
        """Whether there are as many entities as are wanted."""
        return len(self._best) >= self._limit

    def whole(self, entity: str, name: str) -> None:
        """The entity bears the whole name."""
        self._add(entity, WHOLE, name)

    def partly(self, entity: str, norm: str, name: str) -> None:
        """The entity bears a name, normalised to `norm`, that may have words in common with the text."""
        share = dice(self.words, norm.split())
        if share:
            self._add(entity, share, name)

    def best(self) -> list[tuple[str, str, float]]:
        """As many as are wanted of (entity id, name, score), best first, then by id."""
        ranked = sorted(self._best.items(), key=lambda item: (-item[1][0], item[0]))
        return [(id, name, score) for id, (score, name) in ranked[: self._limit]]

    def _add(self, entity: str, score: float, name: str) -> None:
        former = self._best.get(entity)
        if former is None or (-score, name) < (-former[0], former[1]):
            self._best[entity] = score, name


def dice(one: Sequence[str], other: Sequence[str]) -> float:
    """Twice the tokens in common over all tokens (Dice, 1945), counting repetitions."""
    left = list(other)
    common = 0
    for token in one:
        if token in left:
            left.remove(token)
            common += 1
    return 2 * common / (len(one) + len(other))
