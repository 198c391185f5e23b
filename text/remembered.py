"""What is worked out of a word, remembered: for so many words, and of the long ones none.

A cache of functools counts its entries and not what they take: texts of words without end would fill it for good.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 64
"""Characters of a word that is remembered."""

_Value = TypeVar("_Value")


def remembered(most: int) -> Callable[[Callable[[str], _Value]], Callable[[str], _Value]]:
    """A decorator of a function of a word: its values of the last `most` words are kept."""

    def decorated(function: Callable[[str], _Value]) -> Callable[[str], _Value]:
        kept = lru_cache(most)(function)

        @wraps(function)
        def called(word: str) -> _Value:
            return kept(word) if len(word) <= LONGEST else function(word)

        return called

    return decorated
