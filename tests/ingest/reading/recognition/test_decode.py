from __future__ import annotations

import numpy as np
import pytest

from ingest.reading.recognition import labels
from ingest.reading.recognition.decode import OUTSIDE, SHARED, decode, shared
from ingest.reading.recognition.recognizer import Span
from ingest.reading.recognition.tokens import COLUMNS, Window

TYPES = ("Chemical", "Disease")
MOVES = labels.transitions(5)


def window(offsets: list[tuple[int, int]], keep: tuple[int, int] | None = None) -> Window:
    count = len(offsets)
    return Window(
        ids=np.zeros(count + 2, np.int64),
        features=np.zeros((count + 2, COLUMNS), np.uint8),
        first=np.arange(1, count + 1),
        last=np.arange(1, count + 1),
        offsets=np.array(offsets, np.int32),
        keep=keep or (0, count),
    )


def scores(*columns: int) -> labels.Scores:
    """Five for one label of each word, nothing for the others."""
    return np.array([[5.0 if at == column else 0.0 for at in range(5)] for column in columns], np.float32)


def test_labels_become_spans_with_the_least_certainty_of_their_words() -> None:
    text = "lung cancer aspirin"
    emissions = scores(3, 4, 1)
    emissions[1, 4] = 3.0
    spans = decode(text, [(window([(0, 4), (5, 11), (12, 19)]), emissions)], MOVES, TYPES)
    assert [(s.start, s.end, s.label) for s in spans] == [(0, 11, "Disease"), (12, 19, "Chemical")]
    weights = np.exp([3.0, OUTSIDE, 0, 0, 0])
    sure = (weights[0] + weights[2]) / weights.sum()  # as I- or as B- of its type
    assert spans[0].score == pytest.approx(sure, abs=1e-3)


def test_of_two_windows_each_word_counts_once() -> None:
    text = "aspirin aspirin aspirin"
    places = [(0, 7), (8, 15), (16, 23)]
    first, second = window(places[:2], (0, 2)), window(places[1:], (1, 2))
    spans = decode(text, [(first, scores(1, 1)), (second, scores(1, 1))], MOVES, TYPES)
    assert [(s.start, s.end) for s in spans] == places
    assert decode("", [], MOVES, TYPES) == list[Span]()


def test_places_of_a_word_draw_towards_one_another() -> None:
    text = "gout x Gout"
    emissions = np.zeros((3, 5), np.float32)
    emissions[0, 3], emissions[1, 3] = 4.0, 1.0
    ((_, after),) = shared(text, [(window([(0, 4), (5, 6), (7, 11)]), emissions.copy())])
    assert after[:, 3] == pytest.approx([4 - SHARED * 2, 1, SHARED * 2])
    assert after[:, 0] == pytest.approx([OUTSIDE] * 3)
