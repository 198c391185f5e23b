"""What each kind of path is worth: a logistic model over path counts, kept as JSON with its figures beside it.

A count is divided by its mean over all pairs and then flattened by the inverse hyperbolic sine, as in
doi:10.7554/eLife.26726, so that what is counted in thousands and what is counted once can be weighed together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.drugs.repurpose.metapaths import Metapath, parse, written
from qa.drugs.repurpose.network import Vector

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of path: its mean count among the pairs that were learnt from, and its coefficient."""

    metapath: Metapath
    mean: float
    coefficient: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A model of what the letter `start` names, for diseases. `popularity` is the coefficient of how many diseases the
    thing is stated for already, as log(1 + n)."""

    start: str
    intercept: float
    popularity: float
    kinds: tuple[Kind, ...]

    def contributions(self, counts: Sequence[Vector]) -> Vector:
        """What each kind adds to the logit, of shape (kinds, things), from the counts of each kind in order."""
        if not self.kinds:
            return np.zeros((0, 1))
        return np.array(
            [kind.coefficient * flattened(count, kind.mean) for kind, count in zip(self.kinds, counts, strict=True)]
        )

    def probabilities(self, contributions: Vector, degrees: Vector) -> Vector:
        """The probability of each thing, from 0 to 1; `degrees` are how many diseases each is stated for."""
        logit = self.intercept + contributions.sum(axis=0) + self.popularity * np.log1p(degrees)
        return np.asarray(1.0 / (1.0 + np.exp(-logit)))


def flattened(counts: Vector, mean: float) -> Vector:
    """The feature that a count is."""
    return np.asarray(np.arcsinh(counts / mean))


def read(file: Path) -> Mapping[str, Weights]:
    """The models of a file, by their letter. Raises OSError, and ValueError for what is no such file."""
    told = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ValueError(f"not weights of format {FORMAT}")
    try:
        return {
            start: Weights(
                start,
                float(model["intercept"]),
                float(model["popularity"]),
                tuple(Kind(parse(name), float(mean), float(weight)) for name, mean, weight in model["kinds"]),
            )
            for start, model in told["models"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"weights without {error}") from error


def write(models: Mapping[str, Weights], file: Path) -> None:
    """Write models so that `read` reads them, one kind a line. Raises OSError."""
    parts = []
    for start, model in sorted(models.items()):
        kinds = ",\n".join(
            "   " + json.dumps([written(kind.metapath), float(f"{kind.mean:.6g}"), float(f"{kind.coefficient:.6g}")])
            for kind in model.kinds
        )
        head = f'"intercept": {model.intercept:.6g}, "popularity": {model.popularity:.6g}'
        parts.append(f'  "{start}": {{{head}, "kinds": [\n{kinds}]}}')
    body = ",\n".join(parts)
    file.write_text(f'{{"format": {FORMAT}, "models": {{\n{body}}}}}\n', encoding="utf-8")
