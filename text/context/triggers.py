"""Trigger phrases: how they are written, and the automaton that finds them.

The phrases are in `english.txt` and `chinese.txt`, a line `KIND PHRASE` each. In a phrase `(a|b|)` stands for each
of the alternatives and `{NAME}` for those of the line `NAME = a|b` (‹ and › are round brackets as such), so a line
is a family of literal phrases. An Aho-Corasick automaton (Aho & Corasick 1975) over all of them finds every one in
a single pass, however many there are. Of phrases that overlap the longest counts: `no change in` is not `no`,
`cannot be ruled out` is not `ruled out`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import ahocorasick

from text.context.judgement import Reading

_NAMED = re.compile(r"([A-Z]+) = (.*)")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A phrase found at `start`-`end`, and the kinds it is of."""

    start: int
    end: int
    phrase: str
    kinds: frozenset[str]


@cache
def triggers(language: str) -> Triggers:
    """The phrases for `zh`, or (anything else) the English ones.

    They are rules as code is, so they are read from this package, when they are first used.
    """
    name = "chinese.txt" if language == "zh" else "english.txt"
    return Triggers(Path(__file__).with_name(name).read_text(encoding="utf-8"), whole=language != "zh")


_IN_CLAIM = {"verb>": "neg>", "verb<": "neg<", "stopd": "pseudo"}
_ELSEWHERE = {"verb>": "pseudo", "verb<": "pseudo", "stopd": "stopn"}


class Triggers:
    """The phrases of `lines`. `whole` phrases match at the borders of words only, as Latin script needs."""

    def __init__(self, lines: str, *, whole: bool) -> None:
        self._whole = whole
        kinds: dict[str, set[str]] = {}
        named: dict[str, str] = {}
        for line in lines.splitlines():
            if match := _NAMED.fullmatch(line):
                named[match[1]] = match[2]
            elif line and not line.startswith("#"):
                kind, _, pattern = line.partition(" ")
                for name, alternatives in named.items():
                    pattern = pattern.replace(f"{{{name}}}", alternatives)
                for phrase in expanded(pattern):
                    kinds.setdefault(phrase, set()).add(kind)
        automaton: Any = ahocorasick.Automaton()
        both: dict[frozenset[str], tuple[frozenset[str], frozenset[str]]] = {}
        for phrase, own in kinds.items():
            key = frozenset(own)
            if key not in both:
                both[key] = _as(_ELSEWHERE, key), _as(_IN_CLAIM, key)
            automaton.add_word(phrase, (phrase, *both[key]))
        automaton.make_automaton()
        self._automaton = automaton

    def find(self, text: str, reading: Reading) -> list[Trigger]:
        """Every trigger in `text`, which is folded already, in order of their ends; they may overlap."""
        within = []
        for last, (phrase, kinds, in_claim) in self._automaton.iter(text):
            end = last + 1
            start = end - len(phrase)
            if self._whole and not ((phrase[0] in "-‹" or _border(text, start)) and _border(text, end)):
                continue
            if phrase[0] == ",":
                end = start + 1  # what follows the comma may be a trigger of its own
            elif (phrase[0] in ":：" or phrase[:2] == "- ") and text[end : end + 1].strip(".,;)。，；、）"):
                continue  # "Fever: no." denies fever, "Fever: no cough" does not
            within.append(Trigger(start, end, phrase, in_claim if reading == "claim" else kinds))
        return within


def _as(meaning: dict[str, str], kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(meaning.get(kind, kind) for kind in kinds)


def resolved(found: list[Trigger]) -> list[Trigger]:
    """Of triggers that overlap, the longest, and the first of equally long ones; in order."""
    kept: list[Trigger] = []
    taken: set[int] = set()
    for trigger in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        places = range(trigger.start, trigger.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(trigger)
    kept.sort(key=lambda t: t.start)
    return kept


def expanded(pattern: str) -> list[str]:
    """Every literal phrase that `pattern` stands for."""
    parts = _CHOICE.split(pattern)
    choices = [[part] if index % 2 == 0 else part.split("|") for index, part in enumerate(parts)]
    literal = ("".join(chosen).replace("‹", "(").replace("›", ")") for chosen in product(*choices))
    return [" ".join(phrase.split()) for phrase in literal]


def _border(text: str, at: int) -> bool:
    """Whether no word goes on across `at`; `May-Thurner` is one word, `pain-free` is two."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if not (before.isalnum() and after.isalnum()):
        return not (before.isalnum() and after == "-" and text[at + 1 : at + 2].isalpha())
    return False
