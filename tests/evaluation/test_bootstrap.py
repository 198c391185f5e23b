"""Intervals: they hold the figure, shrink with more documents, and are the ones of a plain bootstrap."""

from __future__ import annotations

import random

import numpy as np
import pytest

from evaluation.bootstrap import interval, resample


def counts(documents: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.integers(0, 12, (documents, 3)).astype(np.int64)


def f1(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    tp, fp, fn = sums.T
    return 2 * tp, 2 * tp + fp + fn


def test_the_interval_holds_the_figure_and_shrinks_with_documents() -> None:
    widths = []
    for documents in (20, 200, 2000):
        values = counts(documents)
        found = interval(*f1(resample(values, 1000, 0)))
        assert found is not None
        part, whole = f1(values.sum(axis=0)[None].astype(float))
        assert found[0] < part[0] / whole[0] < found[1]
        widths.append(found[1] - found[0])
    # The width falls with the square root of the number of documents.
    assert widths[0] / widths[1] == pytest.approx(10**0.5, rel=0.35)
    assert widths[1] / widths[2] == pytest.approx(10**0.5, rel=0.35)


def test_it_is_the_interval_of_a_plain_bootstrap() -> None:
    values = counts(60).tolist()
    draw = random.Random(5)
    ratios = []
    for _ in range(4000):
        drawn = [draw.choice(values) for _ in values]
        tp, fp, fn = (sum(row[at] for row in drawn) for at in range(3))
        ratios.append(2 * tp / (2 * tp + fp + fn))
    ratios.sort()
    found = interval(*f1(resample(np.array(values), 4000, 1)))
    assert found == pytest.approx((ratios[100], ratios[3900]), abs=0.006)


def test_every_draw_has_as_many_documents_and_the_seed_fixes_it() -> None:
    sums = resample(np.ones((37, 2, 3), dtype=np.int64), 130, 3)
    assert sums.shape == (130, 2, 3)
    assert (sums == 37).all()
    values = counts(50)
    assert (resample(values, 100, 4) == resample(values, 100, 4)).all()
    assert (resample(values, 100, 4) != resample(values, 100, 5)).any()


def test_a_ratio_without_a_denominator_has_no_interval() -> None:
    assert interval(np.zeros(10), np.zeros(10)) is None
    assert interval(np.array([0.0, 1.0]), np.array([0.0, 2.0])) == (0.5, 0.5)
    assert (resample(np.zeros((0, 3), dtype=np.int64), 5, 0) == 0).all()
