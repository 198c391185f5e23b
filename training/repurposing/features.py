"""The path counts of pairs of a drug or gene with a disease, each counted as if what is to be foretold were unknown.

A pair that is stated counts for others: what a drug treats is a way to what resembles it. So the pairs are put into
folds, and those of one fold are counted in a network that lacks all that the fold states. Otherwise a stated pair would
be told by what it takes away: its own edge is no path to itself, but is one for every other pair.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.drugs.repurpose.counting import Counts
from qa.drugs.repurpose.metapaths import PREDICTED, Metapath, every
from qa.drugs.repurpose.network import Network, Numbers, Vector

FOLDS = 5


def kinds(start: str) -> list[Metapath]:
    """The kinds of path that are tried: all of up to three steps, and for drugs those of four without a step from gene
    to gene, which are thousands of times as many paths and as slow."""
    longest = 4 if start == "C" else 3
    return [
        path
        for path in every(start, "D", longest)
        if len(path) < 4 or not any(step.start == step.end == "G" for step in path)
    ]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs by number: `things`, `diseases`, whether each is `stated`, and the `folds` they are in, of shape (n,)."""

    start: str
    things: Numbers
    diseases: Numbers
    stated: NDArray[np.bool_]
    folds: Numbers

    def __len__(self) -> int:
        return len(self.things)

    def of(self, chosen: NDArray[np.bool_]) -> Pairs:
        return Pairs(self.start, self.things[chosen], self.diseases[chosen], self.stated[chosen], self.folds[chosen])

    def edges(self, folds: Collection[int]) -> list[tuple[int, int]]:
        """What these folds state, as edges of the metaedge that is predicted."""
        chosen = self.stated & np.isin(self.folds, list(folds))
        ends = zip(self.things[chosen].tolist(), self.diseases[chosen].tolist(), strict=True)
        return [pair[::-1] if PREDICTED[self.start][0] == "D" else pair for pair in ends]


def pairs(network: Network, start: str, *, by_disease: bool = False, most: int | None = None, seed: int = 1) -> Pairs:
    """Every thing with every disease of which something is stated; of those not stated at most `most` for each that is.

    Drugs that relieve a disease's symptoms are left out: they are neither. Folds are of pairs, or of whole diseases.
    """
    draw = np.random.default_rng(seed)
    matrix = network.edges[PREDICTED[start]]
    known = matrix.turned if PREDICTED[start][0] == "D" else matrix
    diseases = np.unique(known.columns)
    stated = np.zeros(known.shape, bool)
    stated[known.rows, known.columns] = True
    neither = np.zeros(known.shape, bool)
    if start == "C":
        neither[network.edges["CpD"].rows, network.edges["CpD"].columns] = True
    things, places = np.nonzero((~neither | stated)[:, diseases])
    columns = diseases[places]
    positive = stated[things, columns]
    if most is not None:
        kept = positive | (draw.random(len(things)) < most * positive.sum() / max((~positive).sum(), 1))
        things, columns, positive = things[kept], columns[kept], positive[kept]
    if by_disease:
        of_disease = np.zeros(known.shape[1], np.int64)
        of_disease[diseases] = draw.permutation(len(diseases)) % FOLDS
        folds = of_disease[columns]
    else:
        folds = draw.permutation(len(things)) % FOLDS
    return Pairs(start, things, columns, positive, folds)


def counted(network: Network, metapaths: Sequence[Metapath], some: Pairs) -> Vector:
    """The DWPC of each pair by each metapath, of shape (pairs, metapaths)."""
    table = np.zeros((len(some), len(metapaths)))
    for disease in np.unique(some.diseases):
        at = np.flatnonzero(some.diseases == disease)
        counts = Counts(network, int(disease), beside=False)
        for column, metapath in enumerate(metapaths):
            table[at, column] = counts.paths(metapath)[some.things[at]]
    return table


def popularity(network: Network, some: Pairs) -> tuple[Vector, Vector]:
    """How many diseases each pair's thing, and how many things its disease, is stated for."""
    matrix = network.edges[PREDICTED[some.start]]
    known = matrix.turned if PREDICTED[some.start][0] == "D" else matrix
    return known.sums()[some.things], known.turned.sums()[some.diseases]


@dataclass(frozen=True, slots=True)
class Features:
    """`counts` of shape (pairs, metapaths); `degrees` and `others` as `popularity` gives them, of shape (pairs,)."""

    counts: Vector
    degrees: Vector
    others: Vector

    def of(self, chosen: NDArray[np.bool_]) -> Features:
        return Features(self.counts[chosen], self.degrees[chosen], self.others[chosen])


class Crossed:
    """The features of pairs without their own folds. What does not depend on what is foretold is counted once."""

    def __init__(self, network: Network, metapaths: Sequence[Metapath], some: Pairs) -> None:
        self._network, self._metapaths, self._pairs = network, metapaths, some
        self._told = np.array(
            [any(step.metaedge == PREDICTED[some.start] for step in path) for path in metapaths], bool
        )
        plain = [path for path, told in zip(metapaths, self._told, strict=True) if not told]
        self._plain = counted(network, plain, some)
        self._made: dict[frozenset[int], Features] = {}

    def without(self, folds: Collection[int]) -> Features:
        """The features of all pairs in a network that lacks what these folds state."""
        key = frozenset(folds)
        if key not in self._made:
            fewer = self._network.without(PREDICTED[self._pairs.start], self._pairs.edges(key))
            told = [path for path, is_told in zip(self._metapaths, self._told, strict=True) if is_told]
            table = np.zeros((len(self._pairs), len(self._metapaths)))
            table[:, ~self._told] = self._plain
            table[:, self._told] = counted(fewer, told, self._pairs)
            self._made[key] = Features(table, *popularity(fewer, self._pairs))
        return self._made[key]

    def learnt(self, held: Collection[int] = ()) -> tuple[Features, NDArray[np.bool_]]:
        """The features to learn from where the folds `held` are not known, each pair without its own fold; and which
        pairs they are of."""
        chosen = ~np.isin(self._pairs.folds, list(held))
        whole: Features | None = None
        for fold in sorted({*self._pairs.folds.tolist()} - set(held)):
            here = self._pairs.folds == fold
            part = self.without({*held, fold})
            if whole is None:
                whole = Features(part.counts.copy(), part.degrees.copy(), part.others.copy())
            whole.counts[here], whole.degrees[here], whole.others[here] = (
                part.counts[here], part.degrees[here], part.others[here],
            )  # fmt: skip
        if whole is None:
            raise ValueError("every fold is held out")
        return whole.of(chosen), chosen
