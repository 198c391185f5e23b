"""The Recognizer protocol: text to typed spans, by a trained model; nothing is linked yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Span:
    """Where a text names something. `label` is the type in the words of the corpus that the model learned from."""

    start: int
    end: int
    label: str
    score: float


class Recognizer(Protocol):
    """Finds spans in texts. `version` names the weights.

    The result for a text depends on that text alone; a text may be empty, or of any length. Spans of one text do not
    overlap and come in order of `start`. Whoever opens a recognizer closes it; until then it is safe in several
    threads. What is wrong with weights is a WeightsUnavailable when it is opened, never later.
    """

    @property
    def version(self) -> str: ...

    def recognize(self, texts: Sequence[str]) -> list[list[Span]]:
        """One list a text, in order; no text, no list."""

    def close(self) -> None:
        """Give back threads and memory; nothing can be recognized any more. Closing twice is harmless."""
