"""What a text as a whole says for each disease: by the groups of diseases that its words speak of.

A quiet voice beside the findings: they are read of the same words, so that it counts half, and only where a text is
told. It hears what no finding is read of. A disease of no known group is spoken neither for nor against.
"""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from qa.differential.groups import Groups
from qa.differential.matrix import Matrix

Values = NDArray[np.float32]

SHARE = 0.5
"""By this the logarithm of what the groups say is multiplied."""
LEAST = 1e-4
"""No group is held less probable than this: the words of one text cannot exclude a system."""


class Voice:
    """Speaks for diseases by their groups. Safe to use from several threads."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._lock = Lock()
        self._of: WeakKeyDictionary[Matrix, NDArray[np.int16]] = WeakKeyDictionary()

    def of(self, matrix: Matrix, text: str) -> Values:
        """The logarithm of what a text says for each disease (D), against a text of which nothing is known: half of
        that of its group's probability over the group's share. Zeros where no word is read."""
        chances = self._groups.probabilities(text)
        if chances is None:
            return np.zeros(len(matrix.profiles.diseases), np.float32)
        said = np.log(np.maximum(chances, LEAST) / self._groups.shares)
        return np.asarray(SHARE * np.append(said, 0.0)[self._column(matrix)], np.float32)

    def _column(self, matrix: Matrix) -> NDArray[np.int16]:
        """The group of each disease (D) as a column of the weights, -1 where none is known."""
        with self._lock:
            if matrix not in self._of:
                members = self._groups.members
                self._of[matrix] = np.array(
                    [
                        next((members[id] for id in (disease, *bearers) if id in members), -1)
                        for disease, bearers in zip(matrix.profiles.diseases, matrix.profiles.bearers, strict=True)
                    ],
                    np.int16,
                )
            return self._of[matrix]
