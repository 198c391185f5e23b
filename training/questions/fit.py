"""Fits and judges the model that routes questions."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.asked.features import BUCKETS, features, plain
from qa.asked.learnt import Weights
from qa.asked.topics import TOPICS
from retrieval.encoder import Encoder
from text.names import is_chinese
from training.questions.written import Asked

Floats = NDArray[np.float32]
STRENGTH = 20.0
"""scikit-learn's C."""
MEANING = 2.5
"""What a vector weighs beside the words, whose squares sum up to one."""
ROUNDS = 60
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Learnt:
    """Questions as numbers: words (N, BUCKETS) in a sparse matrix, the encoder's vectors (N, D), whether Chinese (N),
    topics (N), weights (N)."""

    words: Any
    vectors: Floats
    chinese: NDArray[np.int64]
    labels: NDArray[np.int64]
    weights: Floats

    def of(self, rows: NDArray[np.bool_]) -> Learnt:
        """Some of them."""
        return Learnt(self.words[rows], self.vectors[rows], self.chinese[rows], self.labels[rows], self.weights[rows])


def numbers(questions: Sequence[Asked], encoder: Encoder, weights: Sequence[float]) -> Learnt:
    """The questions as numbers. Raises what the encoder raises."""
    from scipy.sparse import csr_matrix

    starts, columns, values = [0], [], []
    for one in questions:
        buckets, weighs = features(one.text, one.entities)
        columns += buckets.tolist()
        values += weighs.tolist()
        starts.append(len(columns))
    matrix = csr_matrix((np.array(values, np.float32), columns, starts), (len(questions), BUCKETS))
    matrix.sum_duplicates()
    return Learnt(
        matrix,
        _vectors([plain(one.text, one.entities) for one in questions], encoder),
        np.array([int(is_chinese(one.text)) for one in questions]),
        np.array([TOPICS.index(one.topics[0]) for one in questions]),
        np.array(weights, np.float32),
    )


def _vectors(texts: Sequence[str], encoder: Encoder) -> Floats:
    """A vector for each text; the same text is encoded once."""
    different = list(dict.fromkeys(texts))
    vectors = [encoder.encode(different[start : start + _BATCH], "query") for start in range(0, len(different), _BATCH)]
    places = {text: at for at, text in enumerate(different)}
    return np.asarray(np.concatenate(vectors)[[places[text] for text in texts]], np.float32)


def fit(learnt: Learnt, encoder: str, temperature: float = 1.0) -> Weights:
    """The model of these, whose vectors are of the encoder of this name."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    size = learnt.vectors.shape[1]
    means = np.stack([_mean(learnt.vectors[learnt.chinese == family], size) for family in (0, 1)])
    meaning = np.zeros((len(learnt.labels), 2 * size), np.float32)
    for family in (0, 1):
        rows = learnt.chinese == family
        meaning[rows, family * size : (family + 1) * size] = MEANING * (learnt.vectors[rows] - means[family])
    seen = np.flatnonzero(np.asarray(learnt.words.getnnz(axis=0)).ravel() > 1)
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, random_state=1)
    with warnings.catch_warnings():
        # A weight that still moves in the third digit ranks as one that does not.
        warnings.simplefilter("ignore", ConvergenceWarning)
        joined = hstack([learnt.words[:, seen], csr_matrix(meaning)]).tocsr()
        model.fit(joined, learnt.labels, sample_weight=learnt.weights)
    centred = np.asarray((model.coef_ - model.coef_.mean(axis=0)).T, np.float32)
    words, vectors = np.zeros((BUCKETS, len(TOPICS)), np.float32), np.zeros((2, size, len(TOPICS)), np.float32)
    words[np.ix_(seen, model.classes_)] = centred[: len(seen)]
    vectors[:, :, model.classes_] = MEANING * centred[len(seen) :].reshape(2, size, -1)
    alone = np.full(len(TOPICS), -20.0, np.float32)
    alone[model.classes_] = model.intercept_ - model.intercept_.mean()
    intercepts = np.stack([alone - means[family] @ vectors[family] for family in (0, 1)])
    steps = np.maximum(np.abs(words).max(axis=0), 1e-9).astype(np.float32) / 127
    return Weights(TOPICS, np.rint(words / steps).astype(np.int8), steps, vectors, intercepts, temperature, encoder)


def _mean(vectors: Floats, size: int) -> Floats:
    return np.asarray(vectors.mean(axis=0) if len(vectors) else np.zeros(size), np.float32)


def logits(weights: Weights, learnt: Learnt) -> Floats:
    """What the model says of each (N, T)."""
    rows = np.asarray(learnt.words @ (weights.words.astype(np.float32) * weights.steps), np.float32)
    for family in (0, 1):
        of = learnt.chinese == family
        rows[of] += learnt.vectors[of] @ weights.meaning[family] + weights.intercepts[family]
    return rows


def temperature(rows: Floats, labels: NDArray[np.int64]) -> float:
    """What logits are divided by so that their log loss is least (Guo 2017, arXiv:1706.04599), to two digits."""
    tried = np.geomspace(0.2, 10.0, 157)
    return round(float(min(tried, key=lambda heat: loss(rows / np.float32(heat), labels))), 2)


def loss(rows: Floats, labels: NDArray[np.int64]) -> float:
    """The mean log loss of logits."""
    raised = np.exp(rows - rows.max(axis=1, keepdims=True))
    chances = raised / raised.sum(axis=1, keepdims=True)
    return float(-np.log(np.maximum(chances[np.arange(len(labels)), labels], 1e-9)).mean())
