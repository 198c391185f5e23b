"""A dictionary of names, matched over normalised tokens: longest match, millions of names, Chinese without spaces.

The names are those of `text.names.normalise`, so "β-blockers" finds "beta blocker". All matches are found in one pass
by an Aho-Corasick automaton (Aho and Corasick 1975, the package `pyahocorasick`); a match begins and ends at a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ingest.reading.dictionary import ordinary
from ingest.reading.dictionary.link import Candidate
from text.names import is_chinese, tokens

_SKIPPED_TYPES = frozenset({"Concept", "Patient"})
_HAS_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Match:
    """A dictionary name found: `text[start:end]` bears it."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class Dictionary:
    """Names and the entities that bear them, ready to be found in texts.

    `rows` are (name as written, entity id, type, whether it is the preferred name). Safe to use from several threads.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str, bool]]) -> None:
        import ahocorasick

        self._entries: list[list[Candidate]] = []
        self._automaton: Any = ahocorasick.Automaton()
        for name, entity, type, preferred in rows:
            if type in _SKIPPED_TYPES:
                continue
            key = _key(name)
            if key is None:
                continue
            candidate = Candidate(entity, type, name, preferred)
            index = self._automaton.get(key, None)
            if index is None:
                self._automaton.add_word(key, len(self._entries))
                self._entries.append([candidate])
            elif candidate not in self._entries[index]:
                self._entries[index].append(candidate)
        if self._entries:
            self._automaton.make_automaton()

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str) -> list[Match]:
        """The longest matches from left to right, none overlapping, in order of `start`."""
        if not self._entries:
            return []
        view = _View(text)
        hits = sorted(
            (last - self._lengths[index] + 1, -last, index) for last, index in self._automaton.iter(view.joined)
        )
        matches: list[Match] = []
        taken = -1
        for first, negative_last, index in hits:
            if first < taken:
                continue
            start, end = view.span(first, -negative_last)
            candidates = self._fitting(index, text[start:end])
            if candidates:
                matches.append(Match(start, end, candidates))
                # The blank that closes one match may open the next.
                taken = -negative_last
        return matches

    def exact(self, surface: str) -> tuple[Candidate, ...]:
        """The candidates that bear this very name, or none."""
        key = _key(surface)
        index = self._automaton.get(key, None) if key is not None and self._entries else None
        return () if index is None else self._fitting(index, surface)

    @cached_property
    def _lengths(self) -> list[int]:
        lengths = [0] * len(self._entries)
        for key, index in self._automaton.items():
            lengths[index] = len(key)
        return lengths

    def _fitting(self, index: int, surface: str) -> tuple[Candidate, ...]:
        return tuple(c for c in self._entries[index] if not _needs_case(c.name) or c.name == surface)


def _key(name: str) -> str | None:
    """The automaton's key of a name, or None for a name that would do more harm than good."""
    norms = [token.norm for token in tokens(name)]
    norm = " ".join(norms)
    chinese = is_chinese(name)
    if len(norms) < 2 if chinese else len(norm) < 3:
        return None
    if not _HAS_LETTER.search(norm) or ("".join(norms) in ordinary.folded() and not _needs_case(name)):
        return None
    # Names of more than 12 words are definitions; nobody writes them in a text.
    return f" {norm} " if chinese or len(norms) <= 12 else None


def _needs_case(name: str) -> bool:
    """Whether a name counts only as it is written: short, and with capitals beyond the first (`ALL`, `CAT`, `mTOR`)."""
    return len(name) <= 6 and " " not in name and any(c.isupper() for c in name[1:])


class _View:
    """A text as the automaton sees it: normalised tokens, each between two blanks."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self.joined = " " + " ".join(token.norm for token in self._tokens) + " "
        self._at: dict[int, int] = {}
        position = 0
        for index, token in enumerate(self._tokens):
            self._at[position] = index
            position += len(token.norm) + 1
        self._at[position] = len(self._tokens)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The text's offsets of a match from the blank at `first` to the blank at `last`."""
        return self._tokens[self._at[first]].start, self._tokens[self._at[last] - 1].end
