"""What the ranking of diseases is compared with, over the same matrix: each gives a score of every disease for a case.

`Reference` is a formula that was measured on cases like these; `Lirical` follows the rules of Robinson 2020
(doi:10.1016/j.ajhg.2020.06.021); `Content` is the information content of what a case and a disease share (Resnik 1995,
as Phenomizer has it, Köhler 2009), with the parents of a finding only, which is what medgraph ranked by before.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.differential.matrix import Matrix
from qa.differential.score import Profile

Scores = NDArray[np.float64]
Terms = Sequence[int]
Altered = Sequence[Profile]
"""Diseases of which some papers' statements are left out."""


class Peer(Protocol):
    name: str

    def __call__(self, observed: Terms, excluded: Terms, altered: Altered = ()) -> Scores: ...


def _column(matrix: Matrix, term: int, altered: Altered) -> tuple[Scores, Scores]:
    """How often each disease has a finding or a more specific one, and how often just that (D)."""
    who, often, itself = matrix.column(term)
    whole, own = np.zeros((2, len(matrix.profiles.diseases)))
    whole[who], own[who] = often, itself
    for of in altered:
        whole[of.disease], own[of.disease] = of.often.get(term, 0.0), of.stated.get(term, 0.0)
    return whole, own


class Reference:
    """Σ log(λ + (1 - λ) max over the finding and its ancestors of r), r = F/bg, for an ancestor (F/bg)^θ."""

    name = "reference formula"

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._kept = cache(lambda term: self._ratio(term, ()))

    def _ratio(self, term: int, altered: Altered) -> Scores:
        best = np.zeros(len(self._matrix.profiles.diseases))
        for above in self._matrix.ancestors(term).tolist():
            ratio = _column(self._matrix, above, altered)[0] / self._matrix.usual[above]
            best = np.maximum(best, ratio if above == term else ratio**0.2)
        return np.log(0.01 + 0.99 * best)

    def __call__(self, observed: Terms, excluded: Terms, altered: Altered = ()) -> Scores:
        rows = [self._ratio(term, altered) if altered else self._kept(term) for term in observed]
        total: Scores = np.sum(rows, axis=0)
        return total


class Lirical:
    """Likelihood ratios by LIRICAL's rules: the frequency against the background, what is more specific than the
    annotation shared among its children, one in a hundred where nothing is shared; excluded findings in full."""

    name = "LIRICAL's rules"

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        terms = len(matrix.profiles.terms)
        self._children = np.bincount(matrix.profiles.parent, minlength=terms)
        self._parents: dict[int, list[int]] = {}
        for child, parent in zip(matrix.profiles.child.tolist(), matrix.profiles.parent.tolist(), strict=True):
            self._parents.setdefault(child, []).append(parent)
        depth = np.diff(matrix.above_start)
        self._roots = {term for term in range(terms) if depth[term] <= 3}
        self._kept = cache(lambda term: self._ratio(term, ()))
        self._kept_absent = cache(lambda term: self._absent(term, ()))

    def _ratio(self, term: int, altered: Altered) -> Scores:
        matrix = self._matrix
        usual = float(matrix.usual[term])
        best = np.full(len(matrix.profiles.diseases), 0.01)
        for above in matrix.ancestors(term).tolist():
            if above != term and above not in self._roots:
                best = np.maximum(best, np.minimum(1.0, _column(matrix, above, altered)[0]))
        part, waiting = {term: 1.0}, [term]
        while waiting:
            at = waiting.pop()
            for above in self._parents.get(at, ()):
                share = part[at] / max(self._children[above], 1)
                if share > part.get(above, 0.0):
                    part[above] = share
                    waiting.append(above)
        for above, share in part.items():
            if above != term:
                own = _column(matrix, above, altered)[1]
                best = np.where(own > 0, np.maximum(best, own * share / usual), best)
        whole = _column(matrix, term, altered)[0]
        return np.log(np.where(whole > 0, np.maximum(whole, 1e-3) / usual, best))

    def _absent(self, term: int, altered: Altered) -> Scores:
        whole = np.minimum(_column(self._matrix, term, altered)[0], 0.99)
        absent: Scores = np.log1p(-whole) - np.log1p(-min(float(self._matrix.usual[term]), 0.99))
        return absent

    def __call__(self, observed: Terms, excluded: Terms, altered: Altered = ()) -> Scores:
        rows = [self._ratio(term, altered) if altered else self._kept(term) for term in observed]
        rows += [self._absent(term, altered) if altered else self._kept_absent(term) for term in excluded]
        total: Scores = np.sum(rows, axis=0)
        return total


class Content:
    """The information content of the finding, or nine tenths of that of its best parent, over what was asked; an
    excluded finding costs a hundredth."""

    name = "information content, as before"

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._above: dict[int, list[int]] = {}
        for child, parent in zip(matrix.profiles.child.tolist(), matrix.profiles.parent.tolist(), strict=True):
            self._above.setdefault(child, []).append(parent)
        having = np.maximum(np.diff(matrix.start), 1)
        self._content = -np.log(np.minimum(having / max(len(matrix.profiles.diseases), 1), 1.0)) + 0.01

    def __call__(self, observed: Terms, excluded: Terms, altered: Altered = ()) -> Scores:
        total = np.zeros(len(self._matrix.profiles.diseases))
        for term in observed:
            own = self._content[term]
            best = np.where(_column(self._matrix, term, altered)[0] > 0, own, 0.0)
            for above in self._above.get(term, ()):
                shared = 0.9 * min(self._content[above], own)
                best = np.maximum(best, np.where(_column(self._matrix, above, altered)[0] > 0, shared, 0.0))
            total += best
        for term in excluded:
            total -= 0.01 * np.where(_column(self._matrix, term, altered)[0] > 0, self._content[term], 0.0)
        return total
