"""Percentile confidence intervals by drawing documents again (Efron, https://doi.org/10.1214/aos/1176344552).

Documents are drawn, not mentions: what one document holds belongs together. Where searches are measured, queries are
drawn. All figures of one evaluation are drawn from the same documents with the same seed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Interval = tuple[float, float]

_ROWS = 64
"""How many samples are drawn at once, which bounds the memory."""


def resample(
    values: npt.NDArray[np.int64] | npt.NDArray[np.float64], samples: int, seed: int
) -> npt.NDArray[np.float64]:
    """Sums over as many documents as there are, drawn with replacement.

    `values` has the shape (documents, …), the result (samples, …). Without a document every sum is 0.
    """
    documents = values.shape[0]
    flat = values.reshape(documents, int(np.prod(values.shape[1:]))).astype(np.float64)
    sums = np.zeros((samples, flat.shape[1]))
    random = np.random.default_rng(seed)
    for at in range(0, samples if documents else 0, _ROWS):
        rows = min(_ROWS, samples - at)
        drawn = random.integers(0, documents, (rows, documents))
        drawn += np.arange(rows)[:, None] * documents
        weights = np.bincount(drawn.ravel(), minlength=rows * documents).reshape(rows, documents)
        sums[at : at + rows] = weights @ flat
    return sums.reshape(samples, *values.shape[1:])


def interval(
    numerator: npt.NDArray[np.float64], denominator: npt.NDArray[np.float64], level: float = 0.95
) -> Interval | None:
    """The percentile interval of a ratio, from its two parts in each sample, both of shape (samples,).

    A sample without a denominator says nothing and is left out; None where none has one.
    """
    drawn_any = denominator > 0
    if not drawn_any.any():
        return None
    low, high = np.quantile(numerator[drawn_any] / denominator[drawn_any], [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
