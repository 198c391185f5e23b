"""The weights of a multinomial regression with a ridge over features by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.verdicts.findings import VERDICTS, Findings

RIDGE = 3.0
"""Of 1, 2, 3 and 4 one that judged most conclusions held out rightly."""
STEPS = 300


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a conclusion, and the verdict that it means."""

    features: Mapping[str, float]
    verdict: str
    weight: float = 1.0


def fitted(examples: Sequence[Example], ridge: float = RIDGE) -> dict[str, tuple[float, ...]]:
    """By feature, and `bias`, what it adds to each of `VERDICTS`."""
    from scipy.optimize import minimize

    names = sorted({name for example in examples for name in example.features})
    column = {name: place for place, name in enumerate(names)}
    rows = np.zeros((len(examples), len(names) + 1))
    rows[:, -1] = 1.0
    for at, example in enumerate(examples):
        for name, value in example.features.items():
            rows[at, column[name]] = value
    wanted = np.array([VERDICTS.index(example.verdict) for example in examples])
    target = np.eye(len(VERDICTS))[wanted]
    weight = np.array([example.weight for example in examples])

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(rows.shape[1], len(VERDICTS))
        scores = rows @ weights
        scores -= scores.max(1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(1, keepdims=True)
        free = np.ones((rows.shape[1], 1))
        free[-1] = 0.0  # the bias costs nothing
        total = -weight @ np.log(shares[np.arange(len(wanted)), wanted] + 1e-12) + ridge * (free * weights**2).sum()
        slope = rows.T @ (weight[:, None] * (shares - target)) + 2 * ridge * free * weights
        return float(total), slope.ravel()

    best = minimize(loss, np.zeros(rows.shape[1] * 3), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights = best.x.reshape(rows.shape[1], len(VERDICTS))
    return {name: tuple(float(value) for value in weights[place]) for place, name in enumerate([*names, "bias"])}


def held_out(
    examples: Sequence[Example],
    *,
    beside: Sequence[Example] = (),
    folds: int = 8,
    ridge: float = RIDGE,
    seed: int = 0,
) -> list[str]:
    """For each example the verdict by weights that did not see it; `beside` is seen by all."""
    order = np.random.default_rng(seed).permutation(len(examples))
    verdicts = [""] * len(examples)
    for part in np.array_split(order, folds):
        out = {int(place) for place in part}
        seen = [example for place, example in enumerate(examples) if place not in out]
        weights = fitted([*seen, *beside], ridge)
        judge = Findings(weights)
        for place in out:
            verdicts[place] = judge.of(examples[place].features).verdict
    return verdicts
