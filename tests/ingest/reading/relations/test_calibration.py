from __future__ import annotations

import numpy as np
import pytest

from ingest.reading.relations import labels
from ingest.reading.relations.calibration import Reading, confidences, probability


def test_a_confidence_never_overflows() -> None:
    said = probability(np.array([-1e9, 0, 1e9], np.float32), 1.0, 0.0)
    assert said.tolist() == [0.0, 0.5, 1.0]


def test_the_confidence_of_a_typed_relation_is_that_of_both() -> None:
    logits = np.full((1, len(labels.OUTPUTS)), -30, np.float32)
    logits[0, labels.RELATED] = 0
    logits[0, labels.TYPES][:2] = 5
    readings = dict.fromkeys(labels.QUESTIONS, Reading(1.0, 0.0, 0.0, 0.0))
    sure = confidences(logits, readings, 1.0)
    assert sure["related"][0] == pytest.approx(0.25, abs=1e-3)
    assert sure["CID"][0] < 1e-6
