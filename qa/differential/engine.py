"""Ranks the diseases of a graph for a case: what the findings say, how common each is, and what to find out next.

The chance of each is proportional to its rate before the findings times the product of the findings' ratios, tempered:
findings of one patient hang together, so that a product of many says too much. What the graph does not know is one more
candidate, for which no finding speaks.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graph.view import GraphView
from qa.differential.adverse import Taken, with_effects
from qa.differential.alarms import ordered
from qa.differential.explain import against, expected, explained, numbers
from qa.differential.kept import Kept
from qa.differential.matrix import Matrix
from qa.differential.model import Candidate, Case, Ranking
from qa.differential.next import OPEN, next_steps
from qa.differential.priors import OTHER, circumstances, prior
from qa.differential.score import Profile, absent_weight, for_findings, kin, profile, weights, without_finding
from storage import deadline

Values = NDArray[np.float32]

CANDIDATES = 10
TEMPER, MANY = 2.0, 0.5
"""The logarithm of what the findings say is multiplied by TEMPER / n ** MANY, at most by 1, before it becomes a
probability, n being how many findings count: the more there are, the less each is news. Chosen by cross-validation
over papers, two fifths of the cases of papers that the graph does not know, and on vignettes; where nothing of a case's
paper is known, the probabilities are still too high (benchmarks/differential.py)."""
MISTAKEN = 0.01
"""However well the findings fit, in so many cases it is something else: by judgement."""
SPEAKS = float(np.log(2))
"""A finding speaks for a disease that has it at least twice as often as others."""
_COLUMNS = 1_000
"""So many findings' columns are kept at most, of some 50 kB each."""


