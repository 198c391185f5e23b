"""Boosted trees in plain arrays: what scikit-learn's histogram gradient boosting has learned, without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """`column`, `threshold`, `left`, `right`, `value` are (trees, nodes); a leaf is its own child, `start` the sum that
    the trees' values are added to."""

    column: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    start: float
    depth: int

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.float32]], name: str) -> Forest:
        """From arrays as `arrays` gives them."""
        column, left, right = (arrays[f"{name}.{part}"].astype(np.int16) for part in ("column", "left", "right"))
        start, depth = arrays[f"{name}.start"].tolist()
        return cls(column, arrays[f"{name}.threshold"], left, right, arrays[f"{name}.value"], start, int(depth))

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        return {
            f"{name}.column": self.column,
            f"{name}.threshold": self.threshold,
            f"{name}.left": self.left,
            f"{name}.right": self.right,
            f"{name}.value": self.value,
            f"{name}.start": np.array([self.start, self.depth], np.float32),
        }

    def logits(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """One a row of `rows`."""
        tree = np.arange(len(self.column))[None, :]
        node = np.zeros((len(rows), len(self.column)), np.int16)
        for _ in range(self.depth):
            held = np.take_along_axis(rows, self.column[tree, node].astype(np.intp), 1)
            node = np.where(held <= self.threshold[tree, node], self.left[tree, node], self.right[tree, node])
        summed: NDArray[np.float32] = (self.start + self.value[tree, node].sum(1)).astype(np.float32)
        return summed
