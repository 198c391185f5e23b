from __future__ import annotations

import numpy as np
import pytest

from ingest.reading.relations.forest import Forest


def small() -> Forest:
    # One tree asks column 1, then column 0; the other is a single leaf.
    return Forest(
        column=np.array([[1, 0, 0, 0, 0], [0, 0, 0, 0, 0]], np.int16),
        threshold=np.array([[0.5, 2.0, 0, 0, 0], [0, 0, 0, 0, 0]], np.float32),
        left=np.array([[1, 3, 2, 3, 4], [0, 1, 2, 3, 4]], np.int16),
        right=np.array([[2, 4, 2, 3, 4], [0, 1, 2, 3, 4]], np.int16),
        value=np.array([[0, 0, 1.0, 10.0, 100.0], [0.25, 0, 0, 0, 0]], np.float32),
        start=-1.0,
        depth=2,
    )


ROWS = np.array([[2.0, 0.5], [2.1, 0.5], [0.0, 0.6]], np.float32)


def test_each_row_goes_its_way_and_what_is_equal_goes_left() -> None:
    assert small().logits(ROWS).tolist() == [9.25, 99.25, 0.25]


def test_arrays_make_the_same_forest_again() -> None:
    again = Forest.of({name: array.astype(np.float32) for name, array in small().arrays("f").items()}, "f")
    assert again.logits(ROWS).tolist() == small().logits(ROWS).tolist()


@pytest.mark.model
def test_it_says_what_scikit_learn_says() -> None:
    pytest.importorskip("sklearn")
    from sklearn.ensemble import HistGradientBoostingClassifier

    from training.relations.forest import grow, unseen

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
