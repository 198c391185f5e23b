"""From a text to what a recognizer's network reads, the same at training and at inference.

Words are those of the tokenizer's pre-tokenizer (runs of letters and digits, each punctuation mark by itself); labels
are given to words. A long text is read in windows of whole words that overlap, so that no word lacks its context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ingest.reading.recognition.gazetteer import FEATURES, Gazetteer
from text.remembered import remembered

if TYPE_CHECKING:
    from tokenizers import Tokenizer

COLUMNS = FEATURES + 6
"""Features of a token: those of the gazetteer, then how the word is written, which an uncased vocabulary loses."""
_OVERLAP = 24
"""Words that two windows share."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a text. `ids` (tokens,) begins and ends with the special tokens; `features` (tokens, COLUMNS);
    `first` and `last` (words,) index the tokens of each word; `offsets` (words, 2) are into the text.

    `keep` is the half-open range of words whose labels count: the others are there for their context."""

    ids: npt.NDArray[np.int64]
    features: npt.NDArray[np.uint8]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int32]
    keep: tuple[int, int]


def windows(text: str, tokenizer: Tokenizer, gazetteer: Gazetteer, limit: int) -> Iterator[Window]:
    """The windows of `text`, of at most `limit` tokens each; none for a text without words.

    `tokenizer` adds no special tokens, does not truncate, and has the tokens `[CLS]` and `[SEP]`.
    """
    if not text.isascii():
        # The tokenizer refuses half characters (lone surrogates); a question mark keeps the offsets.
        text = text.encode(errors="replace").decode()
    encoded = tokenizer.encode(text, add_special_tokens=False)
    if not encoded.ids:
        return
    ids = np.array(encoded.ids, np.int64)
    words = np.array(encoded.word_ids, np.int64)
    spans = np.array(encoded.offsets, np.int32)
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    ends = np.append(starts[1:], len(ids))
    offsets = np.stack([spans[starts, 0], spans[ends - 1, 1]], 1)
    rows = _features(text, offsets, gazetteer)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    begin = 0
    while True:
        stop = int(np.searchsorted(ends, starts[begin] + limit - 2, side="right"))
        stop = max(stop, begin + 1)
        a, b = int(starts[begin]), min(int(ends[stop - 1]), int(starts[begin]) + limit - 2)
        first = starts[begin:stop] - a + 1
        per_token = np.repeat(rows[begin:stop], (ends - starts)[begin:stop], 0)[: b - a]
        blank = np.zeros((1, COLUMNS), np.uint8)
        done = stop == len(starts)
        # Half of what two windows share counts in the one, half in the other.
        yield Window(
            ids=np.concatenate([[cls], ids[a:b], [sep]]),
            features=np.concatenate([blank, per_token, blank]),
            first=first,
            last=np.minimum(ends[begin:stop], b) - a,
            offsets=offsets[begin:stop],
            keep=(0 if begin == 0 else min(_OVERLAP // 2, stop - begin - 1), stop - begin),
        )
        if done:
            return
        begin = max(begin + 1, stop - _OVERLAP)


def _features(text: str, offsets: npt.NDArray[np.int32], gazetteer: Gazetteer) -> npt.NDArray[np.uint8]:
    """A row a word. The gazetteer's words are runs of letters or of digits: a word takes those of its first."""
    words, rows_of_words = gazetteer.features(text)
    rows = np.zeros((len(offsets), COLUMNS), np.uint8)
    if len(words):
        at = np.minimum(np.searchsorted(words[:, 1], offsets[:, 0], side="right"), len(words) - 1)
        inside = words[at, 0] < offsets[:, 1]
        rows[inside, :FEATURES] = rows_of_words[at[inside]]
    rows[:, FEATURES:] = [_shape(text[start:end]) for start, end in offsets.tolist()]
    return rows


_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")


@remembered(50_000)
def _shape(word: str) -> tuple[bool, ...]:
    """Capital first, all capitals, capitals inside, a digit, digit and letter together, one or two characters long."""
    digit = _DIGIT.search(word) is not None
    letter = _LETTER.search(word) is not None
    rest = word[1:]
    return (
        word[0].isupper(), word.isupper() and len(word) > 1, not rest.islower() and not word.isupper() and letter
        and any(c.isupper() for c in rest), digit, digit and letter, len(word) <= 2,
    )  # fmt: skip
