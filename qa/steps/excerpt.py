"""The sentences of a found passage that speak to the question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from retrieval.model import Hit
from text.names import normalise
from text.sentences import sentences
from text.words import content_words

SHORT = 50
"""A sentence with fewer characters is taken together with the one after it."""
CUED = 0.25
"""What a cue is worth beside the words."""
NAMELESS = 0.5
"""What is left of the score of a sentence that names nothing of what was asked: it may be about something else."""
LONG = 600
"""A sentence with more characters than this is no sentence but a table or a list; it comes last."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a hit's passage from `start` to `end` (offsets into the passage's text), the share of the question's
    weight that its words carry, from 0 to 1, which of the asked entities the passage
    names, and whether the sentence is of the kind asked for."""

    hit: Hit
    start: int
    end: int
    coverage: float
    named: frozenset[str]
    cued: bool


def excerpts(
    hits: Sequence[Hit], question: str, names: Mapping[str, Collection[str]], cue: re.Pattern[str] | None
) -> list[Excerpt]:
    """The best sentence of each hit, in the order of `hits`.

    A word of the question weighs by how few of the hits' sentences have it; the words of `names` (for each
    entity as asked, its names in every language) weigh double, and `cue` is what a sentence of the right kind holds.
    """
    spelled = {asked: {normalise(name) for name in own} - {""} for asked, own in names.items()}
    wanted = set(content_words(question))
    named = {word for own in names.values() for name in own for word in content_words(name)}
    split = [_sentences(hit.passage.text) for hit in hits]
    counts = Counter(word for of_hit in split for _, words in of_hit for word in words & (wanted | named))
    total = 1 + sum(len(of_hit) for of_hit in split)
    weights = {word: math.log(1 + total / (1 + counts[word])) * (2 if word in named else 1) for word in wanted | named}
    possible = sum(weights.values()) or 1.0
    found = []
    for hit, of_hit in zip(hits, split, strict=True):
        best, best_score = None, -1.0
        for (start, end), words in of_hit:
            score = sum(weights[word] for word in words & weights.keys()) / possible
            if cue is not None and cue.search(hit.passage.text, start, end):
                score += CUED
            if named and named.isdisjoint(words):
                score *= NAMELESS
            if hit.passage.section == "title":
                score *= 0.7
            if end - start > LONG:
                score *= 0.3
            if score > best_score:
                best, best_score = (start, end), score
        if best is not None:
            start, end = best
            if end - start < SHORT:
                end = next((e for (s, e), _ in of_hit if s >= end), end)
            said = f" {normalise(hit.passage.text)} "
            holds = frozenset(asked for asked, own in spelled.items() if any(f" {name} " in said for name in own))
            cued = cue is not None and cue.search(hit.passage.text, start, end) is not None
            found.append(Excerpt(hit, start, end, round(min(best_score, 1.0), 4), holds, cued))
    return found


def _sentences(text: str) -> list[tuple[tuple[int, int], set[str]]]:
    """Spans of sentences with their content words."""
    return [((start, end), set(content_words(text[start:end]))) for start, end in sentences(text)]
