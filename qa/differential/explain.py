"""Why a candidate is one: what each finding says for it, what speaks against it, and what it would lead one to
expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qa.differential.matrix import Matrix
from qa.differential.model import Case, Expected, Explained, Finding
from qa.differential.score import ABSENT, CHANCE, GENERAL, SURE

USUAL = 0.5
"""A finding that a disease has at least as often is expected."""
EXPECTED = 8
"""Expected findings at most."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The findings of one disease: how often each, as stated, and how often what is more general."""

    stated: Mapping[int, float]
    often: Mapping[int, float]
    by: Mapping[int, int]
    """Of each general finding the stated one for which the disease has it."""
    told: frozenset[int]
    """The stated ones of which a source says how often."""


def profile(matrix: Matrix, disease: int, without: frozenset[int] = frozenset()) -> Profile:
    """What is stated of a disease, but by the papers `without`, by their places."""
    stated = matrix.profile(disease, without)
    often: dict[int, float] = {}
    by: dict[int, int] = {}
    for term, share in sorted(stated.items(), key=lambda pair: (-pair[1], pair[0])):
        for above in matrix.ancestors(term).tolist():
            if share > 0 and above not in often:
                often[above], by[above] = share, term
    rows = matrix.rows_of(disease)
    weighed = rows[matrix.profiles.weight[rows] > 0]
    told = frozenset(np.unique(matrix.profiles.term[weighed]).tolist())
    return Profile(stated, often, by, told)


def ratio(matrix: Matrix, of: Profile, terms: tuple[int, ...]) -> tuple[float, int | None, int | None]:
    """The likelihood ratio of a finding that may be any of `terms` for a disease, as `score.for_findings` has it for
    all; the stated finding that it is compared with, and what both have in common, where that is less than the
    finding."""
    best, by, common = 0.0, None, None
    for term in terms:
        for above in matrix.ancestors(term).tolist():
            share = of.often.get(above, 0.0)
            if share <= 0:
                continue
            value = share / float(matrix.usual[above])
            value = value if above == term else value**GENERAL
            if value > best:
                best, by, common = value, of.by[above], None if above == term else above
    return CHANCE + (1 - CHANCE) * best, by, common


def explained(matrix: Matrix, of: Profile, case: Case) -> tuple[Explained, ...]:
    """For each observed finding that the graph has terms of, what it says for the disease."""
    terms = matrix.profiles.terms
    result = []
    for place, finding in enumerate(case.observed):
        asked = numbers(matrix, finding)
        if not asked:
            continue
        value, by, common = ratio(matrix, of, asked)
        result.append(
            Explained(
                place=place,
                ratio=value,
                by="" if by is None else terms[by],
                often=of.stated[by] if by is not None and by in of.told else None,
                told=by in of.told,
                wider="" if common is None else terms[common],
            )
        )
    return tuple(result)


def against(matrix: Matrix, of: Profile, case: Case) -> tuple[Explained, ...]:
    """Of the excluded findings those that the disease has."""
    terms = matrix.profiles.terms
    result = []
    for place, finding in enumerate(case.excluded):
        asked = [term for term in numbers(matrix, finding) if of.often.get(term, 0.0) > 0]
        if asked:
            term = max(asked, key=lambda one: of.often[one])
            by, share = of.by[term], of.often[term]
            result.append(
                Explained(
                    place=place,
                    ratio=float(np.exp(ABSENT * np.log1p(-min(share, SURE)))),
                    by=terms[by],
                    often=share if by in of.told else None,
                    told=by in of.told,
                )
            )
    return tuple(result)


def expected(matrix: Matrix, of: Profile, case: Case, most: int = EXPECTED) -> tuple[Expected, ...]:
    """The findings that the disease usually has and that were not told of, the most telling first."""
    asked = {term for finding in case.observed for term in numbers(matrix, finding)}
    denied = {term for finding in case.excluded for term in numbers(matrix, finding)}
    covered = {above for term in asked for above in matrix.ancestors(term).tolist()}
    open_ones = []
    for term, share in of.stated.items():
        above = set(matrix.ancestors(term).tolist())
        if share >= USUAL and term in of.told and term not in covered and not above & asked:
            open_ones.append((share / float(matrix.usual[term]), term, share, bool(above & denied)))
    open_ones.sort(key=lambda one: (-one[0], one[1]))
    return tuple(Expected(matrix.profiles.terms[term], share, refuted) for _, term, share, refuted in open_ones[:most])


def numbers(matrix: Matrix, finding: Finding) -> tuple[int, ...]:
    """The terms of the matrix that a finding may mean."""
    return tuple(matrix.term_number[id] for id in finding.ids if id in matrix.term_number)
