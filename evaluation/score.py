"""Strict precision, recall and F1: what was found counts where it is the same as what was annotated, in every part.

For mentions that is the same document, the same offsets and the same type, each counted once (the convention of
BioCreative V CDR, https://doi.org/10.1093/database/baw032). The same arithmetic serves sets of concepts and pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=Hashable)

MICRO = "micro"
"""Where the score over all types together stands in a result."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts, and the ratios that follow from them, each between 0 and 1. A ratio without a denominator is 0."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall: 2 tp / (2 tp + fp + fn)."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts document by document, which is what a bootstrap over documents draws from.

    `values` has the shape (documents, types, 3): true positives, false positives, false negatives. `documents` and
    `types` are sorted.
    """

    documents: tuple[str, ...]
    types: tuple[str, ...]
    values: npt.NDArray[np.int64]

    def scores(self) -> dict[str, Score]:
        """A Score a type, and that over all types under `MICRO`, which stands last."""
        by_type = self.values.sum(axis=0)
        made = {type: Score(*(int(n) for n in row)) for type, row in zip(self.types, by_type, strict=True)}
        return made | {MICRO: sum(made.values(), Score())}


def count(
    gold: Mapping[str, AbstractSet[T]],
    pred: Mapping[str, AbstractSet[T]],
    type_of: Callable[[T], str],
    types: Sequence[str] = (),
) -> Counts:
    """Count what two annotations of the same documents share and what only one has.

    A document that one side lacks is one in which that side annotates nothing. `types` have a row even where nothing
    is of them.
    """
    documents = sorted({*gold, *pred})
    pairs = [(gold.get(id, frozenset()), pred.get(id, frozenset())) for id in documents]
    names = sorted({*types, *(type_of(item) for pair in pairs for side in pair for item in side)})
    column = {name: at for at, name in enumerate(names)}
    rows: list[list[int]] = []
    for wanted, found in pairs:
        row = [0] * (3 * len(names))
        for at, items in enumerate((wanted & found, found - wanted, wanted - found)):
            for item in items:
                row[3 * column[type_of(item)] + at] += 1
        rows.append(row)
    values = np.array(rows, dtype=np.int64).reshape(len(documents), len(names), 3)
    return Counts(tuple(documents), tuple(names), values)


def score(
    gold: Mapping[str, AbstractSet[tuple[int, int, str]]], pred: Mapping[str, AbstractSet[tuple[int, int, str]]]
) -> dict[str, Score]:
    """Strict scores of mentions by type, and over all types under `micro`.

    Both sides give, by document id, the set of `(start, end, type)`. A document that one side lacks is one in which
    that side has no mention.
    """
    return count(gold, pred, lambda mention: mention[2]).scores()
