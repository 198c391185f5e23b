"""What to find out next: the finding or test from which most is to be expected, for what it costs.

The expected information of an answer is the entropy of the candidates less what is left of it, on average, once it is
known (Lindley 1956). A question costs nothing, an examination little, a biopsy much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.differential.explain import numbers
from qa.differential.matrix import Matrix
from qa.differential.model import Case, Next
from qa.differential.profiles import KINDS, Numbers, Shares
from qa.differential.score import CHANCE

QUESTIONS = 5
OPEN = 40
"""So many of the best candidates are told apart."""
COSTS = {"history": 1.0, "exam": 1.1, "bedside": 1.4, "lab": 2.0, "imaging": 4.0, "invasive": 10.0}
"""What finding out costs, against a question: by judgement."""
_BRANCHES = {
    "HP:0000118": "exam", "HP:0001939": "lab", "HP:0001871": "lab", "HP:0002715": "lab", "HP:0025354": "lab",
    "HP:0003110": "lab", "HP:0012639": "imaging", "HP:0012638": "exam", "HP:0025142": "history",
    "HP:0012531": "history",
    "HP:0001250": "history", "HP:0000708": "history", "HP:0002664": "imaging", "HP:0001627": "imaging",
    "HP:0025015": "imaging", "HP:0030956": "bedside", "HP:0003115": "bedside", "HP:0011842": "exam",
    "HP:0002088": "imaging", "HP:0012210": "imaging", "HP:0410042": "imaging", "HP:0002353": "bedside",
    "HP:0001197": "history", "HP:0100767": "imaging", "HP:0004303": "invasive", "HP:0012719": "history",
    "HP:0002795": "history", "HP:0000365": "history", "HP:0001945": "exam", "HP:0012252": "exam",
    "HP:0011458": "history", "HP:0002014": "history", "HP:0012378": "history", "HP:0003326": "history",
    "HP:0002829": "history", "HP:0001824": "history", "HP:0002315": "history", "HP:0100749": "history",
    "HP:0002027": "history",
}  # fmt: skip
"""How a finding of HPO's is found out, by the branch that it is in, the narrowest that is here."""
TESTS = frozenset({"bedside", "lab", "imaging", "invasive"})
"""The kinds that are tests."""
_ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(ids.split())
    for ids in (
        "HP:0012378 HP:0033834 HP:0025406",
        "HP:0004396 HP:0002039",
        "HP:0003326 HP:0033047",
        "HP:0033050 HP:0025439 HP:0032043",
        "HP:0000141 HP:0000869 MEDGRAPH:finding-missed-menstrual-period",
        "HP:0011037 HP:0100520",
        "HP:0000822 HP:0004421 HP:0005117",
        "HP:0001254 HP:0002329",
        "MEDGRAPH:finding-pregnancy-test-positive HP:6000485 MEDGRAPH:finding-intrauterine-pregnancy-on-ultrasound",
    )
)
"""Findings that a patient does not tell apart, or one test shows: of each, one is asked at most."""
_IMPLIED = {"MEDGRAPH:pregnancy": "MEDGRAPH:finding-pregnancy-test-positive"}
"""The finding that goes without saying with a factor."""
_PATTERN = "HP:0011008"
"""Temporal patterns: not asked where it is told how long it has lasted."""
_SEEN = 0.1
"""A finding that no candidate has as often is not asked for."""
_WORTH = 0.02
"""Fewer bits are not worth a question; a test that is asked for is told whatever it is worth."""


def next_steps(
    matrix: Matrix, case: Case, diseases: Sequence[int], chances: NDArray[np.float64], *, tests: bool = False
) -> tuple[Next, ...]:
    """The best questions about `diseases`, whose probabilities are `chances`, the most telling for their cost first;
    with `tests`, those alone that a test answers. Whether it is one of the diseases is no question."""
    diseases, chances = diseases[:OPEN], chances[:OPEN]
    if not len(diseases) or not matrix.profiles.terms:
        return ()
    of = matrix.of_diseases(diseases)
    _, which, _, itself = of
    often = set(which[itself >= _SEEN].tolist())
    often -= set(np.flatnonzero(np.isin(matrix.profiles.namesake, diseases)).tolist())
    terms = sorted(often - _closed(matrix, case, often))
    if not terms:
        return ()
    weight = np.append(np.maximum(chances, 0), max(1 - float(chances.sum()), 0) + 1e-9)
    likely, bits = _expected(_present(matrix, diseases, of, terms), weight / weight.sum())
    branches = _branches(matrix)
    kinds = [_kind(matrix, term, branches) for term in terms]
    worth = bits / np.array([COSTS[kind] for kind in kinds])
    best = [
        at for at in np.argsort(-worth, kind="stable").tolist() if (kinds[at] in TESTS if tests else bits[at] >= _WORTH)
    ]
    chosen = _unlike(matrix, [terms[at] for at in best])
    return tuple(
        Next(matrix.profiles.terms[terms[at]], kinds[at], float(bits[at]), float(likely[at]))
        for at in best
        if terms[at] in chosen
    )


