"""How sure it is that a message tells of an emergency: the weighed sum of its features, fitted to own messages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp

from qa.asked.emergency.features import Features
from qa.asked.emergency.tables import rows

RUN = 0.8
"""How much a run counts beside a feature with a name."""


@dataclass(frozen=True, slots=True)
class Weights:
    bias: float
    named: dict[str, float]
    runs: tuple[int, ...]
    """Of each bucket, in thousandths."""

    def probability(self, of: Features) -> float:
        total = self.bias + sum(self.named.get(name, 0.0) for name in of.named)
        total += RUN * sum(self.runs[bucket] for bucket in of.buckets) / 1000
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def weights() -> Weights:
    """As they are stored."""
    named: dict[str, float] = {}
    runs: list[int] = []
    for kind, *cells in rows("weights.tsv"):
        if kind == "runs":
            runs += map(int, cells)
        else:
            named[cells[0]] = float(cells[1])
    return Weights(named.pop("bias"), named, tuple(runs))
