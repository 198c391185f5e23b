"""The weights of what speaks for a sentence: a conditional logit over the sentences of each question.

McFadden 1974, "Conditional logit analysis of qualitative choice behavior": the share of trust that falls on the
sentences that answer is made as large as can be, while no weight grows without need (a ridge).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.answering.features import EXPECTED, Matrix

STEPS = 400
"""Steps of descent at most."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question: `features` of its candidates, shape (candidates, features), which of them answer, and in which `way`
    it was asked. Choices of one `question` are held out together."""

    question: str
    features: Matrix
    gold: NDArray[np.bool_]
    way: str = ""


def fitted(choices: Sequence[Choice], ridge: float) -> Matrix:
    """The weights, float64 of shape (features,), for features as they are. Choices without an answer are left out."""
    from scipy.optimize import minimize

    told = [choice for choice in choices if choice.gold.any() and not choice.gold.all()]
    # All are brought to one scale, so that the ridge treats them alike.
    scale = np.concatenate([choice.features for choice in told]).std(0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    scaled = [(choice.features / scale, choice.gold) for choice in told]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = ridge * float(weights @ weights), 2 * ridge * weights
        for features, gold in scaled:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            of_gold = np.where(gold, shares, 0.0)
            mass = max(float(of_gold.sum()), 1e-12)
            total -= float(np.log(mass))
            slope = slope - features.T @ (of_gold / mass - shares)
        return total, slope

    bounds = [{1: (0, None), -1: (None, 0), 0: (None, None)}[sign] for sign in EXPECTED.values()]
    best = minimize(loss, np.zeros(scale.shape), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": STEPS})
    weights: Matrix = best.x / scale
    return weights


def folds(choices: Sequence[Choice], count: int) -> list[list[int]]:
    """The indexes of `count` folds; all choices of one question stand in one fold."""
    questions = list(dict.fromkeys(choice.question for choice in choices))
    fold = {question: index % count for index, question in enumerate(questions)}
    return [[i for i, choice in enumerate(choices) if fold[choice.question] == one] for one in range(count)]


def ranks_across(choices: Sequence[Choice], ridge: float, count: int = 10) -> list[int]:
    """For each choice the rank from 1 of its first gold candidate, by weights that never saw the question."""
    ranks = [0] * len(choices)
    for held in folds(choices, count):
        out = set(held)
        weights = fitted([choice for i, choice in enumerate(choices) if i not in out], ridge)
        for i in held:
            ranks[i] = rank(choices[i], weights)
    return ranks


def rank(choice: Choice, weights: Matrix) -> int:
    """The rank from 1 of the first gold candidate, of equals the first; 0 where there is none."""
    if not choice.gold.any():
        return 0
    order = np.argsort(-np.round(choice.features @ weights, 6), kind="stable")
    return int(np.flatnonzero(choice.gold[order])[0]) + 1
