"""What is quoted around a sentence that answers: its list whole, what it leans on, and what answers right beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.answering.standing import leans
from text.sentences import sentences

LONGEST = 600
"""Characters of one quotation."""
_BULLET = re.compile(r"^\s*(?:[-•·*–]\s|\(?\d{1,2}[.)]\s)")
_HEADS_A_LIST = re.compile(r"[:：]\s*$|[:：]\s*[-•·*]\s")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to `end` in the text of a document."""

    start: int
    end: int


def grown(text: str, at: Stretch, scores: Mapping[int, float], least: float, title: str = "") -> Stretch:
    """A sentence of `text` with what must not be cut from it, at most `LONGEST` characters where that can be: the list
    that it heads or is of, the sentence that it leans on, and neighbours whose score in `scores`, by where they begin,
    is at least `least`. The line of the `title` is no part of it."""
    spans = [(start, end) for start, end in sentences(text) if not title or text[start:end].strip() != title.strip()]
    found = [index for index, (start, end) in enumerate(spans) if start < at.end and at.start < end]
    if not found:
        return at
    first, last = found[0], found[-1]
    first, last = _with_list(text, spans, first, last)
    if first and leans(text[spans[first][0] : spans[first][1]]) and not _BULLET.match(text[spans[first][0] :]):
        first = _taken(spans, first - 1, last, first)
    grows = True
    while grows:
        grows = False
        for begin, end in ((first, last + 1), (first - 1, last)):
            new = end if end > last else begin
            if 0 <= new < len(spans) and scores.get(spans[new][0], least - 1) >= least and _fits(spans, begin, end):
                first, last, grows = begin, end, True
    return Stretch(spans[first][0], spans[last][1])


def _with_list(text: str, spans: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    def bullet(index: int) -> bool:
        return 0 <= index < len(spans) and _BULLET.match(text[spans[index][0] : spans[index][0] + 8]) is not None

    def heads(index: int) -> bool:
        return 0 <= index < len(spans) and _HEADS_A_LIST.search(text[spans[index][0] : spans[index][1]]) is not None

    if bullet(first):
        head = first
        while bullet(head - 1):
            head -= 1
        if heads(head - 1) and _fits(spans, head - 1, last):
            first = head - 1
    if heads(last) or bullet(last):
        while bullet(last + 1) and _fits(spans, first, last + 1):
            last += 1
    return first, last


def _taken(spans: Sequence[tuple[int, int]], first: int, last: int, otherwise: int) -> int:
    return first if _fits(spans, first, last) else otherwise


def _fits(spans: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    return spans[last][1] - spans[first][0] <= LONGEST
