"""The sentences that may answer: those of the passages found, and of the passages beside them in the same document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from retrieval.answering.model import Span, Standing
from retrieval.answering.standing import leans, standings
from retrieval.model import Hit, Passage
from text import abbreviations
from text.sentences import sentences
from text.words import content_words

SHORTEST = 3
"""A sentence with fewer characters is the rest of something."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage that was found, or of one beside it.

    `hit` is what found the passage, or the best of its document; `rank` is that hit's from 1. `document` numbers the
    document, `place` the sentence within it; `before` is the sentence before it where it leans on one.
    """

    hit: Hit
    passage: Passage
    sentence: Span
    words: frozenset[str]
    standing: Standing
    before: Span | None
    rank: int
    document: int
    place: int


def candidates(hits: Sequence[Hit], beside: Mapping[str, Collection[Passage]]) -> list[Candidate]:
    """The sentences of the passages of `hits` and of `beside` (for a document's id, more of its passages), document by
    document in the order of the hits, each in its own order."""
    by_document: dict[str, list[tuple[int, Hit]]] = {}
    for rank, hit in enumerate(hits, 1):
        by_document.setdefault(hit.passage.document, []).append((rank, hit))
    made: list[Candidate] = []
    for number, (document, ranked) in enumerate(by_document.items()):
        made += _of_document(number, ranked, beside.get(document, ()))
    return made


def _of_document(number: int, ranked: Sequence[tuple[int, Hit]], beside: Collection[Passage]) -> list[Candidate]:
    best = ranked[0]
    passages = {passage.start: passage for passage in beside} | {hit.passage.start: hit.passage for _, hit in ranked}
    own = {hit.passage.start: (rank, hit) for rank, hit in reversed(ranked)}
    spans: list[tuple[Passage, Span]] = []
    for _, passage in sorted(passages.items()):
        for start, end in sentences(passage.text):
            if end - start >= SHORTEST:
                span = Span(passage.start + start, passage.start + end, passage.text[start:end])
                spans.append((passage, span))
    title = best[1].document.title
    spelled_out = _spelled_out("".join(passage.text for _, passage in sorted(passages.items())))
    standing = standings([span.text for _, span in spans], [passage.section for passage, _ in spans], title)
    made = []
    for place, ((passage, span), where) in enumerate(zip(spans, standing, strict=True)):
        rank, hit = own.get(passage.start, best)
        before = None
        if place and where != "title" and standing[place - 1] != "title" and leans(span.text):
            previous = spans[place - 1][1]
            # Only what stands right before it, not across a passage that was not read.
            before = previous if span.start - previous.end < SHORTEST else None
        words = frozenset(content_words(span.text))
        words = words.union(*(long for short, long in spelled_out if short <= words))
        made.append(Candidate(hit, passage, span, words, where, before, rank, number, place))
    return made


def _spelled_out(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """For each abbreviation that a text defines, its words and those that it stands for; and the other way round."""
    pairs: dict[tuple[frozenset[str], frozenset[str]], None] = {}
    for one in abbreviations.find(text):
        short, long = frozenset(content_words(one.short)), frozenset(content_words(text[one.start : one.end]))
        if short and long:
            pairs[short, long] = None
            pairs[long, short] = None
    return list(pairs)
