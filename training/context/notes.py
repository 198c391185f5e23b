"""Annotated notes: a line a phrase in its sentence, with what is said of it.

The format is that of the data published with NegEx and ConText (Chapman 2001, Harkema 2009): a TSV with the columns
`phrase`, `sentence`, `negation` (Affirmed, Negated), `temporality` (Recent, Historical, Not particular) and
`experiencer`; the phrase stands in capitals in its sentence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.errors import MalformedFile

_COLUMNS = {"phrase", "sentence", "negation", "temporality", "experiencer"}
ALIKE = 0.6
"""Of two sentences that share this part of their pairs of words, both are learned from or neither."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence, its phrase in small letters again, and where (None: the sentence does not hold it)."""

    text: str
    span: tuple[int, int] | None
    negated: bool
    historical: bool
    of_patient: bool


def read(path: Path) -> list[Note]:
    """The notes of a file. Raises MalformedFile, and OSError where there is none."""
    notes = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not set(rows.fieldnames or ()) >= _COLUMNS:
            raise MalformedFile(str(path), "line 1", f"lacks one of the columns {', '.join(sorted(_COLUMNS))}")
        for row in rows:
            if any(row[name] is None for name in _COLUMNS):
                raise MalformedFile(str(path), f"line {rows.line_num}", "has fewer columns than the first line")
            text, span = _lowered(row["sentence"], row["phrase"])
            notes.append(
                Note(
                    text=text,
                    span=span,
                    negated=row["negation"] == "Negated",
                    historical=row["temporality"] == "Historical",
                    of_patient=row["experiencer"] == "Patient",
                )
            )
    return notes


def _lowered(sentence: str, phrase: str) -> tuple[str, tuple[int, int] | None]:
    """The sentence with its phrase in small letters, but the first of a sentence, and the place of the phrase."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    match = re.search(re.escape(phrase.upper()), sentence) or re.search(words, sentence, re.IGNORECASE)
    if match is None or not phrase:
        return sentence, None
    start, end = match.span()
    low = sentence[start:end].lower()
    if start == 0:
        low = low[:1].upper() + low[1:]
    if len(low) != end - start:
        return sentence, (start, end)
    return sentence[:start] + low + sentence[end:], (start, end)


def folds(notes: Sequence[Note], count: int, seed: int, *, apart: bool = True) -> npt.NDArray[np.int64]:
    """The fold of each note, 0 … `count` - 1; with `apart` sentences that are alike are in one fold."""
    rng = np.random.default_rng(seed)
    groups = np.array(_groups([note.text for note in notes]) if apart else range(len(notes)), dtype=np.int64)
    names = rng.permutation(np.unique(groups))
    fold = {int(name): place % count for place, name in enumerate(names)}
    return np.array([fold[int(name)] for name in groups], dtype=np.int64)


def _groups(texts: Sequence[str]) -> list[int]:
    """For each text the place of one that stands for all those it is like, directly or by others."""
    shingles = []
    for text in texts:
        words = re.findall(r"\w+", re.sub(r"\d+", "0", text.lower()))
        shingles.append(set(pairwise(words)) or {(word, "") for word in words})
    parent = list(range(len(texts)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for place, own in enumerate(shingles):
        for other in range(place):
            shared = len(own & shingles[other])
            if shared and shared >= ALIKE * len(own | shingles[other]):
                parent[root(place)] = root(other)
    return [root(place) for place in range(len(texts))]
