"""The tables of phrases: each name with patterns, read when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_GAP = {"en": r"(?:[^.;!?\n]{0,40}?)", "zh": r"(?:[^。；！？\n]{0,12}?)"}
_SHORTHAND = {
    "{cant}": r"(?:can'?t|cannot|can not|could ?n'?t|could not|unable to|not able to|won'?t|no longer|isn'?t able to|"
    r"struggling to|can (?:hardly|barely|no longer)|cant|(?:hardly|barely) able to)",
    "{nots}": r"(?:not|no|n'?t|isn'?t|aren'?t|hasn'?t|haven'?t|hadn'?t|doesn'?t|didn'?t|wasn'?t|won'?t|without|never|"
    r"stopped|can'?t|cannot|barely|hardly|refus\w+ to)",
    "{his}": r"(?:my|his|her|their|the|our|your|an?|one)",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern and what must stand in a text that it can match: nearly all patterns are ruled out by that alone."""

    literal: str
    pattern: re.Pattern[str]


@cache
def phrases(table: str, language: str) -> dict[str, tuple[Phrase, ...]]:
    """Of `signs` or `frames` in a language: the patterns of each name."""
    return {
        name: tuple(_phrase(one, language) for one in alternatives(patterns))
        for name, patterns in rows(f"{table}.{language}.tsv")
    }


def rows(file: str) -> Iterator[list[str]]:
    """The lines of a table of this room, by their cells."""
    text = resources.files("qa.asked.emergency").joinpath(file).read_text(encoding="utf-8")
    for line in text.splitlines():
        yield line.split("\t")


def alternatives(patterns: str) -> list[str]:
    """The patterns of a cell, which a bar outside all brackets parts."""
    parts, depth, begun = [], 0, 0
    for at, sign in enumerate(patterns):
        if sign in "([" and patterns[at - 1 : at] != "\\":
            depth += 1
        elif sign in ")]" and patterns[at - 1 : at] != "\\":
            depth -= 1
        elif sign == "|" and not depth:
            parts.append(patterns[begun:at])
            begun = at + 1
    return [part.strip() for part in (*parts, patterns[begun:]) if part.strip()]


def _phrase(written: str, language: str) -> Phrase:
    pattern = written
    for short, long in _SHORTHAND.items():
        pattern = pattern.replace(short, long)
    literal = _literal(pattern)
    pattern = pattern.replace("~", _GAP[language])
    if language == "en" and not written.startswith(("^", r"\b", "(?:^")):
        pattern = rf"\b(?:{pattern})"
    return Phrase(literal, re.compile(pattern))


def _literal(pattern: str) -> str:
    """The longest run of signs that every match holds, written outside of brackets and without a quantifier."""
    runs, run, depth, at = [""], "", 0, 0
    while at < len(pattern):
        sign, after = pattern[at], pattern[at + 1 : at + 2]
        plain = not depth and (sign.isalnum() or sign in " '-/") and not (after and after in "?*{")
        if plain:
            run += sign
        else:
            runs.append(run)
            run = ""
        if sign == "\\":
            at += 1
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        at += 1
    return max((*runs, run), key=len)
