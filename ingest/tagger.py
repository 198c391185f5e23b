"""The Tagger protocol: text to mentions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ingest.model import Mention


class Tagger(Protocol):
    """Finds mentions in texts. `version` names weights and dictionary: a change of it means reading again.

    The result for a text depends on that text alone. Mentions of one text come in order of `start` and do not overlap,
    except that a composite one ("ovarian and breast cancer") is a mention for each of its concepts at the same place;
    `text[m.start:m.end] == m.surface` holds for each. Safe to call from several threads.
    """

    @property
    def version(self) -> str: ...

    def tag(self, texts: Sequence[str], language: str) -> list[list[Mention]]:
        """One list a text, in order. `language` is ISO 639-1; a language the tagger does not know gives what it can."""
