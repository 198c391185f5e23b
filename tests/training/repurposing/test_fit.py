"""The model learns what is there to be learnt, and says how sure it is among all pairs."""

from __future__ import annotations

import numpy as np
import pytest

from qa.drugs.repurpose.metapaths import parse, written
from training.repurposing.features import Features
from training.repurposing.fit import fit, scores

pytestmark = pytest.mark.model

PATHS = [parse("CbGaD"), parse("CrCtD"), parse("CtDrD")]


def made(pairs: int = 400) -> tuple[Features, np.ndarray]:
    draw = np.random.default_rng(1)
    stated = draw.random(pairs) < 0.3
    counts = np.column_stack(
        [stated * draw.random(pairs) + 0.1 * draw.random(pairs), draw.random(pairs), np.zeros(pairs)]
    )
    return Features(counts, draw.integers(0, 3, pairs).astype(float), np.zeros(pairs)), stated


def test_what_tells_gets_a_weight_and_what_does_not_gets_none() -> None:
    features, stated = made()
    model = fit("C", PATHS, features, stated, strength=0.05)
    weights = {written(kind.metapath): kind.coefficient for kind in model.kinds}
    assert weights["CbGaD"] > 0
    assert abs(weights.get("CrCtD", 0.0)) < weights["CbGaD"] / 5
    assert "CtDrD" not in weights  # there are none of it
    score = scores(model, PATHS, features)
    assert score[stated].mean() > score[~stated].mean() + 0.3
    assert score.mean() == pytest.approx(stated.mean(), abs=0.05)


def test_pairs_that_were_left_out_lower_the_probabilities() -> None:
    features, stated = made()
    all_there = scores(fit("C", PATHS, features, stated), PATHS, features)
    tenth = scores(fit("C", PATHS, features, stated, share=0.1), PATHS, features)
    odds = all_there / (1 - all_there), tenth / (1 - tenth)
    assert odds[1] == pytest.approx(odds[0] / 10)


def test_without_popularity_it_has_no_weight() -> None:
    features, stated = made()
    assert fit("C", PATHS, features, stated, popular=False).popularity == 0
