"""From a network's emissions to the spans of a text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest import labels
from ingest.recognizer import Span
from ingest.tokens import Window


def decode(kept: Sequence[tuple[Window, labels.Scores]], moves: labels.Scores, types: Sequence[str]) -> list[Span]:
    """The spans of a text from its windows and their emissions (words, labels); the score is the least of its words."""
    found: list[Span] = []
    for at, (window, emissions) in enumerate(kept):
        path = labels.viterbi(emissions, moves)
        # A window counts up to where the next one begins to.
        stop = len(path)
        if at + 1 < len(kept):
            following = kept[at + 1][0]
            edge = following.offsets[following.keep[0], 0]
            stop = int(np.searchsorted(window.offsets[:, 0], edge))
        weights = np.exp(emissions - emissions.max(1, keepdims=True))
        sure = weights / weights.sum(1, keepdims=True)
        for first, last, kind in labels.runs(path):
            if window.keep[0] <= first < stop:
                certainty = float(sure[first:last, 2 * kind + 1 : 2 * kind + 3].sum(1).min())
                start, end = int(window.offsets[first, 0]), int(window.offsets[last - 1, 1])
                if not found or found[-1].end <= start:
                    found.append(Span(start, end, types[kind], round(certainty, 4)))
    return found
