from __future__ import annotations

import numpy as np
import pytest

from ingest.reading.relations import labels
from ingest.reading.relations.calibration import Reading, confidences, probability
from training.relations.calibration import platt, reliability, sharpness
from training.relations.score import at, best, calibration_error, precise


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


def test_a_confidence_never_overflows() -> None:
    said = probability(np.array([-1e9, 0, 1e9], np.float32), 1.0, 0.0)
    assert said.tolist() == [0.0, 0.5, 1.0]


def test_types_are_sharpened_or_softened() -> None:
    generator = np.random.default_rng(2)
    types = generator.normal(0, 3, (4_000, 4)).astype(np.float32)
    # Made by half of the logits: said twice too boldly.
    soft = np.exp(types / 2) / np.exp(types / 2).sum(1, keepdims=True)
    right = np.array([generator.choice(4, p=row / row.sum()) for row in soft.astype(np.float64)])
    assert sharpness(types, right) == pytest.approx(0.5, abs=0.06)


def test_the_confidence_of_a_typed_relation_is_that_of_both() -> None:
    logits = np.full((1, len(labels.OUTPUTS)), -30, np.float32)
    logits[0, labels.RELATED] = 0
    logits[0, labels.TYPES][:2] = 5
    readings = dict.fromkeys(labels.QUESTIONS, Reading(1.0, 0.0, 0.0, 0.0))
    sure = confidences(logits, readings, 1.0)
    assert sure["related"][0] == pytest.approx(0.25, abs=1e-3)
    assert sure["CID"][0] < 1e-6


def test_thresholds() -> None:
    logits = np.array([4, 3, 2, 1, 0, -1], np.float32)
    gold = np.array([True, True, False, True, False, False])
    assert best(logits, gold).f1 == pytest.approx(6 / 7)
    assert best(logits, gold, missed=3).recall == pytest.approx(0.5)
    assert precise(logits, gold, 1.0).recall == pytest.approx(2 / 3)
    assert precise(logits, gold, 0.7).recall == 1.0
    assert at(1.5, logits, gold).precision == pytest.approx(2 / 3)
    # Where nothing is precise enough, next to nothing is a fact.
    assert precise(logits, ~gold, 0.9).recall == 0


def test_the_picture_says_what_each_bar_stands_for() -> None:
    picture = reliability({"A & B": (np.array([0.05, 0.95, 0.99], np.float32), np.array([False, True, True]))})
    assert picture.startswith("<svg")
    assert "0.97 said, 1.00 right, 2 pairs" in picture
    assert "A &amp; B (n = 3)" in picture
