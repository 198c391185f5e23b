"""The ranking by words: which words of a question are worth looking for, and the passages that hold them.

BM25 as in Robertson and Zaragoza 2009 ("The Probabilistic Relevance Framework"), as SQLite's FTS5 counts it, whose own
ranking cannot be told which passages to count.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from sqlite3 import Connection

import numpy as np

from retrieval import passage_sql as sql
from retrieval.model import Filter
from retrieval.passage_rows import bound
from retrieval.passage_sight import Numbers, Rows, Sight, Word

COMMON = 0.2
"""A word in more than this share of the passages is not looked for where a rarer one is there."""
FEW = 100
"""A word in no more passages than this is looked for, whatever their share: in a small file most words are common."""
POSTINGS = 50_000
"""How many postings a question may touch: its rarest words first, so that an answer takes as long in a large file."""
MOST_WORDS = 64
MOST_LOOKED_AT = 1000
_FADING, _BY_LENGTH = 1.2, 0.75
"""How soon one more of a word counts for less (k1), and how much it counts for less in a long passage (b)."""
_LEAST = 1e-6
"""What a word counts that stands in half of the passages or more."""


def telling(db: Connection, sight: Sight, words: Sequence[str]) -> list[Word]:
    """The words worth looking for: rarest first, common ones only where nothing rarer is there."""
    looked_at = words[:MOST_LOOKED_AT]
    known = sight.look_up(db, looked_at)
    there = sorted((known[word].passages, word) for word in looked_at if known[word].passages)[:MOST_WORDS]
    rare = [(count, word) for count, word in there if count <= max(COMMON * sight.passages, FEW)] or there[:1]
    chosen: list[Word] = []
    touched = 0
    for count, word in rare:
        if chosen and touched + count > POSTINGS:
            break
        chosen.append(known[word])
        touched += count
    return chosen


def ranking(db: Connection, sight: Sight, words: Sequence[str], filter: Filter, k: int) -> list[tuple[str, float]]:
    """The `k` best (passage id, BM25) that the filter lets through, higher is better, ties by id."""
    chosen = telling(db, sight, words)
    if not chosen:
        return []
    rows, scores = _scored(db, sight, chosen)
    order = np.argsort(-scores, kind="stable")
    rows, scores = rows[order], scores[order]
    hits: list[tuple[str, float]] = []
    begin, size = 0, k
    while begin < len(rows) and len(hits) < k:
        # Equal scores are looked at together, for among them the ids decide.
        last = min(begin + size, len(rows)) - 1
        end = int(np.searchsorted(-scores, -scores[last], side="right"))
        some = rows[begin:end].tolist()
        allowed = dict(db.execute(sql.ALLOWED_ROWS, {"rows": json.dumps(some), **bound(filter)}).fetchall())
        hits += [(allowed[row], float(scores[begin + at])) for at, row in enumerate(some) if row in allowed]
        # As many more as it takes where the filter goes on to let as few through.
        begin, size = end, k + (k - len(hits)) * end // max(len(hits), 1)
    return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:k]


def rarity(db: Connection, sight: Sight, words: Sequence[str]) -> dict[str, float]:
    """How much it says that a passage holds each word: its inverse document frequency, as BM25 counts it."""
    known = sight.look_up(db, words[:MOST_LOOKED_AT])
    return {
        word: math.log(1 + (sight.passages - found.passages + 0.5) / (found.passages + 0.5))
        for word, found in known.items()
    }


def _scored(db: Connection, sight: Sight, words: Sequence[Word]) -> tuple[Rows, Numbers]:
    """The rows that hold one of the words, with their scores."""
    mean = sight.words / sight.passages
    asked = Counter(stem for word in words for stem in word.stems)
    every: list[Rows] = []
    parts: list[Numbers] = []
    for stem, times in asked.items():
        rows, counts, lengths = sight.places(db, stem)
        weight = times * max(math.log((sight.passages - len(rows) + 0.5) / (len(rows) + 0.5)), _LEAST)
        long = _FADING * (1 - _BY_LENGTH + _BY_LENGTH * lengths / mean)
        every.append(rows)
        parts.append(weight * counts * (_FADING + 1) / (counts + long))
    found, places = np.unique(np.concatenate(every), return_inverse=True)
    return found, np.bincount(places, np.concatenate(parts), len(found)).astype(np.float64)
