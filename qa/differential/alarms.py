"""What must not be missed: of which dangerous diseases a complaint has to make one think, however improbable they are.

The most probable candidates come first: three of them, fewer where the first is all but sure. Next are the dangerous
ones that a table names for the complaints of the case, at its age and in its sex, so that the first five hold what a
careful doctor rules out: where one has a fair chance, or more than one complaint speaks for it and nothing rules it
out. Among these counts what the findings say, how common each is, and how telling the complaints are that make one
think of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.differential.explain import numbers
from qa.differential.matrix import Matrix
from qa.differential.model import Case

SHOWN = 5
"""So many hold the most probable and the dangerous ones."""
_FIRST = ((0.9, 1), (0.8, 2), (0.0, 3))
"""How many of the most probable come first, by the probability of the first."""
_FINDINGS, _RATE, _TELLING = 0.3, 0.6, 0.3
"""What counts among dangerous diseases. Set on half of the vignettes (benchmarks/differential.py)."""
_MOST_TELLING = 6.0
_FAIR, _SEVERAL = 1e-4, 2
"""A probability at which one complaint is enough; how many have to speak for a less probable one, where so many are
told."""
_POSSIBLE = 3.0
"""The least logarithm of the rate of a disease times what the findings say of it: below, its age, sex, course or the
other findings speak against it, however well or badly anything else fits."""
_COMMON = 0.05
"""Where all diseases that a table describes are less probable together, the case is one of rare diseases, and nothing
is put before these."""


def ordered(
    matrix: Matrix,
    case: Case,
    chance: NDArray[np.float64],
    spoken: NDArray[np.float32],
    before: NDArray[np.float32],
    speaking: NDArray[np.float32],
    most: int,
) -> NDArray[np.int64]:
    """The numbers of at most `most` diseases in the order in which they are shown, by their probabilities `chance`,
    what the findings say of them, their rates, and how many findings speak for each."""
    order = _best(chance, most)
    if not len(order) or chance[matrix.described].sum() < _COMMON:
        return order
    first = order[: next(many for least, many in _FIRST if chance[order[0]] >= least)]
    telling = dangerous(matrix, case)
    several = min(_SEVERAL, len(case.observed))
    stands = (chance >= _FAIR) | ((speaking >= several) & (spoken + before >= _POSSIBLE))
    urgent = np.setdiff1d(np.flatnonzero((telling > 0) & stands), first)
    weight = _FINDINGS * spoken[urgent] + _RATE * before[urgent] + _TELLING * telling[urgent]
    urgent = urgent[np.argsort(-weight, kind="stable")][: SHOWN - len(first)]
    ahead = np.concatenate([first, urgent])
    return np.concatenate([ahead, order[~np.isin(order, ahead)]])[:most]


def _best(chance: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """The numbers of the most probable, ties by number."""
    if most < len(chance):
        least = np.partition(chance, len(chance) - most)[len(chance) - most]
        top = np.flatnonzero(chance >= least)
    else:
        top = np.arange(len(chance))
    return top[np.argsort(-chance[top], kind="stable")][:most]


def dangerous(matrix: Matrix, case: Case) -> NDArray[np.float64]:
    """How telling the complaints of the case are that have to make one think of each disease (D), for its age and sex;
    0 where none does."""
    profiles = matrix.profiles
    for_whom = np.ones(len(profiles.alarm_term), np.bool_)
    if case.age is not None:
        for_whom = (profiles.alarm_ages[:, 0] <= case.age) & (case.age < profiles.alarm_ages[:, 1] + 1)
    if case.sex:
        for_whom &= profiles.alarm_sex != (2 if case.sex == "female" else 1)
    telling = np.zeros(len(profiles.diseases))
    content = np.minimum(-np.log(matrix.usual[profiles.alarm_term]), _MOST_TELLING)
    for finding in case.observed:
        asked = np.zeros(len(matrix.usual), np.bool_)
        for term in numbers(matrix, finding):
            asked[matrix.ancestors(term)] = True
        rows = for_whom & asked[profiles.alarm_term]
        telling += np.bincount(profiles.alarm_disease[rows], content[rows], len(telling))
    return telling
