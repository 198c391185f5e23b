"""A passage that a search found, as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.evidence.reasons import Ranking


@dataclass(frozen=True, slots=True)
class PassageEvidence:
    """Verbatim text of a document, from `start` to `end` (offsets into the document's text)."""

    id: str
    source: str
    title: str
    url: str
    text: str
    start: int
    end: int
    entities: tuple[str, ...]
    score: float
    ranking: Ranking

    @property
    def kind(self) -> Literal["passage"]:
        return "passage"

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        return self.source, self.start, self.end
