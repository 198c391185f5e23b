"""From a document to passages that follow one another without gap or overlap: joined in order they are the text.

A passage holds whole sentences, of about `TARGET` characters (some 200 tokens, what the shipped encoder reads in one
piece). A new section starts a new passage once the current one is long enough to stand alone, so that the short
sections of a structured abstract share one and the title goes with what follows it.
"""

from __future__ import annotations

from bisect import bisect_right

from ingest.model import Document
from retrieval.model import Passage, passage_id
from text.sentences import sentences

VERSION = "split/1"
TARGET = 1_000
"""Characters a passage aims at, counted so that one Chinese character weighs as much as three Latin ones."""
_ALONE = 300


def split(document: Document) -> list[Passage]:
    """The passages of `document`, in order; none for a document without text."""
    text = document.text
    if not text:
        return []
    starts = _section_starts(document)
    cuts = _cuts(text, set(starts))
    names = [section.name for section in document.sections]
    passages = []
    for ordinal, (start, end) in enumerate(zip(cuts, [*cuts[1:], len(text)], strict=True)):
        section = names[bisect_right(starts, start) - 1]
        # A title is not where its passage's text comes from.
        if section == "title" and ordinal == 0:
            following = bisect_right(starts, start)
            section = names[following] if following < len(names) and starts[following] < end else section
        body = text[start:end]
        passages.append(
            Passage(passage_id(document.id, start, end, body), document.id, ordinal, section, start, end, body)
        )
    return passages


def _section_starts(document: Document) -> list[int]:
    starts = []
    position = 0
    for section in document.sections:
        starts.append(position)
        position += len(section.text) + 1
    return starts


def _cuts(text: str, sections: set[int]) -> list[int]:
    """Where passages begin; the first is 0."""
    cuts = [0]
    size = 0
    for start, end in _pieces(text):
        weight = _weight(text[start:end])
        if size and (size + weight > TARGET or (start in sections and size > _ALONE)):
            cuts.append(start)
            size = 0
        size += weight
    return cuts


def _pieces(text: str) -> list[tuple[int, int]]:
    """Sentences; one that is too long for a passage is cut at blanks, or anywhere if it has none."""
    pieces: list[tuple[int, int]] = []
    for start, end in sentences(text):
        while _weight(text[start : start + TARGET]) > TARGET or end - start > TARGET:
            limit = start + (TARGET if text[start : start + TARGET].isascii() else TARGET // 3)
            if limit >= end:
                break
            cut = text.rfind(" ", start + 1, limit)
            cut = limit if cut < 0 else cut + 1
            pieces.append((start, cut))
            start = cut
        pieces.append((start, end))
    return pieces


def _weight(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(3 if "\u2e80" <= c <= "\uffef" else 1 for c in text)
