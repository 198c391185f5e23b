"""Ordinary words of English that some ontology lists as a name.

Chemistry and genetics take most everyday words as symbols; those are caught by case (see `dictionary`), these are not.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from text.names import tokens


@cache
def words() -> frozenset[str]:
    """The words as they are listed; the file is read at the first call."""
    return frozenset(Path(__file__).with_name("ordinary_words.txt").read_text(encoding="utf-8").split())


@cache
def folded() -> frozenset[str]:
    """Each word as the norms of its tokens, joined."""
    return frozenset("".join(token.norm for token in tokens(word)) for word in words())
