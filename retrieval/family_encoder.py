"""Two encoders as one: Chinese texts go to one, all others to the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import numpy as np

from retrieval.encoder import Encoder, Unrelated, Vectors
from retrieval.errors import EncoderMismatch
from retrieval.families import Family, family, joined


class FamilyEncoder:
    """Keeps `Encoder`. The Chinese encoder, `chinese` by name, is opened when the first Chinese text comes.

    `dimension` is that of `rest`. Vectors of fewer dimensions are filled up with zeros, which no cosine shows.
    """

    def __init__(
        self,
        rest: Encoder,
        chinese: str,
        opening: Callable[[], Encoder],
        unrelated: Mapping[Family, Unrelated] = MappingProxyType({}),
    ) -> None:
        """`opening` opens the encoder named `chinese`. `unrelated` is what the cosines of each are measured by."""
        self._rest, self._opening = rest, opening
        self.unrelated = unrelated
        self._name = joined(rest.name, chinese)
        self._chinese: Encoder | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._rest.dimension

    def of(self, family: Family) -> Encoder:
        """The encoder of a family, opened if it is not.

        Raises EncoderUnavailable as opening does, EncoderMismatch where its vectors do not fit in.
        """
        if family == "rest":
            return self._rest
        with self._lock:
            if self._chinese is None:
                opened = self._opening()
                if joined(self._rest.name, opened.name) != self._name or opened.dimension > self.dimension:
                    opened.close()
                    raise EncoderMismatch(
                        f"the Chinese encoder {opened.name} ({opened.dimension} dimensions) does not go with "
                        f"{self._name} ({self.dimension}): it may have as many dimensions or fewer"
                    )
                self._chinese = opened
            return self._chinese

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        """Return float32 of shape (len(texts), dimension). Raises as `of` does."""
        families = [family(text) for text in texts]
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for one in sorted(set(families)):
            rows = [row for row, its in enumerate(families) if its == one]
            vectors[rows] = self.encode_in(one, [texts[row] for row in rows], kind)
        return vectors

    def encode_in(self, family: Family, texts: Sequence[str], kind: Literal["passage", "query"]) -> Vectors:
        """Encode all texts by the encoder of one family, whatever they are written in."""
        narrow = self.of(family).encode(texts, kind)
        return np.pad(narrow, ((0, 0), (0, self.dimension - narrow.shape[1])))

    def close(self) -> None:
        self._rest.close()
        with self._lock:
            if self._chinese is not None:
                self._chinese.close()
