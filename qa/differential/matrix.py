"""What is kept of the graph for ranking: who has which finding, never changed once made.

A column says who has a finding or a more specific one. A whole matrix over HPO takes
seconds to read and most of it is never asked for, so a matrix holds what has been read so far; more makes a new one.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")

Indices = NDArray[np.int64]
"""Numbers of diseases in one matrix."""

DISEASES = 12_600
"""The "all diseases" of the information content: about as many as HPO annotates. Only the scale depends on it, and
counting anew for every question costs more than the rest of it."""


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has a finding or a more specific one, and who is stated not to: ids of diseases as the graph has them."""

    having: Collection[str]
    denying: Collection[str]


@dataclass(frozen=True, slots=True)
class Column:
    """The same as numbers: `having` and `denying` ascending, `diseases` both together by id. `content` is the finding's
    information content."""

    having: Indices
    denying: Indices
    diseases: Indices
    content: float

    def holds(self, disease: int) -> bool:
        """Whether the disease of this number has it."""
        position = int(np.searchsorted(self.having, disease))
        return position < len(self.having) and int(self.having[position]) == disease


Ids = tuple[str, ...]
"""The ids that one finding of a question may mean."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """What has been read for one version of the graph and one set of labels. `None` as a column: nobody has it, or, of
    a parent, it is too common to count."""

    diseases: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[Ids, Column | None] = field(default_factory=dict)
    closures: Mapping[Ids, frozenset[str]] = field(default_factory=dict)
    parents: Mapping[Ids, Ids] = field(default_factory=dict)
    wider: Mapping[str, Column | None] = field(default_factory=dict)
    """The columns of parents, by their id."""
    annotated: Mapping[int, int] = field(default_factory=dict)
    """How many findings are stated of a disease."""
    frequencies: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    """How often each finding of a disease is to be expected, by the finding's id."""
    lineage: object = field(default_factory=object, repr=False)
    """The same in all that one matrix has grown into: in all of them a number means the same disease."""

    def with_columns(self, holders: Mapping[Ids, Holders | None], closures: Mapping[Ids, frozenset[str]]) -> Matrix:
        """A matrix with these columns, too."""
        numbered = self._numbered(holders.values())
        columns = {ids: _column(held, numbered.numbers) for ids, held in holders.items()}
        return replace(numbered, columns={**self.columns, **columns}, closures={**self.closures, **closures})

    def with_parents(self, parents: Mapping[Ids, Ids], holders: Mapping[str, Holders | None]) -> Matrix:
        """A matrix with these parents and their columns, too."""
        numbered = self._numbered(holders.values())
        columns = {parent: _column(held, numbered.numbers) for parent, held in holders.items()}
        return replace(numbered, parents={**self.parents, **parents}, wider={**self.wider, **columns})

    def with_annotated(self, counts: Mapping[str, int]) -> Matrix:
        """A matrix that knows of these diseases how many findings are stated of them, too."""
        return replace(self, annotated={**self.annotated, **self._by_number(counts)})

    def with_frequencies(self, frequencies: Mapping[str, Mapping[str, float]]) -> Matrix:
        """A matrix that knows of these diseases how often their findings are to be expected, too."""
        return replace(self, frequencies={**self.frequencies, **self._by_number(frequencies)})

    def _by_number(self, by_id: Mapping[str, T]) -> dict[int, T]:
        return {self.numbers[disease]: value for disease, value in by_id.items()}

    def _numbered(self, holders: Iterable[Holders | None]) -> Matrix:
        """A matrix in which all of these diseases have a number; those that had one keep it."""
        new = sorted({id for held in holders if held for id in (*held.having, *held.denying) if id not in self.numbers})
        if not new:
            return self
        return replace(
            self,
            diseases=(*self.diseases, *new),
            numbers={**self.numbers, **{id: number for number, id in enumerate(new, len(self.numbers))}},
        )


def _column(held: Holders | None, numbers: Mapping[str, int]) -> Column | None:
    if held is None:
        return None
    content = -math.log(min(1.0, max(len(held.having), 1) / DISEASES))
    return Column(
        having=np.array(sorted(numbers[id] for id in held.having), np.int64),
        denying=np.array(sorted(numbers[id] for id in held.denying), np.int64),
        diseases=np.array([numbers[id] for id in sorted({*held.having, *held.denying})], np.int64),
        content=max(content, 0.01),
    )
