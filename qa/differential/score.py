"""The arithmetic of a differential: how much each finding speaks for each disease, in numpy over a matrix.

For a finding f and a disease d the likelihood ratio is λ + (1 - λ) · l(d) · c, with c the greatest of

    max(S(d, f), .8 F(d, f)) / F(f)       the finding itself, or a more specific one
    (S(d, a) / F(a)) ** .7                for each more general finding a that is stated of d itself
    (F(d, a) / F(a)) ** .2                for each more general finding a of which d has some form
    .5 K(d, f) / F(f)                     what the diseases of d's own class have, whatever is written of d

F(d, a) is how often the disease has a finding or a more specific one, S(d, a) how often just that, F(a) how often it is
over all diseases, and l(d) is less for a disease of which much is written: it would fit everybody. λ is the chance that
a finding has nothing to do with the disease. What a common disease has only in general is less than that by how rare
the finding is in practice (`left`). An excluded finding counts with a part of its weight: in most patients a
disease lacks some of its findings, and what is written down as absent is what somebody thought of.

The constants were set step by step on published cases, on patients drawn from the counts of papers that were then left
out, and on simulated ones; most change little between half and twice their value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.differential.matrix import Matrix, Places, length, sizes

Values = NDArray[np.float32]

CHANCE = 0.01
"""λ: how probable it is that a finding has another cause."""
BELOW, STATED, GENERAL, KIN = 0.8, 0.7, 0.2, 0.5
STRANGE, CHANCED = 0.01, 0.2
"""The least that is left of a ratio of a finding that is strange to common diseases; and the part of how often it is in
practice that falls on those whose disease does not cause it, for most who have it have what does."""
BESIDE = 0.1
"""The most that is left of it where the disease has but something general in common: who has a strained neck has a
fever less often than any patient at random."""
TOGETHER = 0.3
"""How much less findings count that are alike: each other one by this part of its likeness."""
ABSENT, ABSENT_OF_RARE = 0.9, 0.5
"""The part of its weight with which an excluded finding counts; all excluded findings together, for a disease that is
known by its published cases alone."""
SURE = 0.95
"""No finding is more frequent than this when it is excluded."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The findings of one disease, by their terms: how often each as stated, and how often what is more general."""

    disease: int
    stated: Mapping[int, float]
    often: Mapping[int, float]
    by: Mapping[int, int]
    """Of each general finding the stated one for which the disease has it."""
    told: frozenset[int]
    """The stated ones of which a source says how often."""
    length: float


def profile(matrix: Matrix, disease: int, without: frozenset[int] = frozenset()) -> Profile:
    """What is stated of a disease, but by the papers `without`, by their places."""
    rows = matrix.rows_of(disease)
    if without:
        rows = rows[~np.isin(matrix.profiles.paper[rows], np.array(sorted(without), np.int32))]
    stated = matrix.stated_in(rows)
    often: dict[int, float] = {}
    by: dict[int, int] = {}
    for term, share in sorted(stated.items(), key=lambda pair: (-pair[1], pair[0])):
        for above in matrix.ancestors(term).tolist():
            if share > 0 and above not in often:
                often[above], by[above] = share, term
    return Profile(
        disease=disease,
        stated=stated,
        often=often,
        by=by,
        told=_told(matrix, rows),
        length=_length(matrix, disease, rows, stated)
        if without and not matrix.described[disease]
        else float(matrix.length[disease]),
    )


def _told(matrix: Matrix, rows: Places) -> frozenset[int]:
    some = rows[~np.isnan(matrix.profiles.share[rows])]
    return frozenset(np.unique(matrix.profiles.term[some]).tolist())


def _length(matrix: Matrix, disease: int, rows: Places, stated: Mapping[int, float]) -> float:
    papers = {one for place in np.unique(matrix.profiles.paper[rows]) for one in matrix.papers[place]}
    size = sizes(np.array([sum(stated.values())]), matrix.general[disease : disease + 1], np.array([len(papers)]))
    return float(length(size, matrix.mean_size)[0])


def kin(matrix: Matrix, term: int, altered: Collection[Profile] = ()) -> Values:
    """How often the kin of each disease has a finding (D), 0 for one that a table describes, for that tells all of it;
    `altered` profiles take the place of what is stated."""
    who, often, _ = matrix.column(term)
    own = np.zeros(len(matrix.profiles.diseases), np.float32)
    own[who] = often
    for of in altered:
        own[of.disease] = of.often.get(term, 0.0)
    return np.where(matrix.described, np.float32(0), matrix.kin.mean(own))


