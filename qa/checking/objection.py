"""Why a sentence may not be said, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "uncited",
    "unknown_citation",
    "misquoted",
    "unexplained",
    "unmarked",
    "mixed",
    "reassuring",
    "severity",
    "number",
    "empty",
    "nameless",
    "unsupported",
    "stranger",
    "undisputed",
    "turned",
]
"""In the order in which a sentence is tried: it cites nothing, or what is no evidence; it quotes what is not there; it
calls unexplained what the differential does not; it tells as stated what is derived, or mixes both; it reassures where
no source does; it gives an interaction another severity; it gives a number that is not there; it says nothing, or names
nothing of its evidence; most of its words, or a name, are not there; it says that sources disagree where they do not;
it affirms what its evidence denies, or the other way round."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason, and what it is about: the ids, the quote, the number with its unit, the name or the words' forms."""

    kind: Kind
    words: tuple[str, ...] = ()
