"""The terms of a question, and how far a sentence holds them: written so, or in words that mean the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from retrieval.answering.asked import Asked
from text.words import content_words

OTHERWISE = 0.8
"""What a term is worth where a sentence has another word for it."""
NEARLY = 0.6
"""What a word is worth where a sentence has one that begins alike, or is written nearly so."""
_BEGIN = 5
"""Characters that two words must share at their beginning to be nearly the same."""
_LONG = 6
"""Shorter words are compared as they are."""
Phrase = tuple[str, ...]
"""Content words by stem, in order."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a question speaks of: the phrase as asked, and `others` that mean the same. `named` says that it
    is a name of what the question is about."""

    phrase: Phrase
    others: tuple[Phrase, ...] = ()
    named: bool = False


def terms(asked: Asked, names: Mapping[str, Collection[str]]) -> tuple[Term, ...]:
    """The terms of a question in its order: the names in it with their other names, phrases, and single words.

    `names` are, for each thing as it is written in the question, all its names.
    """
    spelled = _spelled(names)
    lay, longest = _lay()
    most = max(longest, max((len(phrase) for phrase in spelled), default=1))
    made: dict[Phrase, Term] = {}
    at = 0
    while at < len(asked.words):
        length = 1
        for length in range(min(most, len(asked.words) - at), 0, -1):
            phrase = asked.words[at : at + length]
            if phrase in spelled:
                made[phrase] = Term(phrase, tuple(other for other in spelled[phrase] if other != phrase), named=True)
                break
            if phrase in lay and (length > 1 or phrase not in made):
                made[phrase] = Term(phrase, tuple(other for other in lay[phrase] if other != phrase))
                break
        else:
            made.setdefault(asked.words[at : at + 1], Term(asked.words[at : at + 1]))
            length = 1
        at += length
    return tuple(made.values())


class Held:
    """How far sentences hold terms: `shares[i][j]`, from 0 to 1, is of sentence i and term j."""

    def __init__(self, terms: Sequence[Term], sentences: Sequence[Collection[str]]) -> None:
        vocabulary = {word for words in sentences for word in words}
        begins: dict[str, list[str]] = {}
        for word in sorted(vocabulary):
            begins.setdefault(word[:2], []).append(word)
        every = {word for term in terms for phrase in (term.phrase, *term.others) for word in phrase}
        single = {word for term in terms for word in term.phrase}
        near = {word: _near(word, begins) for word in sorted(single - vocabulary) if len(word) >= _LONG}
        near |= {word: [] for word in every - near.keys()}
        self.shares = [[_held(term, words, near) for term in terms] for words in sentences]


def _held(term: Term, words: Collection[str], near: Mapping[str, Sequence[str]]) -> float:
    def share(phrase: Phrase) -> float:
        parts = [1.0 if word in words else NEARLY if any(n in words for n in near[word]) else 0.0 for word in phrase]
        return sum(parts) / len(parts)

    best = share(term.phrase)
    for other in term.others:
        if best >= OTHERWISE:
            break
        # Of another name a part says nothing: "acid" is not "folic acid".
        if all(word in words for word in other):
            best = OTHERWISE if not term.named else 1.0
    return best


def _near(word: str, begins: Mapping[str, Sequence[str]]) -> list[str]:
    """The words that begin as `word` does for most of their length, or differ in one letter, or two in turn."""
    alike = []
    for other in begins.get(word[:2], ()):
        if len(other) < _BEGIN:
            continue
        shorter = min(len(word), len(other))
        common = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), shorter)
        if common >= max(_BEGIN, 0.7 * shorter) or (abs(len(word) - len(other)) <= 1 and _one_off(word, other, common)):
            alike.append(other)
    return alike


def _one_off(word: str, other: str, common: int) -> bool:
    """Whether the two, equal up to `common`, are equal but for one letter more, less, other, or two in turn."""
    a, b = word[common:], other[common:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _spelled(names: Mapping[str, Collection[str]]) -> dict[Phrase, tuple[Phrase, ...]]:
    spelled: dict[Phrase, tuple[Phrase, ...]] = {}
    for written, own in names.items():
        phrases = _phrases((written, *own))
        for phrase in phrases:
            spelled.setdefault(phrase, phrases)
    return spelled


def _phrases(names: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(phrase for name in names if (phrase := tuple(content_words(name)))))


@cache
def _lay() -> tuple[Mapping[Phrase, tuple[Phrase, ...]], int]:
    """The rows of `lay.tsv` by each of their phrases, and the words of the longest phrase."""
    rows = Path(__file__).with_name("lay.tsv").read_text(encoding="utf-8").splitlines()
    alike: dict[Phrase, dict[Phrase, None]] = {}
    for row in rows:
        if row.startswith("#"):
            continue
        phrases = _phrases(row.split("|"))
        # Other words stand for the first of a row, and it for each: they need not mean the same to one another.
        for phrase in phrases:
            alike.setdefault(phrase, {}).update(dict.fromkeys(phrases if phrase == phrases[0] else phrases[:1]))
    return {phrase: tuple(others) for phrase, others in alike.items()}, max(map(len, alike), default=1)
