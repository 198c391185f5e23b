"""From logits to confidences that mean what they say, and what lies high enough to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.reading.relations import labels


@dataclass(frozen=True, slots=True)
class Reading:
    """How an output is read: `slope` and `offset` make its logit a probability (Platt 1999); above the logit `found` a
    relation is told, where F1 is greatest; above `firm` it is kept as a fact, where few are wrong."""

    slope: float
    offset: float
    found: float
    firm: float


def confidences(
    logits: NDArray[np.float32], readings: Mapping[str, Reading], sharpness: float
) -> dict[str, NDArray[np.float32]]:
    """By question the probability of each pair; of `related` that the pair is related by its likeliest type.

    `sharpness` divides the temperature of the types.
    """
    sure = {
        name: probability(logits[:, output], readings[name].slope, readings[name].offset)
        for name, output in labels.QUESTIONS.items()
    }
    types = sharpness * logits[:, labels.TYPES]
    weights = np.exp(types - types.max(1, keepdims=True))
    return {**sure, "related": sure["related"] * (weights.max(1) / weights.sum(1))}


def probability(logits: NDArray[np.float32], slope: float, offset: float) -> NDArray[np.float32]:
    """The logistic function of `slope * logit + offset`, without overflow."""
    result: NDArray[np.float32] = 0.5 * (1 + np.tanh(0.5 * (slope * logits + offset)))
    return result
