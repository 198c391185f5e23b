"""The arithmetic of a differential: pure numpy over the columns of a matrix."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.differential.matrix import DISEASES, Column, Indices

UNKNOWN = math.log(DISEASES / 100)
"""What a finding weighs that no disease in the graph has: as much as one that a hundred have."""
WIDER = 0.9
"""What is left of the information content of a parent that a disease has in place of the finding."""
_PRESENCE_OF_ABSENT, _ABSENCE_OF_PRESENT = 0.01, 1.0
# Set on 200 of the published cases of phenopackets_dev: most diseases lack some of their findings in most patients, so
# that a heavier weight for what is absent (0.5) halves the cases in which the diagnosis comes first.


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores over the diseases that have any of what is asked: `diseases` are their numbers in the matrix, by the first
    column that names them and then by id; `values` are 1.0 where everything asked is explained."""

    diseases: Indices
    values: NDArray[np.float64]


def score(
    asked: Sequence[Column | None], wider: Sequence[Sequence[Column]], denied: Sequence[Column | None]
) -> Scores | None:
    """The scores of diseases by the columns of what is asked as present, of the parents of each, and of what is asked
    as absent; None where nobody has anything asked."""
    columns = [column for column in (*asked, *denied, *(c for above in wider for c in above)) if column is not None]
    diseases, place = _diseases(columns)
    total, possible, unknown = np.zeros(len(diseases)), 0.0, 0.0
    for column, above in zip(asked, wider, strict=True):
        if column is None:
            unknown += UNKNOWN
            continue
        possible += column.content
        shared = np.zeros(len(diseases))
        for parent in above:
            np.maximum.at(shared, place[parent.having], min(parent.content, column.content) * WIDER)
        shared[place[column.having]] = column.content
        shared[place[column.denying]] = -_ABSENCE_OF_PRESENT * column.content
        total += shared
    if possible == 0:
        return None
    for column in denied:
        if column is not None:
            total[place[column.having]] -= _PRESENCE_OF_ABSENT * column.content
    return Scores(diseases, total / (possible + unknown))


def _diseases(columns: Sequence[Column]) -> tuple[Indices, Indices]:
    """The diseases of these columns, in order of first appearance, and the place of each by its number."""
    if not columns:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    numbers, first = np.unique(np.concatenate([column.diseases for column in columns]), return_index=True)
    diseases = numbers[np.argsort(first)]
    place = np.zeros(int(numbers[-1]) + 1, np.int64)
    place[diseases] = np.arange(len(diseases))
    return diseases, place
