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
FIRM = frozenset({"CbG", "CrC", "CtD", "CpD", "DaG", "DrD"})
"""What longer paths are made of: of expression, correlation and regulation there are thousands of times as many, which
say little and take minutes to count."""


def kinds(start: str) -> list[Metapath]:
    """The kinds of path that are tried: for drugs all of up to three steps, for genes of two; of one step more those of
    what is firm."""
    short = 3 if start == "C" else 2
    return [
        path
        for path in every(start, "D", short + 1)
        if len(path) <= short or all(step.metaedge in FIRM for step in path)
    ]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs by number: `things`, `diseases`, whether each is `stated`, and the `folds` they are in, of shape (n,)."""

    start: str
    things: Numbers
    diseases: Numbers
    stated: NDArray[np.bool_]
    folds: Numbers
    share: float = 1.0
    """How many of the pairs that are not stated were kept."""

    def __len__(self) -> int:
        return len(self.things)

    def of(self, chosen: NDArray[np.bool_]) -> Pairs:
        return Pairs(
            self.start, self.things[chosen], self.diseases[chosen], self.stated[chosen], self.folds[chosen], self.share
        )

    def edges(self, folds: Collection[int]) -> list[tuple[int, int]]:
        """What these folds state, as edges of the metaedge that is predicted."""
        chosen = self.stated & np.isin(self.folds, list(folds))
        ends = zip(self.things[chosen].tolist(), self.diseases[chosen].tolist(), strict=True)
        return [pair[::-1] if PREDICTED[self.start][0] == "D" else pair for pair in ends]


def pairs(
    network: Network,
    start: str,
    *,
    by_disease: bool = False,
    most: int | None = None,
    also: Collection[tuple[int, int]] = (),
    seed: int = 1,
) -> Pairs:
    """Every thing with every disease of which something is stated; of those not stated about `most` for each that is,
    and those of `also`.

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
    share = 1.0 if most is None else min(1.0, most * positive.sum() / max((~positive).sum(), 1))
    wanted = np.isin(things * known.shape[1] + columns, [thing * known.shape[1] + disease for thing, disease in also])
    kept = positive | wanted | (draw.random(len(things)) < share)
    things, columns, positive = things[kept], columns[kept], positive[kept]
    if by_disease:
        of_disease = np.zeros(known.shape[1], np.int64)
        of_disease[diseases] = draw.permutation(len(diseases)) % FOLDS
        folds = of_disease[columns]
    else:
        folds = draw.permutation(len(things)) % FOLDS
    return Pairs(start, things, columns, positive, folds, share)


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
        """The features of the pairs of these folds, in their order, in a network that lacks all that they state."""
        key = frozenset(folds)
        if key not in self._made:
            here = np.isin(self._pairs.folds, list(key))
            some = self._pairs.of(here)
            fewer = self._network.without(PREDICTED[some.start], self._pairs.edges(key))
            told = [path for path, is_told in zip(self._metapaths, self._told, strict=True) if is_told]
            table = np.zeros((len(some), len(self._metapaths)))
            table[:, ~self._told] = self._plain[here]
            table[:, self._told] = counted(fewer, told, some)
            self._made[key] = Features(table, *popularity(fewer, some))
        return self._made[key]

    def learnt(self, held: Collection[int] = ()) -> tuple[Features, NDArray[np.bool_]]:
        """The features to learn from where the folds `held` are not known, each pair without its own fold; and whether
        each of these pairs is stated. Raises ValueError where every fold is held."""
        parts, stated = [], []
        for fold in sorted({*self._pairs.folds.tolist()} - set(held)):
            gone = {*held, fold}
            inside = self._pairs.folds[np.isin(self._pairs.folds, list(gone))] == fold
            parts.append(self.without(gone).of(inside))
            stated.append(self._pairs.stated[self._pairs.folds == fold])
        if not parts:
            raise ValueError("every fold is held out")
        return together(parts), np.concatenate(stated)


def together(parts: Sequence[Features]) -> Features:
    """The features of several, one after the other."""
    return Features(
        np.concatenate([part.counts for part in parts]),
        np.concatenate([part.degrees for part in parts]),
        np.concatenate([part.others for part in parts]),
    )
