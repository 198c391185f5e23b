"""Why a candidate is one: what each finding says for it, what speaks against it, and what it would lead one to
expect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from qa.differential.matrix import Matrix
from qa.differential.model import Case, Expected, Explained, Finding
from qa.differential.score import CHANCE, KIN, SURE, Profile, Values, absent_weight, credits, weights

USUAL = 0.5
"""A finding that a disease has at least as often is expected."""
EXPECTED = 8
"""Expected findings at most."""


def explained(
    matrix: Matrix, of: Profile, case: Case, kin: Callable[[int], Values], parts: Sequence[float] | None = None
) -> tuple[Explained, ...]:
    """For each observed finding that the graph has terms of, what it says for the disease, as `score.for_findings` has
    it for all; `kin` gives how often the kin of each disease has a finding."""
    asked = [(place, terms) for place, finding in enumerate(case.observed) if (terms := numbers(matrix, finding))]
    parts = weights(matrix, [terms for _, terms in asked]) if parts is None else parts
    result = []
    for (place, terms), part in zip(asked, parts, strict=True):
        best = max((_explained(matrix, of, place, term, kin) for term in terms), key=lambda one: one.ratio)
        result.append(replace(best, ratio=best.ratio**part))
    return tuple(result)


def _explained(matrix: Matrix, of: Profile, place: int, term: int, kin: Callable[[int], Values]) -> Explained:
    terms = matrix.profiles.terms
    best, common = max(credits(matrix, of, term), default=(CHANCE, None), key=lambda pair: pair[0])
    of_kin = KIN * float(kin(term)[of.disease]) / float(matrix.usual[term])
    by = None if common is None or of_kin > best else of.by[common]
    return Explained(
        place=place,
        ratio=CHANCE + (1 - CHANCE) * max(best, of_kin, CHANCE) * of.length,
        by="" if by is None else terms[by],
        often=of.stated[by] if by in of.told else None,
        told=by in of.told,
        wider="" if by is None or common in (None, term) else terms[common or 0],
        kin=of_kin > best,
    )


def against(matrix: Matrix, of: Profile, case: Case) -> tuple[Explained, ...]:
    """Of the excluded findings those that the disease has."""
    terms = matrix.profiles.terms
    weight = absent_weight(matrix, sum(bool(numbers(matrix, finding)) for finding in case.excluded))[of.disease]
    result = []
    for place, finding in enumerate(case.excluded):
        asked = [term for term in numbers(matrix, finding) if of.often.get(term, 0.0) > 0]
        if asked:
            term = max(asked, key=lambda one: of.often[one])
            by, share = of.by[term], of.often[term]
            result.append(
                Explained(
                    place=place,
                    ratio=float(np.exp(weight * np.log1p(-min(share, SURE)))),
                    by=terms[by],
                    often=share if by in of.told else None,
                    told=by in of.told,
                )
            )
    return tuple(result)


def expected(matrix: Matrix, of: Profile, case: Case, most: int = EXPECTED) -> tuple[Expected, ...]:
    """The findings that the disease usually has and that were not told of, the most telling first; none that goes by
    the name of the disease."""
    asked = {term for finding in case.observed for term in numbers(matrix, finding)}
    denied = {term for finding in case.excluded for term in numbers(matrix, finding)}
    covered = {above for term in asked for above in matrix.ancestors(term).tolist()}
    open_ones = []
    for term, share in of.stated.items():
        above = set(matrix.ancestors(term).tolist())
        itself = matrix.profiles.namesake[term] == of.disease
        if share >= USUAL and term in of.told and not itself and term not in covered and not above & asked:
            open_ones.append((share / float(matrix.usual[term]), term, share, bool(above & denied)))
    open_ones.sort(key=lambda one: (-one[0], one[1]))
    return tuple(Expected(matrix.profiles.terms[term], share, refuted) for _, term, share, refuted in open_ones[:most])


def numbers(matrix: Matrix, finding: Finding) -> tuple[int, ...]:
    """The terms of the matrix that a finding may mean."""
    return tuple(matrix.term_number[id] for id in finding.ids if id in matrix.term_number)
