"""What must not be missed: of which dangerous diseases a complaint has to make one think, however improbable they are.

The first candidates are the most probable. The next are the dangerous ones that a table names for the complaints of the
case, at its age and in its sex, by what the findings say and little by how common they are: a careful doctor rules
them out before the fourth of the common ones is thought of.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.differential.explain import numbers
from qa.differential.matrix import Matrix
from qa.differential.model import Case

FIRST, URGENT = 3, 2
"""So many of the most probable candidates come first, and so many of the dangerous ones next."""
_RATE = 0.3
"""The weight of how common a dangerous disease is, among dangerous ones."""
_COMMON = 0.05
"""Where all diseases that have a rate are less probable together, the case is one of rare diseases, and nothing is put
before these."""


def ordered(
    matrix: Matrix, case: Case, chance: NDArray[np.float64], spoken: NDArray[np.float32], before: NDArray[np.float32]
) -> NDArray[np.int64]:
    """The numbers of the diseases in the order in which they are shown, by their probabilities `chance`, what the
    findings say of them and their rates."""
    order = np.lexsort((np.arange(len(chance)), -chance))
    counted = np.isfinite(matrix.profiles.incidence)
    if not len(order) or chance[counted].sum() < _COMMON:
        return order
    first = order[:FIRST]
    urgent = np.setdiff1d(dangerous(matrix, case), first)
    urgent = urgent[np.argsort(-(spoken + _RATE * before)[urgent], kind="stable")][:URGENT]
    ahead = np.concatenate([first, urgent])
    return np.concatenate([ahead, order[~np.isin(order, ahead)]])


def dangerous(matrix: Matrix, case: Case) -> NDArray[np.int64]:
    """The dangerous diseases that the complaints of a case have to make one think of, for its age and sex."""
    profiles = matrix.profiles
    terms = {
        above
        for finding in case.observed
        for term in numbers(matrix, finding)
        for above in matrix.ancestors(term).tolist()
    }
    for_whom = np.isin(profiles.alarm_term, np.array(sorted(terms), np.int32))
    if case.age is not None and len(for_whom):
        for_whom &= (profiles.alarm_ages[:, 0] <= case.age) & (case.age < profiles.alarm_ages[:, 1] + 1)
    if case.sex:
        for_whom &= profiles.alarm_sex != (2 if case.sex == "female" else 1)
    return np.unique(profiles.alarm_disease[for_whom]).astype(np.int64)
