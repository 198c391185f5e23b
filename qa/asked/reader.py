"""The Reader protocol: which entities a text names in words that the graph does not list as names of theirs.

A tagger of the ingestion that needs no graph keeps it. Questions are then read as documents were, so that a question
about "nephrotoxicity" finds what was stored of documents that say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Read(Protocol):
    """A stretch of the text, the type of what it names, the CURIE of that or None, and why."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def type(self) -> str: ...

    @property
    def entity(self) -> str | None: ...

    @property
    def reason(self) -> str: ...


class Reader(Protocol):
    """Reads texts. Safe to use from several threads."""

    def tag(self, texts: Sequence[str], language: str) -> Sequence[Sequence[Read]]:
        """For each text what it names, in order of place; several at the same place where a mention names several.

        `language` is ISO 639-1. The ids may be unknown to the graph.
        """
