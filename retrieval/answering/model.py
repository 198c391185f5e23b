"""The words of answering: a sentence of a passage, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from retrieval.model import Hit

Standing = Literal["title", "aim", "background", "method", "result", "conclusion", "text"]
"""Where a sentence stands in its text; `text` where nothing tells."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end`, offsets into the document's text (code points), and what is written there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence that may answer a question.

    `context` is the sentence before it where it cannot be understood alone ("This was seen in …"). `score` is higher
    for a better one and compares within one question only; `probability` is the share of trust that falls on this
    sentence among all that were ranked, from 0 to 1. `parts` says how the score came about: for each feature, what it
    added.
    """

    hit: Hit
    sentence: Span
    context: Span | None
    standing: Standing
    score: float
    probability: float
    parts: dict[str, float] = field(default_factory=dict)