class Differential:
    """Ranks over a graph. Safe to use from several threads."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept = kept or Kept()
        self._taken = Taken()
        self._lock = Lock()
        self._columns: WeakKeyDictionary[Matrix, OrderedDict[Hashable, Values]] = WeakKeyDictionary()

    def matrix(self, view: GraphView) -> Matrix:
        """What is ranked over, of the graph as it is now. Raises what the graph raises."""
        return self._kept.matrix(view)

    def open(self, view: GraphView) -> bool:
        """Take what is ranked over from the disk, if it is kept there; whether it is in memory now."""
        return self._kept.open(view)

    def rank(
        self,
        view: GraphView,
        case: Case,
        limit: int = CANDIDATES,
        *,
        why: bool = True,
        among: Collection[str] | None = None,
        tests: bool = False,
    ) -> Ranking:
        """The first `limit` candidates in the order of `alarms.ordered`; with `why`, what each finding says for
        them and what to find out next, with `tests` by a test. Of `among`, ids of diseases, where it is given, the most
        probable first: their probabilities are still those among all. Raises what the graph raises."""
        matrix = self.matrix(view)
        altered = _altered(matrix, matrix.resting_on(case.papers))
        seen, parts = _seen(matrix, case)
        columns = [self._column(matrix, terms, altered) for terms in seen]
        spoken, before = self._spoken(matrix, case, columns, parts, altered), self._prior(matrix, case)
        temper = _temper(parts)
        weight = np.append(temper * spoken + before, np.log(OTHER))
        chance = np.exp(weight - weight.max(), dtype=np.float64)
        chance /= chance.sum()
        chance[:-1], chance[-1] = chance[:-1] * (1 - MISTAKEN), chance[-1] * (1 - MISTAKEN) + MISTAKEN
        average = float(np.log(np.mean(np.exp(before)))) if len(before) else 0.0
        speaking = np.sum([np.zeros_like(before), *(column > SPEAKS for column in columns)], axis=0)
        order = ordered(matrix, case, chance[:-1], spoken, before, speaking, max(limit, OPEN))
        if among is not None:
            inside = {matrix.disease_number[id] for id in among if id in matrix.disease_number}
            order = np.array(sorted(inside, key=lambda at: (-chance[at], at)), np.int64)
        candidates = []
        deadline.check()
        of_kin = cache(lambda term: kin(matrix, term, altered.values()))
        for at in order[:limit].tolist():
            deadline.check()
            candidate = Candidate(
                id=matrix.profiles.diseases[at],
                ids=(matrix.profiles.diseases[at], *matrix.profiles.bearers[at]),
                name=matrix.profiles.names[at],
                probability=float(chance[at]),
                score=float(spoken[at]),
                prior=float(before[at]) - average,
                missed=bool(matrix.profiles.missed[at]),
            )
            candidates.append(_with_reasons(matrix, case, candidate, parts, altered, of_kin) if why else candidate)
        open_ones = order[:OPEN]
        ranking = Ranking(
            case=case,
            candidates=tuple(candidates),
            other=float(chance[-1]),
            next=next_steps(matrix, case, open_ones.tolist(), chance[open_ones], tests=tests) if why else (),
        )
        if among is not None:
            return ranking
        taken = {told: self._taken.of(view, matrix, ids) for told, ids in case.drugs.items()}
        return with_effects(matrix, ranking, taken, temper, float(np.logaddexp.reduce(weight)), limit)

    def weigh(self, view: GraphView, case: Case) -> Values:
        """By how much each disease of the matrix (D), and as the last one something else, is more probable than
        another: the logarithm of its chance, but for a constant. Raises what the graph raises."""
        matrix = self.matrix(view)
        seen, parts = _seen(matrix, case)
        altered = _altered(matrix, matrix.resting_on(case.papers))
        columns = [self._column(matrix, terms, altered) for terms in seen]
        spoken = self._spoken(matrix, case, columns, parts, altered)
        return np.append(_temper(parts) * spoken + self._prior(matrix, case), np.log(OTHER)).astype(np.float32)

    def _spoken(
        self,
        matrix: Matrix,
        case: Case,
        columns: Sequence[Values],
        parts: Sequence[float],
        altered: Mapping[int, Profile],
    ) -> Values:
        """What the findings say for each disease (D): the logarithm of their ratios' product. `columns` are those of
        the observed ones, of which each counts by its part."""
        total = np.zeros(len(matrix.profiles.diseases), np.float32)
        others = altered.values()
        for column, part in zip(columns, parts, strict=True):
            total += part * column
        absent = [terms for finding in case.excluded if (terms := numbers(matrix, finding))]
        weight = absent_weight(matrix, len(absent))
        for terms in absent:
            total += weight * (without_finding(matrix, terms, others) if others else self._absent(matrix, terms))
        return total

    def _column(self, matrix: Matrix, terms: tuple[int, ...], altered: Mapping[int, Profile]) -> Values:
        """The logarithm of what a finding says for each disease."""
        if altered:
            return np.log(for_findings(matrix, terms, altered.values()))
        return self._remembered(matrix, (True, terms), lambda: np.log(for_findings(matrix, terms)))

    def _absent(self, matrix: Matrix, terms: tuple[int, ...]) -> Values:
        """The same of a finding that is not there, in full."""
        return self._remembered(matrix, (False, terms), lambda: without_finding(matrix, terms))

    def _prior(self, matrix: Matrix, case: Case) -> Values:
        """The logarithm of the rate of each disease for somebody as in the case."""
        if case.factors:
            return prior(matrix, case)
        return self._remembered(matrix, circumstances(case), lambda: prior(matrix, case))

    def _remembered(self, matrix: Matrix, key: Hashable, make: Callable[[], Values]) -> Values:
        """A column kept with its matrix."""
        with self._lock:
            columns = self._columns.setdefault(matrix, OrderedDict())
            if key in columns:
                columns.move_to_end(key)
                return columns[key]
        column = make()
        with self._lock:
            columns[key] = column
            while len(columns) > _COLUMNS:
                columns.popitem(last=False)
        return column


def _seen(matrix: Matrix, case: Case) -> tuple[list[tuple[int, ...]], list[float]]:
    """The terms of each observed finding that the graph has some of, and how much each counts beside the others."""
    seen = [terms for finding in case.observed if (terms := numbers(matrix, finding))]
    return seen, weights(matrix, seen)


def _temper(parts: Sequence[float]) -> float:
    return min(1.0, float(TEMPER / max(sum(parts), 1.0) ** MANY))


def _altered(matrix: Matrix, papers: frozenset[int]) -> dict[int, Profile]:
    """The profiles of the diseases of which one of the papers states something, without that."""
    if not papers:
        return {}
    touched = np.unique(matrix.profiles.disease[np.isin(matrix.profiles.paper, sorted(papers))])
    return {at: profile(matrix, at, papers) for at in touched.tolist()}


def _with_reasons(
    matrix: Matrix,
    case: Case,
    candidate: Candidate,
    parts: Sequence[float],
    altered: Mapping[int, Profile],
    of_kin: Callable[[int], Values],
) -> Candidate:
    at = matrix.disease_number[candidate.id]
    of = altered.get(at) or profile(matrix, at)
    return replace(
        candidate,
        explained=explained(matrix, of, case, of_kin, parts),
        against=against(matrix, of, case),
        expected=expected(matrix, of, case),
    )
