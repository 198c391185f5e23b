"""What is said of mentions that both sides mark: polarity, certainty, experiencer.

The figure that matters most is how often something denied, doubted or said of somebody else is taken for a fact.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from evaluation.corpora.annotated import Annotated

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
        wanted = _said(gold[id], types)
        found = _said(pred[id], types) if wanted and id in pred else {}
        for span in wanted.keys() & found.keys():
            values[row] += _of(wanted[span], found[span])
    return values


def _said(document: Annotated, types: tuple[str, ...]) -> dict[tuple[int, int, str], tuple[str, str, str]]:
    """What is said of the mentions of which all three are said, by place."""
    return {
        mark.span: (mark.polarity, mark.certainty, mark.experiencer)
        for mark in document.marks
        if mark.type in types and mark.polarity and mark.certainty and mark.experiencer
    }


def _of(gold: tuple[str, str, str], pred: tuple[str, str, str]) -> tuple[int, ...]:
    right = [one == other for one, other in zip(gold, pred, strict=True)]
    unasserted = gold != _ASSERTED
    return (1, *right, all(right), unasserted, unasserted and pred == _ASSERTED)
