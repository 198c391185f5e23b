"""The Encoder protocol: texts to unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors of length one, so that the dot product is the cosine.

    `name` identifies weights and precision (`minilm-l6-int8/1`): vectors of different names are never mixed.
    A vector depends on its text alone, never on the texts encoded beside it, so that a replayed or resumed
    ingestion writes the same bytes; an encoder that cannot promise this (half precision on a GPU) says so in
    `exact`. Empty text is allowed. Text beyond `max_tokens` is cut. Safe to call from several threads.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def exact(self) -> bool: ...

    @property
    def max_tokens(self) -> int: ...

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        """Return float32 of shape (len(texts), dimension), rows in the order of `texts`."""

    def count_tokens(self, text: str) -> int:
        """How many tokens the model sees in `text`, before any cut."""
