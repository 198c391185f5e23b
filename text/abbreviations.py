"""Abbreviations that a text defines itself: "chronic obstructive pulmonary disease (COPD)".

The method is that of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in
biomedical text": the letters of the short form are looked for from right to left in the words before the bracket.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BRACKET = re.compile(r"[(（]\s*([^\s()（）,;，；]{2,10})\s*[)）,;，；]")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """`short` stands for the text from `start` to `end`."""

    short: str
    start: int
    end: int


def find(text: str) -> list[Abbreviation]:
    """The definitions in `text`, in order; a short form that is defined twice is given twice."""
    found = []
    for match in _BRACKET.finditer(text):
        short = match.group(1)
        if not (any(c.isupper() for c in short) and short[0].isalnum() and any(c.isalpha() for c in short)):
            continue
        end = match.start()
        while end > 0 and text[end - 1].isspace():
            end -= 1
        words = min(len(short) + 5, len(short) * 2)
        window = max(0, end - 25 * words)
        start = _long_form(short, text, window, end)
        if start is not None and text[start:end].count(" ") < words and end - start > len(short):
            found.append(Abbreviation(short, start, end))
    return found


def _long_form(short: str, text: str, window: int, end: int) -> int | None:
    """Where the long form of `short` that ends at `end` begins, or None."""
    position = end - 1
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        while position >= window and (
            text[position].lower() != letter or (index == 0 and position > 0 and text[position - 1].isalnum())
        ):
            if text[position] in "\n。" or text[position : position + 2] == ". ":
                return None
            position -= 1
        if position < window:
            return None
        if index > 0:
            position -= 1
    return position
