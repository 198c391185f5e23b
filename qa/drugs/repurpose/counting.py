"""How many paths of one kind lead from each thing to one disease, each weighed by the degrees along it: the
degree-weighted path count (DWPC) of doi:10.1371/journal.pcbi.1004259.

A path passes nothing twice. Walks are counted by products of matrices, and those that come back to where they have been
are taken away again. Of up to four steps between things of different types, the places that can be the same thing are
few, and every case of them is a product of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from qa.drugs.repurpose.metapaths import Metapath
from qa.drugs.repurpose.network import Network, Sparse, Vector
from storage import deadline

LONGEST = 4


class Counts:
    """Counts for one disease in one network. What several metapaths end with is counted once. Of one thread."""

    def __init__(self, network: Network, disease: int, *, beside: bool = True) -> None:
        """`beside`: whether what lies next to the disease is counted rightly, too. What learns uses no such pair."""
        self._network, self._disease, self._beside = network, disease, beside
        self._end = np.zeros(len(network.ids["D"]))
        self._end[disease] = 1.0
        self._walks: dict[Metapath, Vector] = {}

    def walks(self, metapath: Metapath) -> Vector:
        """The weight of all walks from each thing to the disease, repeated nodes or not; of no steps, the end."""
        if not metapath:
            return self._end
        if metapath not in self._walks:
            self._walks[metapath] = self._network.matrix(metapath[0]).times(self.walks(metapath[1:]))
        return self._walks[metapath]

    def paths(self, metapath: Metapath) -> Vector:
        """The DWPC of each thing at which the metapath starts, by its number. Raises ValueError for more than four
        steps."""
        if len(metapath) > LONGEST:
            raise ValueError(f"at most {LONGEST} steps are counted, not {len(metapath)}")
        deadline.check()
        total = self.walks(metapath)
        for closed in self._repeating(metapath):
            total = total + closed
        # What was taken away again leaves the noise of floating point.
        return np.where(total > 1e-12, total, 0.0)

    def _repeating(self, path: Metapath) -> Iterator[Vector]:
        """What corrects the walks: minus those with one repeated node, plus those with two, which were taken twice."""
        letters = [path[0].start, *(step.end for step in path)]
        m = [self._network.matrix(step) for step in path]
        same = {
            (i, j)
            for i in range(len(letters))
            for j in range(i + 2, len(letters))
            if letters[i] == letters[j] and (i, j) != (0, len(letters) - 1)
        }
        if len(path) >= 3:
            yield from self._near(path, m, same)
        if len(path) == LONGEST:
            yield from self._far(path, m, same)

    def _near(self, path: Metapath, m: Sequence[Sparse], same: set[tuple[int, int]]) -> Iterator[Vector]:
        """Nodes met again after two steps."""
        for i in range(len(path) - 1):
            if (i, i + 2) in same:
                yield -_along(m[:i], self._network.around(path[i], path[i + 1]) * self.walks(path[i + 2 :]))
        if {(0, 2), (1, 3)} <= same:
            yield m[0].cellwise(m[1].turned).cellwise(m[2]).times(self.walks(path[3:]))
        if {(1, 3), (2, 4)} <= same:
            inner = m[1].times(self._end) * m[2].turned.times(self._end) * m[3].times(self._end)
            yield m[0].times(inner)

    def _far(self, path: Metapath, m: Sequence[Sparse], same: set[tuple[int, int]]) -> Iterator[Vector]:
        """Of four steps, nodes met again after three."""
        d = self._disease
        first, final = m[0].times(self._end) if path[0].end == "D" else None, m[3].times(self._end)
        if (0, 3) in same and self._beside:
            yield -self._circles(m, final)
        if (1, 4) in same and first is not None:
            yield -first * self.walks(path[1:])[d]
            if (0, 2) in same:
                yield first * m[1].turned.times(self._end) * self.walks(path[2:])
            if (0, 3) in same:
                yield first * m[2].turned.times(m[1].turned.times(self._end)) * final
        if {(0, 3), (2, 4)} <= same:
            yield m[0].times(m[1].times(self._end)) * m[2].turned.times(self._end) * final

    @staticmethod
    def _circles(m: Sequence[Sparse], final: Vector) -> Vector:
        """The walks that come back after three steps to where they started, and reach the disease from there.

        Only what lies beside the disease has any, so each is followed alone.
        """
        total = np.zeros(m[0].shape[0])
        for start in np.flatnonzero(final):
            here = np.zeros(m[0].shape[0])
            here[start] = 1.0
            total[start] = m[2].under(m[1].under(m[0].under(here)))[start] * final[start]
        return total


def _along(m: Sequence[Sparse], vector: Vector) -> Vector:
    for matrix in reversed(m):
        vector = matrix.times(vector)
    return vector
