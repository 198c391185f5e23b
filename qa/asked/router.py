"""The Router protocol: which plan answers a question. `rules` keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa.model import AskedEntity


class Router(Protocol):
    """Chooses among the intents that it was made for. Safe to use from several threads."""

    def intent(self, text: str, entities: Sequence[AskedEntity]) -> str:
        """The intent of `text`, which names `entities` (possibly none), in English or Chinese.

        Always one of the router's intents, for any text; the same for the same text and entities.
        """
