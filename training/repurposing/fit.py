"""A logistic model with an elastic net over path counts: most kinds of path get no weight at all."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.drugs.repurpose.metapaths import Metapath
from qa.drugs.repurpose.network import Vector
from qa.drugs.repurpose.weights import Kind, Weights, flattened
from training.repurposing.features import Features

STRENGTH = 0.05
"""scikit-learn's C: the smaller, the fewer kinds of path have a weight."""
RATIO = 0.5
"""How much of the penalty is on the sum of weights, the rest on that of their squares."""
ROUNDS = 300


def fit(
    start: str,
    metapaths: Sequence[Metapath],
    features: Features,
    stated: NDArray[np.bool_],
    *,
    share: float = 1.0,
    popular: bool = True,
    strength: float = STRENGTH,
) -> Weights:
    """The model of some pairs. `share` is how many of the pairs that are not stated were kept: the probabilities are
    those among all. `popular`: whether how much a thing is stated for may count."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    means = features.counts.mean(axis=0)
    used = np.flatnonzero(means > 0).tolist()
    columns = [flattened(features.counts[:, number], means[number]) for number in used]
    table = np.column_stack([*columns, np.log1p(features.degrees) * popular])
    centre, spread = table.mean(axis=0), table.std(axis=0)
    spread[spread == 0] = 1.0
    model: Any = LogisticRegression(
        solver="saga", l1_ratio=RATIO, C=strength, max_iter=ROUNDS, tol=1e-3, random_state=1
    )
    with warnings.catch_warnings():
        # A weight that still moves in the fourth digit ranks as one that does not.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit((table - centre) / spread, stated)
    coefficients: Vector = model.coef_[0] / spread
    intercept = float(model.intercept_[0] - coefficients @ centre + np.log(share))
    kinds = [
        Kind(metapaths[number], float(means[number]), float(coefficient))
        for number, coefficient in zip(used, coefficients[:-1], strict=True)
        if coefficient != 0
    ]
    return Weights(start, intercept, float(coefficients[-1]), tuple(kinds))


def scores(model: Weights, metapaths: Sequence[Metapath], features: Features) -> Vector:
    """The probability of each pair."""
    places = {metapath: number for number, metapath in enumerate(metapaths)}
    counts = [features.counts[:, places[kind.metapath]] for kind in model.kinds]
    return model.probabilities(model.contributions(counts), features.degrees)
