"""Where a text has the words of a query, as the full-text index would match them: by stem, without accents, in either
script of Chinese."""

from __future__ import annotations

import re
import unicodedata

from text.fold import fold, query_words
from text.remembered import remembered
from text.scripts import CJK, CJK_LATER, simplified_each

_PIECE = re.compile(f"([{CJK}{CJK_LATER}]+)|[^\\W_{CJK}{CJK_LATER}]+")
_MOST = 1000
"""Words of a query that are looked for, as many as the index looks at."""

Span = tuple[int, int]


class Matching:
    """The words of one query, looked for in any number of texts."""

    def __init__(self, query: str) -> None:
        self._wanted = {_stem(word) for word in query_words(query)[:_MOST]}
        self._initials = {stem[:1] for stem in self._wanted}

    def spans(self, text: str) -> list[Span]:
        """The (start, end) of each stretch of `text` that a word of the query matches, in order; what touches is one.

        Offsets are code points of `text`. A run of Chinese is matched by pairs of its characters, as it is indexed.
        """
        spans: list[Span] = []
        for piece in _PIECE.finditer(text) if self._wanted else ():
            start, end = piece.span()
            found = _pairs(piece[0], start, self._wanted) if piece[1] else [(start, end)] * self._has(piece[0])
            for span in found:
                if spans and span[0] <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], max(spans[-1][1], span[1]))
                else:
                    spans.append(span)
        return spans

    def _has(self, word: str) -> bool:
        if not word.isascii():
            return any(_stem(part) in self._wanted for part in fold(word).split())
        # A stem begins as its word does: most words are told apart by their first letter.
        return word[0].lower() in self._initials and _stem(word) in self._wanted


def _pairs(run: str, start: int, wanted: set[str]) -> list[Span]:
    """The stretches of a run of Chinese characters that begins at `start`, pair by pair."""
    plain = simplified_each(run)
    if len(plain) == 1:
        return [(start, start + 1)] if plain in wanted else []
    return [(start + at, start + at + 2) for at in range(len(plain) - 1) if plain[at : at + 2] in wanted]


@remembered(65_536)
def _stem(word: str) -> str:
    """The word without accents, lowered, by its stem (Porter 1980, which SQLite's full-text index uses)."""
    import snowballstemmer

    word = word.lower()
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    # A stemmer keeps the word that it is at: one for several threads would give each the letters of another.
    return str(snowballstemmer.stemmer("porter").stemWord(word))
