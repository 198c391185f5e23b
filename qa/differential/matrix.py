"""Who has which finding and how often, over all findings and what is more general than each: never changed once made.

A disease has a general finding as often as the most frequent of its more specific ones. What several statements say of
one finding is taken together by the number of patients that each is about, with a little of what is usual, so that one
case in one is no certainty (the rule of succession, Laplace 1774).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.differential.profiles import Numbers, Profiles, Shares

Places = NDArray[np.int64]

UNTOLD = 0.3
"""How often a finding is where nobody says how often; of published annotations that say it, about the median."""
FEW = 400
"""So many diseases are taken for all that there are, where a graph has fewer."""
_USUAL, _TRUST = 0.3, 1.0
"""What is added to the count of a finding: so many patients of whom this share has it."""
_LEAST = 0.002
"""No finding is less frequent than this where it is stated at all."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Matrix:
    """By finding, the diseases that have it and how often. `start[t]` to `start[t + 1]` are the places in `who` and
    `often` of the term t; `usual[t]` is how often it is over all diseases; `above` holds the terms that are more
    general than t and t itself, from `above_start[t]` to `above_start[t + 1]`."""

    profiles: Profiles
    term_number: Mapping[str, int]
    disease_number: Mapping[str, int]
    paper_number: Mapping[str, int]
    start: Places
    who: Numbers
    often: Shares
    usual: Shares
    above_start: Places
    above: Numbers
    stated: Places
    """Of each disease, the place of its first row in `row_order`; one more for the end."""
    row_order: Places
    """The rows of the annotations, by disease."""
    kinds: Mapping[int, int]
    """How a finding is found out, by its term, as most of those say it who do."""

    def column(self, term: int) -> tuple[Numbers, Shares]:
        """The diseases that have a finding or a more specific one, and how often each."""
        span = slice(self.start[term], self.start[term + 1])
        return self.who[span], self.often[span]

    def ancestors(self, term: int) -> Numbers:
        """The term itself and all that is more general."""
        return self.above[self.above_start[term] : self.above_start[term + 1]]

    def rows_of(self, disease: int) -> Places:
        """The rows of the annotations of a disease."""
        return self.row_order[self.stated[disease] : self.stated[disease + 1]]

    def profile(self, disease: int, without: Collection[int] = ()) -> dict[int, float]:
        """How often each finding stated of a disease is, but by what the papers `without` state."""
        rows = self.rows_of(disease)
        if without:
            rows = rows[~np.isin(self.profiles.paper[rows], np.array(sorted(without), np.int32))]
        _, term, share = _pooled(self.profiles, rows)
        return dict(zip(term.tolist(), share.tolist(), strict=True))


def build(profiles: Profiles) -> Matrix:
    """The matrix of what is stated."""
    above_start, above = _closure(len(profiles.terms), profiles.child, profiles.parent)
    disease, term, share = _pooled(profiles, np.arange(len(profiles.disease)))
    who, which, often = _spread(disease, term, share, above_start, above)
    start = np.searchsorted(which, np.arange(len(profiles.terms) + 1))
    all_there_is = max(len(profiles.diseases), FEW)
    usual = np.bincount(which, weights=often, minlength=len(profiles.terms)) / all_there_is
    row_order = np.argsort(profiles.disease, kind="stable")
    return Matrix(
        profiles=profiles,
        term_number={id: number for number, id in enumerate(profiles.terms)},
        disease_number={
            id: number
            for number, (first, others) in enumerate(zip(profiles.diseases, profiles.bearers, strict=True))
            for id in (first, *others)
        },
        paper_number={paper: number for number, paper in enumerate(profiles.papers)},
        start=start.astype(np.int64),
        who=who,
        often=often,
        usual=np.maximum(usual, UNTOLD / all_there_is).astype(np.float32),
        above_start=above_start,
        above=above,
        stated=np.searchsorted(profiles.disease[row_order], np.arange(len(profiles.diseases) + 1)).astype(np.int64),
        row_order=row_order,
        kinds=_kinds(profiles),
    )


def _kinds(profiles: Profiles) -> dict[int, int]:
    told = profiles.kind > 0
    pairs, counts = np.unique(np.stack([profiles.term[told], profiles.kind[told]]), axis=1, return_counts=True)
    order = np.argsort(counts, kind="stable")
    return {int(pairs[0, at]): int(pairs[1, at]) for at in order}


def _pooled(profiles: Profiles, rows: Places) -> tuple[Numbers, Numbers, Shares]:
    """Of each disease and finding in these rows how often it is, by disease and finding."""
    terms = len(profiles.terms)
    keys = profiles.disease[rows].astype(np.int64) * terms + profiles.term[rows]
    pairs, place = np.unique(keys, return_inverse=True)
    weight = profiles.weight[rows].astype(np.float64)
    share = np.where(weight > 0, np.nan_to_num(profiles.share[rows]), 0.0)
    patients = np.bincount(place, weights=weight, minlength=len(pairs))
    having = np.bincount(place, weights=weight * share, minlength=len(pairs))
    told = (having + _TRUST * _USUAL) / (patients + _TRUST)
    often = np.where(patients > 0, told, UNTOLD)
    denied = (patients > 0) & (having == 0)
    often = np.where(denied, 0.0, np.maximum(often, _LEAST))
    return (pairs // terms).astype(np.int32), (pairs % terms).astype(np.int32), often.astype(np.float32)


def _spread(
    disease: Numbers, term: Numbers, share: Shares, above_start: Places, above: Numbers
) -> tuple[Numbers, Numbers, Shares]:
    """The same with all that is more general, each as often as its most frequent, by finding and disease."""
    many = (above_start[term + 1] - above_start[term]).astype(np.int64)
    first = np.repeat(above_start[term], many)
    within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    who, which, often = np.repeat(disease, many), above[first + within], np.repeat(share, many)
    order = np.lexsort((-often, who, which))
    who, which, often = who[order], which[order], often[order]
    new = np.ones(len(who), np.bool_)
    new[1:] = (who[1:] != who[:-1]) | (which[1:] != which[:-1])
    new &= often > 0
    return who[new], which[new], often[new]


def _closure(terms: int, child: Numbers, parent: Numbers) -> tuple[Places, Numbers]:
    """Each term with all that is more general. A circle, which no ontology should have, ends where it closes."""
    parents: list[list[int]] = [[] for _ in range(terms)]
    for below, over in zip(child.tolist(), parent.tolist(), strict=True):
        if below != over:
            parents[below].append(over)
    reached: list[list[int]] = []
    for term in range(terms):
        seen, waiting = {term}, [term]
        while waiting:
            for over in parents[waiting.pop()]:
                if over not in seen:
                    seen.add(over)
                    waiting.append(over)
        reached.append(sorted(seen))
    lengths = np.array([len(each) for each in reached], np.int64)
    start = np.zeros(terms + 1, np.int64)
    np.cumsum(lengths, out=start[1:])
    return start, np.array([term for each in reached for term in each], np.int32)
