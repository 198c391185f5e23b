"""A text as its judges read it: folded, cut into sentences, and each sentence looked through for triggers once.

The rules and the weights of the words around ask the same sentences, each for many mentions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from text.context.judgement import Reading
from text.context.scopes import Sentence
from text.context.triggers import triggers
from text.scripts import simplified_each
from text.sentences import sentences

_FOLD = str.maketrans({chr(c): chr(c + 32) for c in range(65, 91)} | {"’": "'", "‘": "'", "\xa0": " "})
_BLANKS = str.maketrans("\n\t", "  ")


class Scanned:
    """`text` in small letters, with plain quotes and, where Chinese, simplified characters: `laid_out` with its line
    feeds and tabs, `folded` with blanks for them. Every offset is that of `text`."""

    def __init__(self, text: str, language: str, reading: Reading = "document") -> None:
        self.text, self.language, self.reading = text, language, reading
        small = text.translate(_FOLD)
        self.laid_out = simplified_each(small) if language == "zh" else small
        self.folded = self.laid_out.translate(_BLANKS)
        self.bounds: Sequence[tuple[int, int]] = sentences(text)
        self._starts = [start for start, _ in self.bounds]
        self._scanned: dict[int, Sentence] = {}

    def index(self, start: int) -> int:
        """Which sentence `start` is in or behind; -1 before the first."""
        return bisect_right(self._starts, start) - 1

    def sentence(self, index: int) -> Sentence:
        """The sentence of that index; of a text that has none, the whole text."""
        if index not in self._scanned:
            place = self.bounds[index] if self.bounds else (0, len(self.text))
            self._scanned[index] = Sentence(
                self.folded, self.text, triggers(self.language), place, self.language, self.reading
            )
        return self._scanned[index]
