"""The Encoder protocol: texts to unit vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Unrelated:
    """The cosines that an encoder gives to questions and passages that have nothing to do with each other."""

    mean: float
    deviation: float
    """The standard deviation."""


class Encoder(Protocol):
    """Turns texts into vectors of length one, so that the dot product is the cosine.

    `name` identifies weights and precision (`bge-small-en-medical/1`): vectors of different names are never mixed.
    A vector depends on its text alone, never on the texts encoded beside it, so that a replayed or resumed
    ingestion writes the same bytes; an encoder of padded batches keeps this but for the last bits, and says so. Empty
    text is allowed; text beyond what the model reads is cut. Safe to call from several threads until it is closed.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        """Return float32 of shape (len(texts), dimension), rows in the order of `texts`."""

    def close(self) -> None:
        """Give back threads and memory; nothing may be encoded afterwards. Closing twice is harmless."""


@runtime_checkable
class MeasuredEncoder(Encoder, Protocol):
    """An encoder that says what its cosines are measured by, or None where its weights do not."""

    @property
    def unrelated(self) -> Unrelated | None: ...


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an encoder makes of each token, read in its text: `vectors` of shape (tokens, dimension), each of length 1,
    and `spans` of shape (tokens, 2), where each stands in the text. Tokens that stand for nothing are left out."""

    vectors: Vectors
    spans: NDArray[np.int64]


@runtime_checkable
class TokenEncoder(Encoder, Protocol):
    """An encoder that also tells what it makes of each token."""

    def tokens(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> list[Tokens]:
        """The tokens of each text, in the order of `texts`.

        Raises EncoderUnavailable where the weights give a vector of the whole text alone.
        """
