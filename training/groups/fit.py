"""Fits and judges the model: whole diseases are held out, never texts of a disease that is learnt from."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.differential.groups import BUCKETS, read, scale, softmax
from training.groups.simulate import Text

FOLDS = 3
STRENGTH = 30.0
"""scikit-learn's C."""
ROUNDS = 40
_BINS = 10
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Learnt:
    """Texts as numbers: features (N, BUCKETS) in a sparse matrix, groups, folds and weights (N)."""

    features: Any
    labels: NDArray[np.int64]
    folds: NDArray[np.int64]
    weights: Floats


def numbers(texts: Sequence[Text], columns: Sequence[str]) -> Learnt:
    """The texts as numbers. The fold of a text is that of its disease."""
    from scipy.sparse import csr_matrix

    starts, buckets, values = [0], [], []
    for text in texts:
        features = read(text.text)[1]
        buckets += [feature.bucket for feature in features]
        values += [scale(len(features))] * len(features)
        starts.append(len(buckets))
    matrix = csr_matrix((np.array(values, np.float32), buckets, starts), (len(texts), BUCKETS))
    matrix.sum_duplicates()
    return Learnt(
        matrix,
        np.array([columns.index(text.group) for text in texts]),
        np.array([zlib.crc32(text.disease.encode()) % FOLDS for text in texts]),
        np.array([text.weight for text in texts], np.float32),
    )


def fit(learnt: Learnt, rows: NDArray[np.bool_], groups: int) -> tuple[Floats, Floats]:
    """Weights (BUCKETS, G), centred over the groups, and intercepts (G), of some rows."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    seen = np.flatnonzero(np.asarray(learnt.features[rows].getnnz(axis=0)).ravel() > 2)
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, random_state=1)
    with warnings.catch_warnings():
        # A weight that still moves in the third digit ranks as one that does not.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(learnt.features[rows][:, seen], learnt.labels[rows], sample_weight=learnt.weights[rows])
    weights, intercepts = np.zeros((BUCKETS, groups), np.float32), np.full(groups, -20.0, np.float32)
    weights[np.ix_(seen, model.classes_)] = (model.coef_ - model.coef_.mean(axis=0)).T
    intercepts[model.classes_] = model.intercept_ - model.intercept_.mean()
    return weights, intercepts


def held_out(learnt: Learnt, groups: int) -> Floats:
    """The logits (N, G) of each text by a model that knows nothing of its disease."""
    logits = np.zeros((len(learnt.labels), groups), np.float32)
    for fold in range(FOLDS):
        rows = learnt.folds == fold
        weights, intercepts = fit(learnt, ~rows, groups)
        logits[rows] = learnt.features[rows] @ weights + intercepts
    return logits


def nearest(learnt: Learnt, groups: int) -> Floats:
    """The same of the baseline: cosines to the mean text of each group."""
    cosines = np.zeros((len(learnt.labels), groups), np.float32)
    for fold in range(FOLDS):
        rows = learnt.folds == fold
        for group in range(groups):
            chosen = ~rows & (learnt.labels == group)
            if chosen.any():
                centre = np.asarray(learnt.features[chosen].mean(axis=0)).ravel()
                cosines[rows, group] = learnt.features[rows] @ (centre / np.linalg.norm(centre))
    return cosines


def majority(learnt: Learnt, groups: int) -> Floats:
    """The same of the baseline that knows but how common each group is: logarithms of shares."""
    logits = np.zeros((len(learnt.labels), groups), np.float32)
    for fold in range(FOLDS):
        rows = learnt.folds == fold
        counts = np.bincount(learnt.labels[~rows], learnt.weights[~rows], minlength=groups)
        logits[rows] = np.log((counts + 0.5) / (counts.sum() + 0.5 * groups))
    return logits


def temperature(logits: Floats, labels: NDArray[np.int64], weights: Floats) -> float:
    """What logits are divided by so that their log loss is least (Guo 2017), to two digits."""
    tried = np.geomspace(0.2, 20.0, 231)
    losses = [np.average(losses_of(logits / each, labels), weights=weights) for each in tried.astype(np.float32)]
    return round(float(tried[int(np.argmin(losses))]), 2)


def losses_of(logits: Floats, labels: NDArray[np.int64]) -> Floats:
    """The log loss of each row (N)."""
    return np.asarray(-np.log(np.maximum(softmax(logits)[np.arange(len(labels)), labels], 1e-9)), np.float32)


def figures(logits: Floats, labels: NDArray[np.int64]) -> dict[str, float]:
    """Shares of texts whose group is first or among the first three, the log loss, and the expected calibration error
    over ten bins, of the probability of the first."""
    chances = softmax(logits)
    own = chances[np.arange(len(labels)), labels]
    place = (chances > own[:, None]).sum(axis=1)
    sure, right = chances.max(axis=1), place == 0
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    error = sum(abs(float(right[bins == each].sum() - sure[bins == each].sum())) for each in range(_BINS))
    return {
        "texts": len(labels),
        "top1": round(float(right.mean()), 4),
        "top3": round(float((place < 3).mean()), 4),
        "loss": round(float(losses_of(logits, labels).mean()), 3),
        "ece": round(error / len(labels), 4),
    }


def small(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights as they are shipped: those of each group in steps (G) of a 127th of the largest."""
    steps = np.asarray(np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127, np.float32)
    return np.round(weights / steps).astype(np.int8), steps
