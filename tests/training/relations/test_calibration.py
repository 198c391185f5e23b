from __future__ import annotations

import numpy as np
import pytest

from ingest.reading.relations.calibration import probability
from training.relations.calibration import platt, reliability, sharpness
from training.relations.score import calibration_error


def test_platt_finds_what_made_the_labels() -> None:
    generator = np.random.default_rng(1)
    logits = generator.normal(0, 3, 40_000).astype(np.float32)
    right = generator.random(40_000) < probability(logits, 0.5, -1.0)
    slope, offset = platt(logits, right)
    assert slope == pytest.approx(0.5, abs=0.03)
    assert offset == pytest.approx(-1.0, abs=0.05)
    assert calibration_error(probability(logits, slope, offset), right) < 0.01
    assert calibration_error(probability(logits, 1.0, 0.0), right) > 0.05


def test_platt_stays_finite_where_the_classes_lie_apart() -> None:
    logits = np.array([-5, -4, -3, 3, 4, 5], np.float32)
    slope, offset = platt(logits, logits > 0)
    assert 0 < slope < 5
    assert abs(offset) < 1


def test_types_are_sharpened_or_softened() -> None:
    generator = np.random.default_rng(2)
    types = generator.normal(0, 3, (4_000, 4)).astype(np.float32)
    # Made by half of the logits: said twice too boldly.
    soft = np.exp(types / 2) / np.exp(types / 2).sum(1, keepdims=True)
    right = np.array([generator.choice(4, p=row / row.sum()) for row in soft.astype(np.float64)])
    assert sharpness(types, right) == pytest.approx(0.5, abs=0.06)


def test_the_picture_says_what_each_bar_stands_for() -> None:
    picture = reliability({"A & B": (np.array([0.05, 0.95, 0.99], np.float32), np.array([False, True, True]))})
    assert picture.startswith("<svg")
    assert "0.97 said, 1.00 right, 2 pairs" in picture
    assert "A &amp; B (n = 3)" in picture
