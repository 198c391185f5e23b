"""From findings to candidate diseases, by the information content of what they share.

The method is that of Phenomizer (Köhler 2009, doi:10.1016/j.ajhg.2009.09.003): a finding that few diseases have tells
more, `IC = -ln(diseases with it or with a more specific finding / all diseases)` (Resnik 1995), and a disease gets for
each asked finding the IC of the most specific term that covers both the finding and something the disease has. Two
simplifications, both for speed: ancestors are followed one step up and not where they are broad, and there is no
p-value. Added to it: a finding the disease is stated not to have costs score, an asked absence of a finding it has a
little, and a disease of which more is explained comes before others as good.

What is read from the graph is kept in a matrix for each version of the graph and each set of labels, so that what is
ranked is never older than the graph. A matrix is never changed: what is read besides makes a new one, which takes its
place in one step, and who ranks over the old one meanwhile is not disturbed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np

from graph.view import GraphView
from qa.differential import reading
from qa.differential.matrix import Column, Matrix
from qa.differential.score import Scores, score

POOL = 60
"""So many of the best are compared by how much of the disease is explained."""
TIED = 30
"""So many of the equally good at the top are compared by how often the findings are seen."""
NEAR = 0.02
"""Scores that differ by no more are equally good."""
SHARE = 0.1
"""What it is worth that all of a disease is explained."""
KEPT = 8
"""Matrices kept at most."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a question: its name as asked and the ids it may mean."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A disease with its score (1.0: explains everything asked) and, per asked finding that it explains, the ids of
    the finding or its more specific forms which the disease has."""

    disease: str
    score: float
    explained: Mapping[int, frozenset[str]]


class Differential:
    """Ranks diseases over a graph. Safe to use from several threads: none waits while another reads the graph."""

    def __init__(self) -> None:
        self._swap = Lock()
        self._kept: dict[_Key, Matrix] = {}

    def rank(
        self, view: GraphView, present: Sequence[Finding], absent: Sequence[Finding], limit: int = 10
    ) -> list[Ranked]:
        """The best candidates, best first, ties by id; none where no disease has a finding. Raises what the graph
        raises."""
        key = (view.version(), view)
        matrix = self._with_columns(key, self._begun(key), [*present, *absent])
        asked, denied = _columns(matrix, present), _columns(matrix, absent)
        scores = score(asked, [()] * len(asked), denied)
        if scores is None:
            return []
        if np.count_nonzero(scores.values >= 1.0) < limit:
            # Otherwise those that explain everything are enough: nothing wider could come before them.
            matrix = self._with_parents(key, matrix, present)
            scores = score(asked, [_wider(matrix, finding) for finding in present], denied) or scores
        best = _pool(scores)
        matrix = self._with_rows(key, matrix, best)
        ranked = _by_share(matrix, best, asked)
        tied = [disease for disease in ranked if best[disease] >= best[ranked[0]] - NEAR][:TIED]
        matrix = self._with_frequencies(key, matrix, tied)
        tied.sort(key=lambda disease: -_seen(matrix, disease, present, asked))
        ranked = tied + [disease for disease in ranked if disease not in tied]
        return [
            Ranked(
                disease=matrix.diseases[disease],
                score=round(min(best[disease], 1.0), 4),
                explained={
                    number: matrix.closures[finding.ids]
                    for number, (finding, column) in enumerate(zip(present, asked, strict=True))
                    if column is not None and column.holds(disease)
                },
            )
            for disease in ranked[:limit]
        ]

    def _with_columns(self, key: _Key, matrix: Matrix, findings: Sequence[Finding]) -> Matrix:
        new = {finding.ids for finding in findings} - matrix.columns.keys()
        if not new:
            return matrix
        closures = {ids: reading.below(key[1], ids) for ids in new}
        holders = {ids: reading.holders(key[1], closure) for ids, closure in closures.items()}
        return self._grown(key, matrix, lambda current: current.with_columns(holders, closures))

    def _with_parents(self, key: _Key, matrix: Matrix, findings: Sequence[Finding]) -> Matrix:
        new = {finding.ids for finding in findings} - matrix.parents.keys()
        if not new:
            return matrix
        parents = {ids: reading.parents(key[1], ids) for ids in new}
        unread = {parent for above in parents.values() for parent in above} - matrix.wider.keys()
        holders = {parent: reading.holders_of_parent(key[1], parent) for parent in unread}
        return self._grown(key, matrix, lambda current: current.with_parents(parents, holders))

    def _with_rows(self, key: _Key, matrix: Matrix, diseases: Collection[int]) -> Matrix:
        new = [matrix.diseases[disease] for disease in diseases if disease not in matrix.annotated]
        if not new:
            return matrix
        annotated = reading.annotated(key[1], new)
        return self._grown(key, matrix, lambda current: current.with_annotated(annotated))

    def _with_frequencies(self, key: _Key, matrix: Matrix, diseases: Collection[int]) -> Matrix:
        new = [matrix.diseases[disease] for disease in diseases if disease not in matrix.frequencies]
        if not new:
            return matrix
        frequencies = {disease: reading.frequencies(key[1], disease) for disease in new}
        return self._grown(key, matrix, lambda current: current.with_frequencies(frequencies))

    def _begun(self, key: _Key) -> Matrix:
        """The matrix kept for this version and view, or an empty one that is kept from now on."""
        with self._swap:
            if key not in self._kept:
                # What was made of another version is not asked for again.
                self._kept = {other: matrix for other, matrix in self._kept.items() if other[0] == key[0]}
                while len(self._kept) >= KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = Matrix()
            return self._kept[key]

    def _grown(self, key: _Key, matrix: Matrix, more: Callable[[Matrix], Matrix]) -> Matrix:
        """What `more` makes of the matrix kept by now, put in its place; of `matrix` alone where that was let go.

        Nothing is read from the graph while others wait.
        """
        with self._swap:
            current = self._kept.get(key)
            if current is not None and current.lineage is matrix.lineage:
                self._kept[key] = grown = more(current)
                return grown
        return more(matrix)


_Key = tuple[str, GraphView]
"""A version of the graph, and who reads it."""


def _columns(matrix: Matrix, findings: Sequence[Finding]) -> list[Column | None]:
    return [matrix.columns[finding.ids] for finding in findings]


def _wider(matrix: Matrix, finding: Finding) -> list[Column]:
    """The columns of the parents that tell diseases apart."""
    columns = (matrix.wider[parent] for parent in matrix.parents[finding.ids])
    return [column for column in columns if column is not None]


def _pool(scores: Scores) -> dict[int, float]:
    """The best scores by the number of the disease, best first."""
    positive = np.flatnonzero(scores.values > 0)
    best = positive[np.argsort(-scores.values[positive], kind="stable")][:POOL]
    return {int(scores.diseases[place]): float(scores.values[place]) for place in best}


def _by_share(matrix: Matrix, best: Mapping[int, float], asked: Sequence[Column | None]) -> list[int]:
    """The diseases by their score and how much of them is explained, then by id."""

    def weight(disease: int) -> float:
        explained = sum(column is not None and column.holds(disease) for column in asked)
        return best[disease] + SHARE * min(1.0, explained / max(matrix.annotated[disease], 1))

    return sorted(best, key=lambda disease: (-weight(disease), matrix.diseases[disease]))


def _seen(matrix: Matrix, disease: int, present: Sequence[Finding], asked: Sequence[Column | None]) -> float:
    """How often the asked findings are to be expected in a disease, each weighed by its information content."""
    of_disease = matrix.frequencies[disease]
    total = 0.0
    for finding, column in zip(present, asked, strict=True):
        if column is not None:
            ids = matrix.closures[finding.ids] & of_disease.keys()
            total += column.content * max((of_disease[id] for id in ids), default=0.0)
    return total
