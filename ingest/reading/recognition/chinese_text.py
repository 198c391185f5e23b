"""From a Chinese text to what a recognizer's network reads, the same at training and at inference.

A token is one Chinese character, a piece of a run of Latin letters or of digits, or one other sign: an entity begins
and ends between tokens wherever it stands in Chinese. Beside its own id a character carries that of the word it
stands in, as the Unigram model divides the run (Kudo 2018), and its place in it: the vocabulary's words are knowledge
of the language that a character by itself does not have (as in Zhang and Yang 2018, "Chinese NER Using Lattice LSTM").

What is read is a plain form of the text: full width as half width, traditional as simplified, lower case, no blanks
and no control characters. Every token knows where in the text as given it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

RUNS = "[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z]+|[0-9]+"
"""What the Unigram model divides; every other sign is a token by itself."""
BEGIN, END, UNKNOWN, MASK = "<s>", "</s>", "<unk>", "<mask>"
ALONE, FIRST, INNER, LAST = range(4)
"""The places of a token in its word."""

_CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as read. `ids`, `words` and `places` (tokens,) are the network's inputs, without special tokens;
    `offsets` (tokens, 2) are into the text as given."""

    ids: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, start: int, end: int) -> Tokens:
        return Tokens(self.ids[start:end], self.words[start:end], self.places[start:end], self.offsets[start:end])


def plain(text: str) -> tuple[str, npt.NDArray[np.int32]]:
    """The plain form of `text`, and for each of its characters the index of the one that it comes from."""
    pairs = [(form, at) for at, character in enumerate(text) for form in _plain(character)]
    return "".join(form for form, _ in pairs), np.array([at for _, at in pairs], np.int32)


@lru_cache(maxsize=50_000)
def _plain(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isprintable() and character != " " else ""
    forms = unicodedata.normalize("NFKC", character).lower()
    kept = "".join(c for c in forms if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Mn"))
    return "".join(_simplified(c) if _CJK.match(c) else c for c in kept)


def _simplified(character: str) -> str:
    form = str(_converter().convert(character))
    return form if len(form) == 1 else character


@cache
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    import opencc

    return opencc.OpenCC("t2s")


def divide(tokenizer: Tokenizer) -> Tokenizer:
    """`tokenizer` set up to divide plain text at `RUNS` and to do nothing else. Returns the same object."""
    from tokenizers import Regex, pre_tokenizers

    tokenizer.normalizer = None
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(f"{RUNS}|."), "isolated")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def special(tokenizer: Tokenizer, token: str) -> int:
    """The id of one of the tokens that every vocabulary here has. Raises KeyError for one that lacks it."""
    id = tokenizer.token_to_id(token)
    if id is None:
        raise KeyError(f"{token} is not in the vocabulary")
    return id


def tokenize(text: str, tokenizer: Tokenizer) -> Tokens:
    """The tokens of `text`; none where nothing but blanks is in it. `tokenizer` is one that `divide` has set up."""
    form, sources = plain(text)
    encoded = tokenizer.encode(form, add_special_tokens=False)
    unknown = special(tokenizer, UNKNOWN)
    rows: list[tuple[int, int, int, int, int]] = []
    for id, (start, end) in zip(encoded.ids, encoded.offsets, strict=True):
        if end - start > 1 and _CJK.match(form[start]):
            for at in range(start, end):
                own = tokenizer.token_to_id(form[at])
                place = FIRST if at == start else LAST if at == end - 1 else INNER
                rows.append((unknown if own is None else own, id, place, at, at + 1))
        else:
            rows.append((id, id, ALONE, start, end))
    table = np.array(rows, np.int64).reshape(-1, 5)
    offsets = np.stack([sources[table[:, 3]], sources[table[:, 4] - 1] + 1], 1) if rows else np.zeros((0, 2), np.int32)
    return Tokens(table[:, 0], table[:, 1], table[:, 2], offsets.astype(np.int32))


def framed(values: npt.NDArray[np.int64], begin: int, end: int) -> npt.NDArray[np.int64]:
    """`values` between what stands for the beginning and the end of a text."""
    return np.concatenate([[begin], values, [end]])


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `start` to `end` of a text, of which `keep` (first, after the last) count: the rest is their context."""

    start: int
    end: int
    keep: tuple[int, int]


def windows(count: int, limit: int, margin: int) -> Iterator[Window]:
    """Windows of at most `limit` tokens over `count`; a token is kept in just one, `margin` or more from its edges."""
    begin = 0
    while begin < count:
        end = min(count, begin + limit)
        keep = (begin + margin if begin else 0, end if end == count else end - margin)
        yield Window(begin, end, keep)
        if end == count:
            return
        begin = end - 2 * margin
