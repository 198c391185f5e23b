from __future__ import annotations

import numpy as np
import pytest

from training.relations.forest import grow, unseen


@pytest.mark.model
def test_it_says_what_scikit_learn_says() -> None:
    pytest.importorskip("sklearn")
    from sklearn.ensemble import HistGradientBoostingClassifier

    generator = np.random.default_rng(5)
    rows = generator.normal(size=(600, 7)).astype(np.float32)
    rows[:, 3] = rows[:, 3] > 0
    wanted = rows[:, 0] * (2 * rows[:, 3] - 1) + 0.3 * generator.normal(size=600) > 0
    model = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=20, l2_regularization=5.0,
        max_features=0.3, early_stopping=False, random_state=3,
    )  # fmt: skip
    expected = model.fit(rows, wanted).decision_function(rows)
    assert np.allclose(grow(rows, wanted, 3).logits(rows), expected, atol=1e-4)
    guessed = unseen(rows, wanted, np.arange(600) // 4, 3)
    assert 0.75 < ((guessed > 0) == wanted).mean() < 1
