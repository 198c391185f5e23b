"""Names of the field as features for a recognizer: which words of a text a vocabulary knows, and as what.

A name is kept as a 48-bit hash of its folded words and a mask of classes, sorted: a million names load in a fraction
of a second and are looked up all at once, every run of up to `LONGEST` words of a text. The table cannot be read back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from text.remembered import remembered

CLASSES = ("Chemical", "Protein", "Disease", "Phenotype", "GeneName", "GeneSymbol", "Species", "Anatomy")
"""What a name may be; the position is its bit."""
LONGEST = 7
"""Words in the longest name that is kept."""
_SYMBOL = 4
"""Words in the longest symbol: digits and letters that follow one another are words of their own."""
FEATURES = 2 * len(CLASSES)
"""Columns of `Gazetteer.features`: for each class, whether a word begins a name and whether it goes on with one."""

_WORD = re.compile(r"[^\W\d_]+|\d+")
_HASH_BITS, _FIRST_BITS = 48, 23
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_CASED = np.uint64(0x5851F42D4C957F2D)

Words = npt.NDArray[np.int32]
"""Start and end of each word in a text, of shape (words, 2)."""
Features = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """A table of names: `hashes` ascending, `masks` of the same length (bit i set: a name of class i)."""

    hashes: npt.NDArray[np.uint64]
    masks: npt.NDArray[np.uint8]
    _beginnings: npt.NDArray[np.uint8] = field(init=False, repr=False, compare=False)
    """A bit for each beginning of a hash that some name has: most words of a text have none of them."""

    def __post_init__(self) -> None:
        present = np.zeros(1 << _FIRST_BITS, np.bool_)
        present[(self.hashes >> np.uint64(_HASH_BITS - _FIRST_BITS)).astype(np.int64)] = True
        object.__setattr__(self, "_beginnings", np.packbits(present))

    @classmethod
    def build(cls, names: Iterable[tuple[str, str]]) -> Gazetteer:
        """From (name, class) pairs. Symbols and acronyms are looked up as they are written, all else in any case."""
        table: dict[int, int] = {}
        for name, kind in names:
            words = [match.group() for match in _WORD.finditer(name)]
            if 0 < len(words) <= LONGEST:
                key = int(_runs(_hashed(words, cased=kind == "GeneSymbol" or _is_acronym(name)), len(words))[0])
                table[key] = table.get(key, 0) | 1 << CLASSES.index(kind)
        keys = np.array(sorted(table), np.uint64)
        return cls(keys, np.array([table[int(key)] for key in keys], np.uint8))

    @classmethod
    def load(cls, path: Path) -> Gazetteer:
        """Read what `save` wrote. Raises OSError, ValueError."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(np.cumsum(stored["steps"].astype(np.uint64), dtype=np.uint64), stored["masks"])

    def save(self, path: Path) -> None:
        steps = np.diff(self.hashes, prepend=np.uint64(0))
        kind = np.uint32 if int(steps.max(initial=0)) < 1 << 32 else np.uint64
        np.savez_compressed(path, steps=steps.astype(kind), masks=self.masks)

    def features(self, text: str) -> tuple[Words, Features]:
        """The words of `text`, and for each a row of `FEATURES` zeros and ones.

        Of each class the longest names are taken, the leftmost first where they overlap.
        """
        matches = list(_WORD.finditer(text))
        words = np.array([match.span() for match in matches], np.int32).reshape(-1, 2)
        features = np.zeros((len(matches), FEATURES), np.uint8)
        if not matches or not len(self.hashes):
            return words, features
        raw = [match.group() for match in matches]
        folded, cased = _hashed(raw, cased=False), _hashed(raw, cased=True)
        for length in range(min(LONGEST, len(raw)), 0, -1):
            mask = self._masks(_runs(folded, length))
            if length <= _SYMBOL:
                mask |= self._masks(_runs(cased, length))
            for start in np.flatnonzero(mask).tolist():
                bits = int(mask[start])
                for kind in range(len(CLASSES)):
                    if bits >> kind & 1:
                        begin, inside = 2 * kind, 2 * kind + 1
                        if not features[start : start + length, begin : inside + 1].any():
                            features[start, begin] = 1
                            features[start + 1 : start + length, inside] = 1
        return words, features

    def _masks(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
        masks = np.zeros(len(keys), np.uint8)
        first = (keys >> np.uint64(_HASH_BITS - _FIRST_BITS)).astype(np.int64)
        may = np.flatnonzero(self._beginnings[first >> 3] & (np.uint8(128) >> (first & 7).astype(np.uint8)))
        at = np.minimum(np.searchsorted(self.hashes, keys[may]), len(self.hashes) - 1)
        masks[may] = np.where(self.hashes[at] == keys[may], self.masks[at], 0)
        return masks


@remembered(200_000)
def _word(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(errors="replace"), digest_size=8).digest(), "little")


def _fold(word: str) -> str:
    """Lower case, and the plural of a noun as its singular; names and texts are folded alike."""
    word = word.lower()
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "suia":
        return word[:-1]
    return word


def _is_acronym(name: str) -> bool:
    return len(name) <= 6 and name.isupper() and " " not in name


def _hashed(words: list[str], *, cased: bool) -> npt.NDArray[np.uint64]:
    if cased:
        return np.array([_word(word) for word in words], np.uint64) ^ _CASED
    return np.array([_word(_fold(word)) for word in words], np.uint64)


def _runs(hashes: npt.NDArray[np.uint64], length: int) -> npt.NDArray[np.uint64]:
    """The 48-bit hash of each run of `length` words."""
    count = len(hashes) - length + 1
    total = np.full(count, length, np.uint64)
    for offset in range(length):
        total = total * _MULTIPLIER + hashes[offset : offset + count]
    total ^= total >> np.uint64(29)
    return (total * _MULTIPLIER) >> np.uint64(64 - _HASH_BITS)
