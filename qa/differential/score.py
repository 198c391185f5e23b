"""The arithmetic of a differential: how much each finding speaks for each disease, in numpy over a matrix.

For a finding f and a disease d the likelihood ratio is

    λ + (1 - λ) max over f and its ancestors a of r(a),   r(f) = F(d, f) / F(f),   r(a) = (F(d, a) / F(a)) ** θ

with F(d, a) how often the disease has a finding or a more specific one and F(a) that over all diseases. So λ is the
chance that a finding has nothing to do with the disease, and what two diseases share in general counts a little. An
excluded finding counts with a part of its weight: in most patients a disease lacks some of its findings, and what is
written down as absent is what somebody thought of.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from qa.differential.matrix import Matrix

Values = NDArray[np.float32]

CHANCE = 0.01
"""λ: how probable it is that a finding has another cause."""
GENERAL = 0.2
"""θ: what is left of a ratio of an ancestor, as an exponent."""
ABSENT = 0.3
"""The part of its weight with which an excluded finding counts."""
SURE = 0.95
"""No finding is more frequent than this when it is excluded."""


def for_finding(matrix: Matrix, term: int) -> Values:
    """The ratio of a finding that is there, for each disease (D)."""
    best = np.zeros(len(matrix.profiles.diseases), np.float32)
    for above in matrix.ancestors(term).tolist():
        who, often = matrix.column(above)
        ratio = often / matrix.usual[above]
        best[who] = np.maximum(best[who], ratio if above == term else ratio**GENERAL)
    return CHANCE + (1 - CHANCE) * best


def for_findings(matrix: Matrix, terms: Collection[int]) -> Values:
    """The same of a finding that may be any of `terms`: the best of them."""
    best: Values = np.max(np.stack([for_finding(matrix, term) for term in terms]), axis=0)
    return best


def without_finding(matrix: Matrix, terms: Collection[int]) -> Values:
    """The logarithm of what it counts for each disease that a finding is not there (D)."""
    against = np.zeros(len(matrix.profiles.diseases), np.float32)
    for term in terms:
        who, often = matrix.column(term)
        against[who] = np.maximum(against[who], np.minimum(often, SURE))
    return (ABSENT * np.log1p(-against)).astype(np.float32)
