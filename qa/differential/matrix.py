"""Who has which finding and how often, over all findings and what is more general than each: never changed once made.

A disease has a general finding as often as the most frequent of its more specific ones. What is counted of one finding
is taken together by the number of patients, with a little added, so that one case in one is no certainty (the rule of
succession, Laplace 1774).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.differential.profiles import Numbers, Profiles, Shares

Places = NDArray[np.int64]
Floats = NDArray[np.float64]

UNTOLD = 0.4
"""How often a finding is where nobody says how often."""
FEW = 400
"""So many diseases are taken for all that there are, where a graph has fewer."""
_HAVING, _LACKING = 0.3, 0.7
"""Patients that are added to a count, so that one of one is no certainty."""
_SMOOTH = 3.0
"""So many diseases that have it always are added to the frequency of each finding over all."""
_SMALL, _LARGE = 3, 150
"""Classes of fewer diseases, or of more, say nothing of their members."""
_REFERENCES, _BORROWED = 0.3, 0.1
_LONG, _EVEN = 0.5, 2.0


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Matrix:
    """By finding, the diseases that have it and how often. `start[t]` to `start[t + 1]` are the places in `who` and
    `often` of the term t; `usual[t]` is how often it is over all diseases; `above` holds the terms that are more
    general than t and t itself, from `above_start[t]` to `above_start[t + 1]`."""

    profiles: Profiles
    term_number: Mapping[str, int]
    disease_number: Mapping[str, int]
    papers: tuple[frozenset[str], ...]
    """The papers of each place in `profiles.papers`: a row may rest on several."""
    start: Places
    who: Numbers
    often: Shares
    itself: Shares
    usual: Shares
    above_start: Places
    above: Numbers
    stated: Places
    """Of each disease, the place of its first row in `row_order`; one more for the end."""
    row_order: Places
    """The rows of the annotations, by disease."""
    kinds: Mapping[int, int]
    """How a finding is found out, by its term, as most of those say it who do."""
    kin: Kin
    general: Shares
    """How many findings the kin of each disease has, the general ones among them, each as often as it has it."""
    mean_size: float
    practice: Shares
    """How often each finding is in practice: over all diseases that are described, by how common each is."""
    described: NDArray[np.bool_]
    """Whether a table describes a disease as it is met in practice, and not published cases alone."""
    length: Shares

    def column(self, term: int) -> tuple[Numbers, Shares, Shares]:
        """The diseases that have a finding or a more specific one, how often each, and how often just that."""
        span = slice(self.start[term], self.start[term + 1])
        return self.who[span], self.often[span], self.itself[span]

    def ancestors(self, term: int) -> Numbers:
        """The term itself and all that is more general."""
        return self.above[self.above_start[term] : self.above_start[term + 1]]

    def rows_of(self, disease: int) -> Places:
        """The rows of the annotations of a disease."""
        return self.row_order[self.stated[disease] : self.stated[disease + 1]]

    def resting_on(self, papers: Collection[str]) -> frozenset[int]:
        """The places in `profiles.papers` of what rests on one of these papers."""
        return (
            frozenset(place for place, each in enumerate(self.papers) if not each.isdisjoint(papers))
            if papers
            else frozenset()
        )

    def of_diseases(self, diseases: Sequence[int]) -> tuple[Numbers, Numbers, Shares, Shares]:
        """The findings of some diseases, stated or more general than a stated one: the disease, the finding, how often
        it has it, and how often just that, 0 where it is only more general."""
        rows = np.concatenate([self.rows_of(disease) for disease in diseases])
        return _spread(*_pooled(self.profiles, rows), self.above_start, self.above)

    def stated_in(self, rows: Places) -> dict[int, float]:
        """How often each finding is by these rows of one disease."""
        _, term, share = _pooled(self.profiles, rows)
        return dict(zip(term.tolist(), share.tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Kin:
    """Which diseases are of one class, for each disease the narrowest classes that are no smaller than `_SMALL`: in
    `disease` and `of`, with `weight` (1 over the number of its classes and of their other members); `member` and `to`
    are who belongs to each of the `classes`."""

    classes: int
    member: Numbers
    to: Numbers
    disease: Numbers
    of: Numbers
    weight: Shares

    def mean(self, own: Shares) -> Shares:
        """The mean of a number of each disease (D) over its kin, without itself; 0 where it has none."""
        if not len(self.disease):
            return np.zeros_like(own)
        total = np.bincount(self.to, own[self.member], self.classes)
        others = self.weight * (total[self.of] - own[self.disease])
        return np.bincount(self.disease, others, len(own)).astype(np.float32)


def build(profiles: Profiles) -> Matrix:
    """The matrix of what is stated."""
    above_start, above = _closure(len(profiles.terms), profiles.child, profiles.parent)
    disease, term, share = _pooled(profiles, np.arange(len(profiles.disease)))
    who, which, often, itself = _spread(disease, term, share, above_start, above)
    start = np.searchsorted(which, np.arange(len(profiles.terms) + 1))
    all_there_is = max(len(profiles.diseases), FEW)
    usual = (np.bincount(which, weights=often, minlength=len(profiles.terms)) + _SMOOTH) / all_there_is
    row_order = np.argsort(profiles.disease, kind="stable")
    stated = np.searchsorted(profiles.disease[row_order], np.arange(len(profiles.diseases) + 1))
    kin = _kin(profiles)
    count = len(profiles.diseases)
    general = kin.mean(np.bincount(who, weights=often, minlength=count).astype(np.float32))
    papers = tuple(frozenset(re.split(r"[;,|]\s*", paper)) for paper in profiles.papers)
    of_papers: list[set[str]] = [set() for _ in range(count)]
    for at, place in np.unique(np.stack([profiles.disease, profiles.paper]), axis=1).T.tolist():
        of_papers[at] |= papers[place]
    stated_of = np.bincount(disease, weights=share, minlength=count).astype(np.float64)
    size = sizes(stated_of, general, np.array([len(each) for each in of_papers], np.int64))
    described = np.asarray(profiles.ages.any(axis=1), np.bool_)
    mean_size = float(size.mean()) if count else 0.0
    return Matrix(
        profiles=profiles,
        term_number={id: number for number, id in enumerate(profiles.terms)},
        disease_number={
            id: number
            for number, (first, others) in enumerate(zip(profiles.diseases, profiles.bearers, strict=True))
            for id in (first, *others)
        },
        papers=papers,
        start=start.astype(np.int64),
        who=who,
        often=often,
        itself=itself,
        usual=usual.astype(np.float32),
        above_start=above_start,
        above=above,
        stated=stated.astype(np.int64),
        row_order=row_order,
        kinds=_kinds(profiles),
        kin=kin,
        general=general,
        mean_size=mean_size,
        practice=_practice(profiles, described, who, which, often),
        described=described,
        # A table of ours says how often each finding is: what it leaves out is rare, and its length says nothing.
        length=np.where(described, np.float32(1), length(size, mean_size)),
    )


def _practice(profiles: Profiles, described: NDArray[np.bool_], who: Numbers, which: Numbers, often: Shares) -> Shares:
    rates = np.where(described, np.nan_to_num(profiles.incidence), 0.0)
    met = np.bincount(which, weights=often * rates[who], minlength=len(profiles.terms))
    share: Shares = (met / max(float(rates.sum()), 1e-9)).astype(np.float32)
    return share


def sizes(stated: Floats, general: Shares, papers: NDArray[np.int64]) -> Floats:
    """How much is written of each disease: its findings, each as often as it has it, a little of what its kin has, and
    less where it is of many papers."""
    return (stated + _BORROWED * general) / np.maximum(papers, 1) ** _REFERENCES


def length(size: Floats, mean: float) -> Shares:
    """By how much the ratios of a disease are multiplied for how much is written of it, against the mean of all."""
    factor: Shares = (((size + _EVEN) / (mean + _EVEN)) ** -_LONG).astype(np.float32)
    return factor


def _kin(profiles: Profiles) -> Kin:
    """The kin of each disease, by the classes that vocabularies put it in."""
    count = len(profiles.diseases)
    classes = int(profiles.kind_of.max()) + 1 if len(profiles.kind_of) else 0
    size = np.bincount(profiles.kind_of, minlength=classes)
    fit = (size >= _SMALL) & (size <= _LARGE)
    kept = fit[profiles.kind_of]
    member, to = profiles.member[kept], profiles.kind_of[kept]
    of_disease: list[list[int]] = [[] for _ in range(count)]
    for at, one in zip(member.tolist(), to.tolist(), strict=True):
        of_disease[at].append(one)
    members: list[set[int]] = [set() for _ in range(classes)]
    for at, one in zip(member.tolist(), to.tolist(), strict=True):
        members[one].add(at)
    disease, of, weight = [], [], []
    for at, mine in enumerate(of_disease):
        # One that wholly holds a smaller one says less.
        narrow = [one for one in mine if not any(members[other] < members[one] for other in mine)]
        for one in narrow:
            disease.append(at)
            of.append(one)
            weight.append(1 / len(narrow) / (len(members[one]) - 1))
    return Kin(
        classes=classes,
        member=member,
        to=to,
        disease=np.array(disease, np.int32),
        of=np.array(of, np.int32),
        weight=np.array(weight, np.float32),
    )


def _kinds(profiles: Profiles) -> dict[int, int]:
    told = profiles.kind > 0
    pairs, counts = np.unique(np.stack([profiles.term[told], profiles.kind[told]]), axis=1, return_counts=True)
    order = np.argsort(counts, kind="stable")
    return {int(pairs[0, at]): int(pairs[1, at]) for at in order}


def _pooled(profiles: Profiles, rows: Places) -> tuple[Numbers, Numbers, Shares]:
    """Of each disease and finding in these rows how often it is, by disease and finding: the mean of what all counts
    together, each row that tells it otherwise, and each that does not tell it say."""
    terms = len(profiles.terms)
    keys = profiles.disease[rows].astype(np.int64) * terms + profiles.term[rows]
    pairs, place = np.unique(keys, return_inverse=True)

    def total(values: Floats | NDArray[np.bool_]) -> Floats:
        return np.bincount(place, weights=values, minlength=len(pairs)).astype(np.float64)

    patients, share = profiles.patients[rows].astype(np.float64), profiles.share[rows].astype(np.float64)
    untold = np.isnan(share)
    share = np.nan_to_num(share)
    told = (patients == 0) & ~untold & (share > 0)
    of, having = total(patients), total(patients * share)
    means = np.where(of > 0, (having + _HAVING) / (of + _HAVING + _LACKING), 0.0)
    means += total(np.where(told, share, 0.0)) + UNTOLD * total(untold)
    often = means / np.maximum((of > 0) + total(told) + total(untold), 1)
    often[(having == 0) & (total(told | untold) == 0)] = 0.0
    return (pairs // terms).astype(np.int32), (pairs % terms).astype(np.int32), often.astype(np.float32)


def _spread(
    disease: Numbers, term: Numbers, share: Shares, above_start: Places, above: Numbers
) -> tuple[Numbers, Numbers, Shares, Shares]:
    """The same with all that is more general, each as often as its most frequent, by finding and disease; and how
    often each is stated itself."""
    many = above_start[term + 1] - above_start[term]
    # Where each stands in `above`: numbers of 32 bits, made in place, for there are millions of them.
    place = np.arange(int(many.sum()), dtype=np.int32)
    place += np.repeat((above_start[term] - np.cumsum(many) + many).astype(np.int32), many)
    which = above[place]
    del place
    who, often = np.repeat(disease, many), np.repeat(share, many)
    itself = np.where(which == np.repeat(term, many), often, np.float32(0))
    order = np.lexsort((-often, who, which))
    who, which, often, itself = who[order], which[order], often[order], itself[order]
    new = np.ones(len(who), np.bool_)
    new[1:] = (who[1:] != who[:-1]) | (which[1:] != which[:-1])
    starts = np.flatnonzero(new)
    best_itself = np.maximum.reduceat(itself, starts) if len(starts) else itself
    who, which, often = who[new], which[new], often[new]
    some = often > 0
    return who[some], which[some], often[some], best_itself[some].astype(np.float32)


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
