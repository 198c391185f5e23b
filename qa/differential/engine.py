"""Ranks the diseases of a graph for a case: what the findings say, how common each is, and what to find out next.

The chance of each is proportional to its rate before the findings times the product of the findings' ratios, tempered:
findings of one patient hang together, so that a product of many says too much. What the graph does not know is one more
candidate, for which no finding speaks.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from graph.view import GraphView
from qa.differential.kept import Kept
from qa.differential.matrix import Matrix
from qa.differential.model import Candidate, Case, Finding, Ranking
from qa.differential.priors import OTHER, prior
from qa.differential.score import CHANCE, for_findings, without_finding

Values = NDArray[np.float32]

CANDIDATES = 10
TEMPER = 0.6
"""By this the logarithm of what the findings say is multiplied before it becomes a probability; set on cases that the
ranking was not chosen by (benchmarks/differential.py)."""
_COLUMNS = 4_000
"""So many findings' columns are kept at most, of some 50 kB each."""


class Differential:
    """Ranks over a graph. Safe to use from several threads."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept = kept or Kept()
        self._lock = Lock()
        self._columns: OrderedDict[tuple[int, tuple[int, ...]], Values] = OrderedDict()

    def matrix(self, view: GraphView) -> Matrix:
        """What is ranked over, of the graph as it is now. Raises what the graph raises."""
        return self._kept.matrix(view)

    def rank(self, view: GraphView, case: Case, limit: int = CANDIDATES) -> Ranking:
        """The best `limit` candidates, the most probable first, ties by id. Raises what the graph raises."""
        matrix = self.matrix(view)
        spoken, before = self.spoken(matrix, case), prior(matrix, case)
        weight = np.append(TEMPER * spoken + before, np.log(OTHER))
        chance = np.exp(weight - weight.max())
        chance /= chance.sum()
        order = _best(weight[:-1], limit)
        profiles = matrix.profiles
        average = float(np.log(np.mean(np.exp(before)))) if len(before) else 0.0
        return Ranking(
            case=case,
            candidates=tuple(
                Candidate(
                    id=profiles.diseases[at],
                    ids=(profiles.diseases[at], *profiles.bearers[at]),
                    name=profiles.names[at],
                    probability=float(chance[at]),
                    score=float(spoken[at]),
                    prior=float(before[at]) - average,
                    missed=bool(profiles.missed[at]),
                )
                for at in order.tolist()
            ),
            other=float(chance[-1]),
        )

    def spoken(self, matrix: Matrix, case: Case) -> Values:
        """What the findings say for each disease (D): the logarithm of their ratios' product."""
        total = np.zeros(len(matrix.profiles.diseases), np.float32)
        without = self._left_out(matrix, case)
        for finding in case.observed:
            terms = _terms(matrix, finding)
            if terms:
                total += np.log(self._column(matrix, terms))
        for finding in case.excluded:
            terms = _terms(matrix, finding)
            if terms:
                total += without_finding(matrix, terms)
        for at, profile in without.items():
            total[at] = _by_profile(matrix, case, profile)
        return total

    def _column(self, matrix: Matrix, terms: tuple[int, ...]) -> Values:
        key = (id(matrix), terms)
        with self._lock:
            column = self._columns.get(key)
            if column is not None:
                self._columns.move_to_end(key)
                return column
        column = for_findings(matrix, terms)
        with self._lock:
            self._columns[key] = column
            while len(self._columns) > _COLUMNS:
                self._columns.popitem(last=False)
        return column

    def _left_out(self, matrix: Matrix, case: Case) -> dict[int, dict[int, float]]:
        """The profiles of the diseases of which a paper of the case states something, without that."""
        if not case.papers:
            return {}
        profiles = matrix.profiles
        papers = [place for place, paper in enumerate(profiles.papers) if paper in case.papers]
        touched = np.unique(profiles.disease[np.isin(profiles.paper, papers)]) if papers else np.zeros(0, np.int32)
        return {at: matrix.profile(at, papers) for at in touched.tolist()}


def _terms(matrix: Matrix, finding: Finding) -> tuple[int, ...]:
    return tuple(matrix.term_number[id] for id in finding.ids if id in matrix.term_number)


def _by_profile(matrix: Matrix, case: Case, profile: Mapping[int, float]) -> float:
    """What the findings of a case say for a disease of this profile: `score`, one disease at a time."""
    from qa.differential.score import ABSENT, GENERAL

    often: dict[int, float] = {}
    for term, share in profile.items():
        for above in matrix.ancestors(term).tolist():
            often[above] = max(often.get(above, 0.0), share)
    total = 0.0
    for finding in case.observed:
        terms = _terms(matrix, finding)
        if not terms:
            continue
        best = 0.0
        for term in terms:
            for above in matrix.ancestors(term).tolist():
                ratio = often.get(above, 0.0) / float(matrix.usual[above])
                best = max(best, ratio if above == term else ratio**GENERAL)
        total += float(np.log(CHANCE + (1 - CHANCE) * best))
    for finding in case.excluded:
        against = max((often.get(term, 0.0) for term in _terms(matrix, finding)), default=0.0)
        total += ABSENT * float(np.log1p(-min(against, 0.95)))
    return total


def _best(weight: Values, limit: int) -> NDArray[np.int64]:
    """The places of the greatest, greatest first."""
    limit = min(limit, len(weight))
    if limit <= 0:
        return np.zeros(0, np.int64)
    top = np.argpartition(-weight, limit - 1)[:limit] if limit < len(weight) else np.arange(len(weight))
    return top[np.lexsort((top, -weight[top]))]


def names(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What the findings were called."""
    return tuple(finding.told for finding in findings)
