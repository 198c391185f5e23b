"""Labels of words (IOB2) and the best sequence of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def names(types: Sequence[str]) -> list[str]:
    """`O`, then `B-` and `I-` of each type: the order of a network's columns."""
    return ["O", *(f"{mark}-{kind}" for kind in types for mark in "BI")]


def transitions(count: int) -> Scores:
    """0 where a label may follow another, -inf where not: `I-X` follows only `B-X` or `I-X`. Shape (labels, labels)."""
    allowed = np.zeros((count, count), np.float32)
    for inside in range(2, count, 2):
        allowed[:, inside] = -np.inf
        allowed[inside - 1, inside] = allowed[inside, inside] = 0.0
    return allowed


def viterbi(scores: Scores, moves: Scores) -> list[int]:
    """The label sequence of the highest sum of `scores` (words, labels) and `moves` (from, to).

    `moves` holds -inf for what may not follow; no sequence begins with an `I-`.
    """
    count, width = scores.shape
    if not count:
        return []
    best = scores[0] + moves[0]  # what may follow `O` may begin
    back = np.empty((count, width), np.int64)
    into = np.ascontiguousarray(moves.T)
    paths = np.empty_like(into, np.float32)
    rows = np.arange(width) * width
    for at in range(1, count):
        np.add(into, best, out=paths)
        paths.argmax(1, out=back[at])
        best = paths.ravel().take(back[at] + rows) + scores[at]
    path = [int(best.argmax())]
    for before in back[:0:-1].tolist():
        path.append(before[path[-1]])
    return path[::-1]


def runs(path: Sequence[int]) -> list[tuple[int, int, int]]:
    """The (first word, word after the last, index of the type) of each entity on a path."""
    entities: list[tuple[int, int, int]] = []
    start = -1
    for at, label in enumerate([*path, 0]):
        if start >= 0 and (label == 0 or label % 2 == 1):
            entities.append((start, at, (path[start] - 1) // 2))
            start = -1
        if label % 2 == 1:
            start = at
    return entities