def for_finding(matrix: Matrix, term: int, altered: Collection[Profile] = ()) -> Values:
    """The ratio of a finding that is there, for each disease (D)."""
    credit = np.full(len(matrix.profiles.diseases), CHANCE, np.float32)
    parts = np.array(left(matrix, term), np.float32)
    for above in matrix.ancestors(term).tolist():
        if above == term:
            continue
        who, often, itself = matrix.column(above)
        usual = matrix.usual[above]
        general, stated = np.where(matrix.described[who], parts[:, None], 1.0)
        credit[who] = np.maximum(
            credit[who], np.maximum(general * (often / usual) ** GENERAL, stated * (itself / usual) ** STATED)
        )
    who, often, itself = matrix.column(term)
    # What a table says of the finding itself holds, however little it is: its pains elsewhere make it no more frequent.
    credit[who[matrix.described[who] & (itself > 0)]] = CHANCE
    credit[who] = np.maximum(credit[who], np.maximum(itself, BELOW * often) / matrix.usual[term])
    for of in altered:
        credit[of.disease] = max(CHANCE, *(value for value, _ in credits(matrix, of, term)), 0.0)
    credit = np.maximum(credit, KIN * kin(matrix, term, altered) / matrix.usual[term])
    lengths = matrix.length.copy() if altered else matrix.length
    for of in altered:
        lengths[of.disease] = of.length
    ratio: Values = CHANCE + (1 - CHANCE) * credit * lengths
    return ratio


def left(matrix: Matrix, term: int) -> tuple[float, float]:
    """What is left of the ratio of a finding that a common disease has only in general, by something general of it and
    by something general that is stated: it is less probable with it than with any disease at random. A patient with a
    cold has long fingers as often as anybody, and not as often as one in twenty rare diseases has."""
    stated = float(np.clip(CHANCED * matrix.practice[term] / matrix.usual[term], STRANGE, 1.0))
    return min(BESIDE, stated), stated


def for_findings(matrix: Matrix, terms: Collection[int], altered: Collection[Profile] = ()) -> Values:
    """The same of a finding that may be any of `terms`: the best of them."""
    best: Values = np.max(np.stack([for_finding(matrix, term, altered) for term in terms]), axis=0)
    return best


def weights(matrix: Matrix, findings: Sequence[tuple[int, ...]]) -> list[float]:
    """How much each of some findings counts, by their terms: one that is like others less, for they come together.

    The likeness of two is the information content of the most telling finding in common, against that of the more
    telling of both (Resnik 1995).
    """
    if not findings:
        return []
    first = [terms[0] for terms in findings]
    ancestors = [matrix.ancestors(term) for term in first]
    above = np.unique(np.concatenate(ancestors))
    content = -np.log(matrix.usual[above])
    has = np.zeros((len(first), len(above)), np.float32)
    for place, own in enumerate(ancestors):
        has[place, np.searchsorted(above, own)] = 1
    telling = -np.log(matrix.usual[first])
    result = []
    for place in range(len(first)):
        common = (has * (has[place] * content)).max(axis=1)
        like = common / np.maximum(np.maximum(telling, telling[place]), 1e-6)
        like[place] = 0.0
        result.append(1 / (1 + TOGETHER * float(np.clip(like, 0, 1).sum())))
    return result


def credits(matrix: Matrix, of: Profile, term: int) -> list[tuple[float, int]]:
    """What one disease has of a finding: each credit with the finding in common, itself or a more general one."""
    result = []
    general, stated = left(matrix, term) if matrix.described[of.disease] else (1.0, 1.0)
    if matrix.described[of.disease] and of.stated.get(term, 0.0) > 0:  # as in `for_finding`
        general, stated = 0.0, 0.0
    for above in matrix.ancestors(term).tolist():
        share, usual = of.often.get(above, 0.0), float(matrix.usual[above])
        if share <= 0:
            continue
        itself = of.stated.get(above, 0.0)
        if above == term:
            result.append((max(itself, BELOW * share) / usual, above))
        else:
            result.append((max(general * (share / usual) ** GENERAL, stated * (itself / usual) ** STATED), above))
    return result


def absent_weight(matrix: Matrix, excluded: int) -> Values:
    """The part of its weight with which each of so many excluded findings counts, for each disease (D)."""
    of_rare = min(ABSENT, ABSENT_OF_RARE / max(excluded, 1))
    return np.where(matrix.described, ABSENT, of_rare).astype(np.float32)


def without_finding(matrix: Matrix, terms: Collection[int], altered: Collection[Profile] = ()) -> Values:
    """The logarithm of what it would count for each disease in full that a finding is not there (D)."""
    against = np.zeros(len(matrix.profiles.diseases), np.float32)
    for term in terms:
        who, often, _ = matrix.column(term)
        against[who] = np.maximum(against[who], often)
    for of in altered:
        against[of.disease] = max((of.often.get(term, 0.0) for term in terms), default=0.0)
    part: Values = np.log1p(-np.minimum(against, SURE))
    return part
