"""Of which species a gene of a text is: by the word before it, else by what the text speaks of most, else of man. Pure
functions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

HUMAN = 9606
_WORDS = {
    9606: r"humans?|patients?|men|women|man|woman|boys?|girls?|child(?:ren)?|infants?|probands?|famil(?:y|ies)|"
    r"individuals?|volunteers?|cohorts?|participants?|people|HeLa|HEK[- ]?293T?|MCF-?7|HepG2|Caco-2",
    10090: r"mice|mouse|murine|C57BL/6J?|BALB/c|NIH[- ]?3T3|RAW ?264\.7",
    10116: r"rats?|sprague[- ]dawley|wistar|PC12",
    7955: r"zebrafish|danio",
    7227: r"drosophila|melanogaster|fruit fl(?:y|ies)",
    6239: r"c(?:aenorhabditis|\.) ?elegans|nematodes?",
    4932: r"s(?:accharomyces|\.) ?cerevisiae|yeasts?",
}
"""By its number in NCBI Taxonomy, what a text calls a species or cells of it."""
_ANY = re.compile(
    r"\b(?:" + "|".join(f"(?P<t{taxon}>{words})" for taxon, words in _WORDS.items()) + r")\b", re.IGNORECASE
)
_BEFORE = 20
"""Characters before a gene in which a species is said of it: "murine TRAF2", "mouse and rat Il6"."""
_ADJOINS = re.compile(r"[\s-]+(?:[\w-]+\s+)?")
"""What stands between a species and a gene of it: a word at most."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where a text speaks of which species, in order."""

    text: str
    ends: tuple[int, ...]
    taxa: tuple[int, ...]
    usual: int
    """What it speaks of most, man where of none."""
    several: bool
    """Whether it speaks of more than one."""

    @classmethod
    def of(cls, text: str) -> Spoken:
        found = [(match.end(), int((match.lastgroup or "t0")[1:])) for match in _ANY.finditer(text)]
        counted = Counter(taxon for _, taxon in found)
        animals = [taxon for taxon in counted if taxon != HUMAN]
        usual = max(animals or [HUMAN], key=lambda taxon: counted[taxon])
        if counted[HUMAN] > counted[usual]:
            usual = HUMAN
        return cls(
            text,
            tuple(end for end, _ in found),
            tuple(taxon for _, taxon in found),
            usual,
            len(counted) > 1,
        )

    def at(self, start: int) -> int:
        """The species of a gene that begins at `start`."""
        before = bisect_right(self.ends, start) - 1
        if (
            before >= 0
            and start - self.ends[before] <= _BEFORE
            and _ADJOINS.fullmatch(self.text, self.ends[before], start)
        ):
            return self.taxa[before]
        return self.usual
