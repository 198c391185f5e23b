"""Whether a sentence may state a fact at all: a glance at its words, before a network reads it.

Three sentences of four that mention two things relate them in no way. A linear model over hashed features (Weinberger
2009, arXiv:0902.2206), learned from what the network itself says of sentences, passes over those of which it will
almost surely make no fact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ingest.reading.statements.arrays import stored
from ingest.reading.statements.marking import Place

BUCKETS = 1 << 16
_WORD = re.compile(r"[a-z]+|\d|[^\sa-z\d]")
_BETWEEN = 12
"""Words between two mentions that are looked at."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A unit of text with its mentions, in order and without overlap; `topic` is the type of what its document is
    about, where that is asked about too."""

    text: str
    places: tuple[Place, ...]
    topic: str | None = None


def features(glance: Glance) -> NDArray[np.int64]:
    """The buckets of its features, each once: types of mentions, words and pairs of words, words between mentions."""
    words = _words(glance)
    types = Counter(place.type for place in glance.places)
    told = [f"L{min(len(words) // 6, 9)}", f"M{min(len(glance.places), 7)}", f"A{glance.topic}"]
    told += [f"T{type}{min(count, 3)}" for type, count in types.items()]
    told += [f"P{a} {b}" for a in types for b in types if a < b]
    told += [f"A{glance.topic} {type}" for type in types] if glance.topic is not None else []
    told += [f"w{word}" for word in words]
    told += [f"g{a} {b}" for a, b in pairwise(words)]
    last = -1
    for at, word in enumerate(words):
        if len(word) > 1 and word[0] == "#":
            if last >= 0:
                pair = f"n{words[last]}{word}"
                told += [pair, *(pair + between for between in words[last + 1 : at][:_BETWEEN])]
            last = at
    return np.array(sorted({crc32(one.encode(errors="replace")) % BUCKETS for one in told}), np.int64)


def _words(glance: Glance) -> list[str]:
    """The words in small letters; each mention is one, by its type."""
    words: list[str] = []
    at = 0
    for place in glance.places:
        words += _WORD.findall(glance.text[at : place.start].lower())
        words.append(f"#{place.type}")
        at = max(at, place.end)
    return words + _WORD.findall(glance.text[at:].lower())


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """(BUCKETS,) float32: how much a feature speaks for a fact; what their sum must pass; eight hex digits that tell
    the gate from others."""

    table: NDArray[np.float32]
    least: float
    digest: str

    def opens(self, glance: Glance) -> bool:
        """Whether the network is to be asked."""
        return float(scores([features(glance)], self.table)[0]) > self.least


def scores(rows: Sequence[NDArray[np.int64]], table: NDArray[np.float32]) -> NDArray[np.float32]:
    """(rows,) float32: what the features of each row weigh together, a long one no more than a short one."""
    return np.array([table[row].sum() / np.sqrt(len(row)) for row in rows], np.float32)


def opened(path: Path) -> Gate:
    """The gate of the file `path`. Raises OSError, and ValueError where it holds none."""
    arrays, digest = stored(path)
    try:
        table, least = np.asarray(arrays["weights"], np.float32), float(arrays["least"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} holds no gate of statements") from error
    if table.shape != (BUCKETS,) or not np.isfinite(table).all() or np.isnan(least):
        raise ValueError(f"{path} holds no gate of statements")
    return Gate(table, least, digest)
