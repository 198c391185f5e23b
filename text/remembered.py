"""What is worked out of a word, remembered: for so many words, and of the long ones none.

A cache of functools counts its entries and not what they take: texts of words without end would fill it for good. Of
whole texts, which several readers ask the same one after another, only what was found is kept, and no text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from hashlib import blake2b
from typing import TypeVar

LONGEST = 64
"""Characters of a word that is remembered."""
LONGEST_TEXT = 10_000
"""Characters of a text of which something is: an abstract, a note, a section."""

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


_FORGET: list[Callable[[], None]] = []


def forget_texts() -> None:
    """Forget all that was found in texts."""
    for forget in _FORGET:
        forget()


class _Key:
    """A text by its digest. The text goes as soon as the answer is there."""

    __slots__ = ("digest", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.digest = blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.digest == other.digest


def remembered_of_texts(most: int) -> Callable[[Callable[[str], tuple[_Value, ...]]], Callable[[str], list[_Value]]]:
    """A decorator of a function that finds things in a text: what it found in the last `most` texts is kept, and given
    as a list of the caller's own."""

    def decorated(function: Callable[[str], tuple[_Value, ...]]) -> Callable[[str], list[_Value]]:
        kept = lru_cache(most)(lambda key: function(key.text))
        _FORGET.append(kept.cache_clear)

        @wraps(function)
        def called(text: str) -> list[_Value]:
            if len(text) > LONGEST_TEXT:
                return list(function(text))
            key = _Key(text)
            try:
                return list(kept(key))
            finally:
                key.text = ""

        return called

    return decorated
