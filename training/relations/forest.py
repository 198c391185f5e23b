"""Boosted trees over the features of pairs, by scikit-learn, as `ingest.reading.relations.forest.Forest`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading.relations.forest import Forest

_FOLDS = 5


def grow(rows: NDArray[np.float32], wanted: NDArray[np.bool_], seed: int) -> Forest:
    """A forest that scores `rows` (n, columns) by how likely each is wanted."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=20, l2_regularization=5.0,
        max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip
    model.fit(rows, wanted)
    return _forest(model)


def unseen(
    rows: NDArray[np.float32], wanted: NDArray[np.bool_], groups: NDArray[np.int64], seed: int
) -> NDArray[np.float32]:
    """The logit of each row by a forest that saw nothing of its group (its document)."""
    logits = np.zeros(len(rows), np.float32)
    for fold in range(_FOLDS):
        held = groups % _FOLDS == fold
        logits[held] = grow(rows[~held], wanted[~held], seed).logits(rows[held])
    return logits


def _forest(model: Any) -> Forest:
    trees = [predictor.nodes for (predictor,) in model._predictors]
    shape = len(trees), max(len(tree) for tree in trees)
    column, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    left[:] = right[:] = np.arange(shape[1])
    for at, tree in enumerate(trees):
        inner = ~tree["is_leaf"].astype(bool)
        count = len(tree)
        column[at, :count] = np.where(inner, tree["feature_idx"], 0)
        # Rounded up, so that a value that stands on the threshold keeps to its side in float32.
        threshold[at, :count] = np.where(inner, np.nextafter(tree["num_threshold"].astype(np.float32), np.inf), 0)
        left[at, :count] = np.where(inner, tree["left"], np.arange(count))
        right[at, :count] = np.where(inner, tree["right"], np.arange(count))
        value[at, :count] = np.where(inner, 0, tree["value"])
    depth = max(int(tree["depth"].max()) for tree in trees)
    return Forest(column, threshold, left, right, value, float(model._baseline_prediction.ravel()[0]), depth)
