"""The router of rules: each plan's cues are tried in order, and the first that fits decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.model import AskedEntity

Cue = Callable[[str, Sequence[AskedEntity]], bool]
"""Whether a text that names these entities asks for what a plan answers."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Keeps `Router` by `cues`, pairs of an intent and its cue in the order in which they are tried; `otherwise` is the
    intent of what none fits. An intent may stand in several pairs."""

    cues: tuple[tuple[str, Cue], ...]
    otherwise: str

    def intents(self, text: str, entities: Sequence[AskedEntity]) -> tuple[str, ...]:
        """See `Router`: rules know no second."""
        return (self.intent(text, entities),)

    def intent(self, text: str, entities: Sequence[AskedEntity]) -> str:
        """The first intent of which a cue fits."""
        return next((intent for intent, fits in self.cues if fits(text, entities)), self.otherwise)


def worded(pattern: re.Pattern[str]) -> Cue:
    """The cue of a wording alone, whatever the text names."""
    return lambda text, entities: pattern.search(text) is not None


def types_of(entities: Sequence[AskedEntity]) -> set[str]:
    """The types of what is named."""
    return {entity.type for entity in entities}


def surfaces(entities: Sequence[AskedEntity], *types: str) -> set[str]:
    """The different words by which entities of these types are named; of any type where none is given."""
    return {entity.surface.casefold() for entity in entities if not types or entity.type in types}
