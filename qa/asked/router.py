"""The Router protocol: which plan answers a question. `rules` and `learnt` keep it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa.model import AskedEntity


class Router(Protocol):
    """Chooses among the intents that it was made for. Safe to use from several threads."""

    def intents(self, text: str, entities: Sequence[AskedEntity]) -> tuple[str, ...]:
        """The intent of `text`, which names `entities` (possibly none), in English or Chinese; behind it the next
        likely one, where it is close.

        Always of the router's intents, for any text; the same for the same text and entities.
        """