def _present(
    matrix: Matrix, diseases: Sequence[int], of: tuple[Numbers, Numbers, Shares, Shares], terms: Sequence[int]
) -> NDArray[np.float64]:
    """How probable each finding is with each disease, whose findings are `of`, and in the last row with anything
    else."""
    who, which, often, _ = of
    usual = matrix.usual[list(terms)].astype(np.float64)
    present = np.tile(CHANCE * 2 * usual, (len(diseases) + 1, 1))
    row = {disease: at for at, disease in enumerate(diseases)}
    asked = np.isin(which, terms)
    at = np.array([row[disease] for disease in who[asked].tolist()], np.int64), np.searchsorted(terms, which[asked])
    present[at] = np.maximum(present[at], often[asked])
    present[-1] = usual
    return np.clip(present, 1e-6, 0.98)


def _expected(
    present: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How probable each finding is over all, and how many bits it tells on average whether it is there."""
    likely = weight @ present
    bits = _entropy(weight) - likely * _entropy_of((weight[:, None] * present) / likely)
    return likely, bits - (1 - likely) * _entropy_of((weight[:, None] * (1 - present)) / (1 - likely))


def _unlike(matrix: Matrix, terms: Sequence[int]) -> set[int]:
    """The first of these of which none is a form of another, or as good as the same."""
    chosen: set[int] = set()
    for term in terms:
        above = set(matrix.ancestors(term).tolist())
        below = any(term in matrix.ancestors(one).tolist() for one in chosen)
        if not below and not (above | _alike(matrix, [term])) & chosen:
            chosen.add(term)
        if len(chosen) == QUESTIONS:
            break
    return chosen


def _alike(matrix: Matrix, terms: Iterable[int]) -> set[int]:
    """These terms and those that are as good as the same."""
    ids = {matrix.profiles.terms[term] for term in terms}
    ids |= {id for group in _ALIKE if group & ids for id in group}
    return {matrix.term_number[id] for id in ids if id in matrix.term_number}


def _closed(matrix: Matrix, case: Case, terms: Iterable[int]) -> set[int]:
    """What needs no question: an observed finding and what is more general, those of `terms` that are forms of an
    excluded one, what is as good as the same, what goes without saying; and what nobody can tell."""
    observed = {term for finding in case.observed for term in numbers(matrix, finding)}
    implied = {_IMPLIED[id] for ids in case.factors.values() for id in ids if id in _IMPLIED}
    observed |= {matrix.term_number[id] for id in implied if id in matrix.term_number}
    closed = {above for term in observed for above in matrix.ancestors(term).tolist()} | _alike(matrix, observed)
    denied = _alike(matrix, [term for finding in case.excluded for term in numbers(matrix, finding)])
    if case.tempo and _PATTERN in matrix.term_number:
        denied.add(matrix.term_number[_PATTERN])
    closed |= {term for term in terms if denied.intersection(matrix.ancestors(term).tolist())}
    return closed | {matrix.term_number[id] for id in case.unclear if id in matrix.term_number}


def _branches(matrix: Matrix) -> dict[int, tuple[int, str]]:
    """The branches of HPO by their terms, each with how deep it is and how what is in it is found out."""
    places = ((matrix.term_number[id], kind) for id, kind in _BRANCHES.items() if id in matrix.term_number)
    return {term: (len(matrix.ancestors(term)), kind) for term, kind in places}


def _kind(matrix: Matrix, term: int, branches: Mapping[int, tuple[int, str]]) -> str:
    """How a finding is found out: as most tables have it, or by the narrowest branch of HPO that it is in."""
    told = matrix.kinds.get(term)
    if told:
        return KINDS[told]
    inside = (branches[above] for above in matrix.ancestors(term).tolist() if above in branches)
    return max(inside, default=(0, "exam"))[1]


def _entropy(weight: NDArray[np.float64]) -> float:
    return float(_entropy_of(weight[:, None])[0])


def _entropy_of(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """In bits, of each column."""
    safe = np.maximum(weights, 1e-12)
    total: NDArray[np.float64] = (safe * np.log2(safe)).sum(axis=0)
    return -total
