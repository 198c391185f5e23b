"""What is said of mentions that both sides mark: polarity, certainty, experiencer.

The figure that matters most is how often something denied, doubted or said of somebody else is taken for a fact.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from ingest.evaluation.corpus import Annotated, Mark

COLUMNS = ("compared", "polarity", "certainty", "experiencer", "all", "unasserted", "false_affirmed")
"""`compared` mentions; how many of them are right in each, and in all; how many are not affirmed as certain of the
patient by the gold annotation, and how many of those are so by the other."""

_ASSERTED = ("affirmed", "certain", "patient")


def said(gold: Mapping[str, Annotated], pred: Mapping[str, Annotated], types: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Counts of shape (documents, 7), its columns `COLUMNS`, in the order of `gold`'s sorted ids.

    A mention is compared where both sides mark it, with all three.
    """
    values = np.zeros((len(gold), len(COLUMNS)), dtype=np.int64)
    for row, id in enumerate(sorted(gold)):
        there = {mark.span: mark for mark in pred[id].marks} if id in pred else {}
        for mark in gold[id].marks:
            other = there.get(mark.span)
            if mark.type in types and other is not None:
                values[row] += _of(_said(mark), _said(other))
    return values


def _said(mark: Mark) -> tuple[str | None, str | None, str | None]:
    return mark.polarity, mark.certainty, mark.experiencer


def _of(gold: tuple[str | None, ...], pred: tuple[str | None, ...]) -> tuple[int, ...]:
    if None in gold or None in pred:
        return (0,) * len(COLUMNS)
    right = [one == other for one, other in zip(gold, pred, strict=True)]
    unasserted = gold != _ASSERTED
    return (1, *right, all(right), unasserted, unasserted and pred == _ASSERTED)
