"""Which words of a question are worth looking for in the full-text index."""

from __future__ import annotations

from sqlite3 import Connection

from retrieval import passage_sql as sql

COMMON = 0.2
"""A word in more than this share of the passages is not looked for where a rarer one is there."""
FEW = 100
"""A word in no more passages than this is looked for, whatever their share: in a small file most words are common."""
POSTINGS = 50_000
"""How many postings a question may touch: its rarest words first, so that an answer takes as long in a large file."""
MOST_WORDS = 64
MOST_LOOKED_AT = 1000


class Telling:
    """Chooses words, and remembers how frequent each is until the passages change. Safe in several threads."""

    def __init__(self) -> None:
        self._frequencies: tuple[int, int, dict[str, int]] = (-1, 0, {})

    def __call__(self, db: Connection, words: list[str]) -> list[str]:
        """The words worth looking for: rarest first, common ones only where nothing rarer is there."""
        passages, frequencies = self.frequencies(db, words)
        there = sorted((frequencies[word], word) for word in words[:MOST_LOOKED_AT] if frequencies[word])[:MOST_WORDS]
        rare = [(count, word) for count, word in there if count <= max(COMMON * passages, FEW)] or there[:1]
        chosen: list[str] = []
        touched = 0
        for count, word in rare:
            if chosen and touched + count > POSTINGS:
                break
            chosen.append(word)
            touched += count
        return chosen

    def frequencies(self, db: Connection, words: list[str]) -> tuple[int, dict[str, int]]:
        """How many passages there are, and in how many of them each of the first words stands."""
        now = sequence(db)
        counted, passages, frequencies = self._frequencies
        if counted != now:
            passages, frequencies = db.execute(sql.COUNTS).fetchone()[1], {}
            self._frequencies = (now, passages, frequencies)
        unknown = [word for word in words[:MOST_LOOKED_AT] if word not in frequencies]
        if unknown:
            frequencies.update(_count(db, unknown))
        return passages, frequencies


def sequence(db: Connection) -> int:
    """The number of the last change."""
    row = db.execute(sql.SEQUENCE).fetchone()
    return int(row[0]) if row else 0


def _count(db: Connection, words: list[str]) -> dict[str, int]:
    """In how many passages each word stands, by its stem."""
    db.execute(sql.STEM_CLEAR)
    db.executemany(sql.STEM_ADD, list(enumerate(words, 1)))
    counts = dict.fromkeys(words, 0)
    for number, stem in db.execute(sql.STEM_READ).fetchall():
        row = db.execute(sql.FREQUENCY, (stem,)).fetchone()
        counts[words[number - 1]] = max(counts[words[number - 1]], row[0] if row else 0)
    return counts
