"""Where a text has the words of a query, as the full-text index would match them: by stem, without accents, in either
script of Chinese."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from text.fold import fold, query_words
from text.scripts import CJK, CJK_LATER, simplified_each

_PIECE = re.compile(f"([{CJK}{CJK_LATER}]+)|[^\\W_{CJK}{CJK_LATER}]+")
_MOST = 1000
"""Words of a query that are looked for, as many as the index looks at."""

Span = tuple[int, int]


def matched(query: str, text: str) -> list[Span]:
    """The (start, end) of each stretch of `text` that a word of `query` matches, in order; what touches is one.

    Offsets are code points of `text`. A run of Chinese is matched by pairs of its characters, as it is indexed.
    """
    wanted = {_stem(word) for word in query_words(query)[:_MOST]}
    if not wanted:
        return []
    spans: list[Span] = []
    for piece in _PIECE.finditer(text):
        start, end = piece.span()
        found = _pairs(text[start:end], start, wanted) if piece[1] else []
        if not piece[1] and any(_stem(word) in wanted for word in fold(piece[0]).split()):
            found = [(start, end)]
        for span in found:
            if spans and span[0] <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], span[1]))
            else:
                spans.append(span)
    return spans


def _pairs(run: str, start: int, wanted: set[str]) -> list[Span]:
    """The stretches of a run of Chinese characters that begins at `start`, pair by pair."""
    plain = simplified_each(run)
    if len(plain) == 1:
        return [(start, start + 1)] if plain in wanted else []
    return [(start + at, start + at + 2) for at in range(len(plain) - 1) if plain[at : at + 2] in wanted]


def _stem(word: str) -> str:
    """The word without accents, lowered, by its stem (Porter 1980, which SQLite's full-text index uses)."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    return str(_stemmer().stemWord(bare))


@cache
def _stemmer():  # type: ignore[no-untyped-def]  # snowballstemmer ships no types
    import snowballstemmer

    return snowballstemmer.stemmer("porter")
