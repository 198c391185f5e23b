"""How severe a pair of the ANSM's thesaurus is, level by level, and for which substances of a class a level holds.

A pair of classes may be contraindicated for one substance alone: `avec la nimodipine`, `entre l'oxybate de sodium et
les opiacés`. Only where nothing but substances is named is a level kept to them; a dose, an organ or another class
leaves it to the whole pair, so that nothing is made milder than it is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from text.names import normalise

WORDS = (
    "contre indication", "association deconseillee", "precaution d emploi", "a prendre en compte",
    "il convient de prendre en compte",
)  # fmt: skip
"""How severe, normalised, the worst first."""
_SPACE = re.compile(r"\s+")
_BETWEEN = re.compile(r"entre (?:l |le |la )?(.+?) et .+")
_SMALL = frozenset(("avec", "pour", "l", "le", "la", "les", "d", "de", "du", "et", "ou"))


@dataclass(frozen=True, slots=True)
class Level:
    word: str
    """As the thesaurus has it."""
    info: str
    """What it holds for and what to do."""

    @property
    def told(self) -> str:
        return f"{self.word} : {self.info}" if self.info else self.word


def levels(told: Any) -> tuple[Level, ...]:
    """The levels of an entry, the worst first; empty where there is none, or one of an unknown word."""
    several = [
        Level(flat(level.get("level")), flat(level.get("info")).lstrip(":- "))
        for level in (told if isinstance(told, list) else ())
        if isinstance(level, dict)
    ]
    if any(normalise(level.word) not in WORDS for level in several):
        return ()
    return tuple(sorted(several, key=lambda level: WORDS.index(normalise(level.word))))


def flat(value: object) -> str:
    return _SPACE.sub(" ", value).strip() if isinstance(value, str) else ""


def only(level: Level, substances: Collection[str]) -> tuple[str, ...]:
    """The substances, of these normalised names, that a level is kept to; empty where it holds for the whole pair."""
    norm = normalise(level.info)
    if between := _BETWEEN.fullmatch(norm):
        return (between[1],) if between[1] in substances else ()
    words = norm.split()
    if words[:1] not in (["avec"], ["pour"]):
        return ()
    named, place = [], 1
    while place < len(words):
        end = next((e for e in range(len(words), place, -1) if " ".join(words[place:e]) in substances), 0)
        if end:
            named.append(" ".join(words[place:end]))
        elif words[place] not in _SMALL:
            return ()
        place = end or place + 1
    return tuple(named)
