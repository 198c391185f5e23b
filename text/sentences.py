"""Sentence boundaries, English and Chinese, by rule.

A pure function over the text, so that the splitter, the tagger and the relation patterns agree on what a sentence is,
and offsets are always those of the text as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from text.lines import wrapped
from text.remembered import remembered_of_texts

LONGEST = 4_000
"""Characters of a sentence: a longer one is a list, a table or no language, and is cut at a clause or a blank. Of
150,000 sentences of abstracts and pages none is as long. Who reads a sentence as a whole may take more than a step a
character."""
BLANKS = 100
"""A run of so many blanks ends a sentence."""

# A full stop, exclamation or question mark with its closing quotes, or numbers of references, and a blank behind it; a
# Chinese one needs no blank. A row of marks is looked at once, from its first on.
_END = re.compile(
    r"(?<![.!?])[.!?]++(?:\[\^?\d[\d,–\s-]*\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|(?<=[a-z)]\.)\d{1,2}(?:[,–-]\d{1,2})*(?=\s+[A-Z]))?"
    r"[\"'”’)\]]*(?=\s)|[。！？；]+[”’」』）》]*|\n"
)
_GAP = re.compile(rf"(?<!\s)\s{{{BLANKS}}}")
# After what a sentence that is too long is cut, the best first.
_CLAUSES = ((";", "；"), (", ", "，", "、", ": ", ") "), (" ", "\t", "\n"))
# What ends in a full stop without ending a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|al|etc|fig|figs|nos|dr|mr|mrs|ms|prof|st|approx|resp|ca|viz|eq|ref|refs|sp|spp|subsp|var|"
    r"i\.v|i\.m|s\.c|p\.o|b\.i\.d|t\.i\.d|q\.d|inc|ltd|co|vol|pp)|(?<![A-Za-z/])[A-Za-z])\.$",
    re.IGNORECASE,
)
# `No.` stands for a number where one follows; elsewhere it is an answer.
_NUMBER = re.compile(r"\bnos?\.$", re.IGNORECASE)
_NUMBERED = re.compile(r"\s+(?:#?\d|[A-Z]{1,3}[-/]?\d|[IVX]+\b)")
_CONTINUES = re.compile(r"[ \t]+[a-z]")


@remembered_of_texts(256)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) of each sentence, in order, without the blanks around it.

    A line feed ends one, unless the line is wrapped (`text.lines`).
    """
    spans: list[tuple[int, int]] = []
    start = 0
    within = set(wrapped(text))
    for match in _END.finditer(text):
        end = match.end()
        mark = match.group()[0]
        if mark == "\n" and match.start() in within:
            continue
        if mark in ".!?" and _goes_on(text, start, match.start(), end):
            continue
        _append(spans, text, start, end)
        start = end
    _append(spans, text, start, len(text))
    return tuple(spans)


def _goes_on(text: str, start: int, mark: int, end: int) -> bool:
    if text[mark] != ".":
        return False
    # Only the last word matters; the bound keeps a text without sentences linear.
    last = max(start, mark - 12)
    if _NUMBER.search(text, last, mark + 1):
        return _NUMBERED.match(text, end) is not None or _CONTINUES.match(text, end) is not None
    if _ABBREVIATION.search(text, last, mark + 1):
        return not (text[max(start, mark - 4) : mark].lower() == " etc" and text[end + 1 : end + 2].isupper())
    return _CONTINUES.match(text, end) is not None


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.extend(_short(text, start, end) if end - start > BLANKS else ((start, end),))


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces of at most `LONGEST` characters, without the blanks around them."""
    gap = _GAP.search(text, start, end)
    while end - start > LONGEST or gap:
        cut = min(end, start + LONGEST)
        if gap and gap.start() < cut:
            cut = gap.start()
        elif end - start > LONGEST:
            cut = _clause(text, start, cut)
        yield start, cut - (len(text[start:cut]) - len(text[start:cut].rstrip()))
        start = cut
        while start < end and text[start].isspace():
            start += 1
        if gap and gap.start() < start:
            gap = _GAP.search(text, start, end)
    if start < end:
        yield start, end


def _clause(text: str, start: int, limit: int) -> int:
    """Where what is too long for a sentence is cut best before `limit`."""
    least = limit - LONGEST // 2
    for marks in _CLAUSES:
        places = [(text.rfind(mark, least, limit), mark) for mark in marks]
        at, mark = max(places)
        if at >= 0:
            return at + len(mark)
    return limit
