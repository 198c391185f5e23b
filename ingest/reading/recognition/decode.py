"""From a network's emissions to the spans of a text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.reading.recognition import labels
from ingest.reading.recognition.recognizer import Span
from ingest.reading.recognition.tokens import Window

SHARED = 0.4
"""How far the places of a word in a text draw towards what the network says of all of them together: what a text calls
by a name in one place it calls so in another. Chosen on the development sets of three corpora, as is `OUTSIDE`."""
OUTSIDE = 0.3
"""Added to the score of `O`: the network alone is readier to name something than its readers would be."""


def decode(
    text: str, kept: Sequence[tuple[Window, labels.Scores]], moves: labels.Scores, types: Sequence[str]
) -> list[Span]:
    """The spans of `text` from its windows and their emissions (words, labels); a score is the least of its words."""
    spans: list[Span] = []
    for at, (window, emissions) in enumerate(shared(text, kept)):
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
                if not spans or spans[-1].end <= start:
                    spans.append(Span(start, end, types[kind], round(certainty, 4)))
    return spans


def shared(text: str, kept: Sequence[tuple[Window, labels.Scores]]) -> list[tuple[Window, labels.Scores]]:
    """The windows with emissions in which the places of each word agree more than they did."""
    if not kept:
        return []
    emissions = np.concatenate([scores for _, scores in kept]).astype(np.float32)
    numbers: dict[str, int] = {}
    word = np.empty(len(emissions), np.int64)
    at = 0
    for window, _ in kept:
        for start, end in window.offsets.tolist():
            surface = text[start:end].lower()
            # A mark or a single letter means something else in every place.
            single = len(surface) < 2 or not any(c.isalpha() for c in surface)
            word[at] = -1 if single else numbers.setdefault(surface, len(numbers))
            at += 1
    shares = word >= 0
    if shares.any():
        total = np.zeros((len(numbers), emissions.shape[1]), np.float32)
        np.add.at(total, word[shares], emissions[shares])
        mean = total / np.bincount(word[shares], minlength=len(numbers))[:, None]
        emissions[shares] += SHARED * (mean[word[shares]] - emissions[shares])
    emissions[:, 0] += OUTSIDE
    cuts = np.cumsum([len(scores) for _, scores in kept])[:-1]
    return [(window, part) for (window, _), part in zip(kept, np.split(emissions, cuts), strict=True)]
