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
TITLE = 0.7
"""What is left of the score of a title, which says less than the text below it."""
LONG, TABLE = 600, 0.3
"""A sentence with more characters than this is no sentence but a table or a list: what is left of its score."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a hit's passage from `start` to `end` (offsets into the passage's text), the share of the question's
    weight that its words carry, from 0 to 1, which of the asked entities the passage
    names, and whether the sentence is of the kind asked for."""

    hit: Hit
    start: int
    end: int
    coverage: float
    names: frozenset[str]
    cued: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence from `start` to `end` of a passage's text, with its content words."""

    start: int
    end: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Scale:
    """What the words of a question weigh; `named` are those of the names of what it asks about."""

    weights: Mapping[str, float]
    possible: float
    named: frozenset[str]
    cue: re.Pattern[str] | None

    def score(self, sentence: _Sentence, hit: Hit) -> float:
        score = sum(self.weights[word] for word in sentence.words & self.weights.keys()) / self.possible
        if self.cues(sentence.start, sentence.end, hit):
            score += CUED
        if self.named and self.named.isdisjoint(sentence.words):
            score *= NAMELESS
        if hit.passage.section == "title":
            score *= TITLE
        if sentence.end - sentence.start > LONG:
            score *= TABLE
        return score

    def cues(self, start: int, end: int, hit: Hit) -> bool:
        """Whether a sentence of the kind asked for stands there."""
        return self.cue is not None and self.cue.search(hit.passage.text, start, end) is not None


def excerpts(
    hits: Sequence[Hit], question: str, names: Mapping[str, Collection[str]], cue: re.Pattern[str] | None
) -> list[Excerpt]:
    """The best sentence of each hit, in the order of `hits`.

    A word of the question weighs by how few of the hits' sentences have it; the words of `names` (for each
    entity as asked, its names in every language) weigh double, and `cue` is what a sentence of the right kind holds.
    """
    of_hits = [_sentences(hit.passage.text) for hit in hits]
    scale = _scale(question, names, cue, of_hits)
    spelled = {asked: {normalise(name) for name in own} - {""} for asked, own in names.items()}
    return [_excerpt(hit, of_hit, scale, spelled) for hit, of_hit in zip(hits, of_hits, strict=True) if of_hit]


def _scale(
    question: str,
    names: Mapping[str, Collection[str]],
    cue: re.Pattern[str] | None,
    sentences: Sequence[Sequence[_Sentence]],
) -> _Scale:
    named = frozenset(word for own in names.values() for name in own for word in content_words(name))
    wanted = named | set(content_words(question))
    counts = Counter(word for of_hit in sentences for sentence in of_hit for word in sentence.words & wanted)
    total = 1 + sum(len(of_hit) for of_hit in sentences)
    weights = {word: math.log(1 + total / (1 + counts[word])) * (2 if word in named else 1) for word in sorted(wanted)}
    return _Scale(weights, sum(weights.values()) or 1.0, named, cue)


def _excerpt(
    hit: Hit, sentences: Sequence[_Sentence], scale: _Scale, spelled: Mapping[str, Collection[str]]
) -> Excerpt:
    scores = [scale.score(sentence, hit) for sentence in sentences]
    # Of equally good ones the first.
    best = max(range(len(sentences)), key=scores.__getitem__)
    start, end = sentences[best].start, sentences[best].end
    if end - start < SHORT:
        end = next((sentence.end for sentence in sentences if sentence.start >= end), end)
    text = f" {normalise(hit.passage.text)} "
    names = frozenset(asked for asked, own in spelled.items() if any(f" {name} " in text for name in own))
    return Excerpt(hit, start, end, round(min(scores[best], 1.0), 4), names, scale.cues(start, end, hit))


def _sentences(text: str) -> list[_Sentence]:
    return [_Sentence(start, end, frozenset(content_words(text[start:end]))) for start, end in sentences(text)]
