"""Words of a question in the other language: what finds English passages for Chinese questions, and the other way.

A question is read from left to right by the longest entry that fits, as dictionaries segment Chinese; nothing is said
of grammar, and nothing is disambiguated: rankings by words and by meaning both live with some words too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from text.names import is_chinese, normalise, tokens
from text.scripts import simplified

Entry = tuple[str, str]
"""A Chinese and an English name or word."""

LONGEST = 2_000
"""Characters of a question that are read."""
_LATIN = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ0-9][\w.,/+%'-]*", re.ASCII)


class Glossary:
    """Pairs of Chinese and English names and words, to be looked up both ways. Several may bear one name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._english: dict[str, dict[str, None]] = {}
        self._chinese: dict[tuple[str, ...], dict[str, None]] = {}
        self._most_characters = self._most_words = 0
        for chinese, english in entries:
            name, words = simplified(chinese.strip()), tuple(normalise(english).split())
            if not name or not words:
                continue
            self._english.setdefault(name.lower(), {})[english] = None
            self._chinese.setdefault(words, {})[name] = None
            self._most_characters = max(self._most_characters, len(name))
            self._most_words = max(self._most_words, len(words))

    def english(self, question: str) -> str:
        """The English words for what a Chinese question holds, in its order, and what it has in Latin letters; empty
        where there is nothing of either."""
        text = simplified(question[:LONGEST].encode(errors="replace").decode())
        lowered = text.lower() if len(text.lower()) == len(text) else text
        said: dict[str, None] = {}
        at = 0
        while at < len(text):
            length = self._longest(lowered, at)
            if length:
                said.update(self._english[lowered[at : at + length]])
            elif latin := _LATIN.match(text, at):
                said[latin.group()] = None
                length = len(latin.group())
            at += length or 1
        return " ".join(said)

    def chinese(self, question: str) -> str:
        """The Chinese names of what a question in English names; empty where none is known."""
        words = [token.norm for token in tokens(question[:LONGEST])]
        said: dict[str, None] = {}
        at = 0
        while at < len(words):
            length = min(self._most_words, len(words) - at)
            while length and tuple(words[at : at + length]) not in self._chinese:
                length -= 1
            if length:
                # The first name is the preferred one; words that stand beside it are there for the other way.
                said[next(iter(self._chinese[tuple(words[at : at + length])]))] = None
            at += length or 1
        return " ".join(said)

    def _longest(self, text: str, at: int) -> int:
        """How long the longest entry is that `text` holds at `at`; 0 where there is none."""
        for length in range(min(self._most_characters, len(text) - at), 0, -1):
            if text[at : at + length] in self._english and not _cuts(text, at, length):
                return length
        return 0


@cache
def general() -> tuple[Entry, ...]:
    """The words of the table beside this file: what is said of diseases and drugs, and their names in common speech."""
    rows = Path(__file__).with_name("glossary.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return tuple((chinese, word) for chinese, english in pairs for word in english.split("|"))


def _cuts(text: str, at: int, length: int) -> bool:
    """Whether an entry in Latin letters would be a part of a longer word."""
    end = at + length

    def inside(left: str, right: str) -> bool:
        return left.isalnum() and right.isalnum() and not is_chinese(left) and not is_chinese(right)

    return (at > 0 and inside(text[at - 1], text[at])) or (end < len(text) and inside(text[end - 1], text[end]))
