"""How words stand in the full-text index, so that those of a reader can be counted without those of others.

Passages that are public stand in an index of their own, which almost every reader sees whole. All others stand in a
second one, each word behind the number of the shelf of its passage's set of labels: a reader who sees a few of a
million patients goes through few shelves. There can be as many sets as patients, and but few indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from retrieval import passage_sql as sql
from retrieval.model import PUBLIC

SHELVES = 32

Row = tuple[int, str, str]
"""The row of a passage, its heading and its text, both folded."""


def on_shelf(set_key: int, stem: str) -> str:
    """The term of a stem in the index of what is not public. A number holds no `x`: no word makes the term of another
    shelf."""
    return f"{set_key % SHELVES}x{stem}"


def is_open(db: Connection, set_key: int) -> bool:
    """Whether the documents of a set are public."""
    return bool(db.execute(sql.IS_OPEN, (*PUBLIC, set_key)).fetchone()[0])


def put(db: Connection, set_key: int, rows: Sequence[Row]) -> None:
    """Write the words of a document's passages, whose rows follow one another."""
    if not rows:
        return
    closed = not is_open(db, set_key)
    written = _shelved(db, set_key, rows) if closed else rows
    db.executemany(sql.WORDS_ADD[closed], written)
    first, last = rows[0][0], rows[-1][0]
    lengths = [(row, sum(_numbers(sizes))) for row, sizes in db.execute(sql.WORDS_LENGTHS[closed], (first, last))]
    db.executemany(sql.ADD_LENGTH, [(row, length, set_key) for row, length in lengths])
    db.execute(
        sql.COUNT_IN_SET, {"set": set_key, "passages": len(lengths), "words": sum(length for _, length in lengths)}
    )


def take(db: Connection, set_key: int, rows: Sequence[Row]) -> None:
    """Take out what `put` wrote of the same."""
    if not rows:
        return
    closed = not is_open(db, set_key)
    db.executemany(sql.WORDS_REMOVE[closed], _shelved(db, set_key, rows) if closed else rows)
    between = rows[0][0], rows[-1][0]
    passages, words = db.execute(sql.LENGTHS_OF, between).fetchone()
    db.execute(sql.COUNT_IN_SET, {"set": set_key, "passages": -passages, "words": -words})
    db.execute(sql.REMOVE_LENGTHS, between)


def clear(db: Connection) -> None:
    """Take everything out."""
    for statement in (*sql.WORDS_CLEAR, *sql.LENGTHS_CLEAR):
        db.execute(statement)


def stems(db: Connection, texts: Iterable[str]) -> list[list[str]]:
    """The words of each text as the index of what is public stems them, in any order."""
    numbered = list(enumerate(texts))
    found: list[list[str]] = [[] for _ in numbered]
    db.execute(sql.STEM_CLEAR)
    db.executemany(sql.STEM_ADD, numbered)
    for number, stem in db.execute(sql.STEM_READ).fetchall():
        found[number].append(stem)
    return found


def _shelved(db: Connection, set_key: int, rows: Sequence[Row]) -> list[Row]:
    headings = sorted({heading for _, heading, _ in rows})
    told = [
        " ".join(on_shelf(set_key, stem) for stem in found)
        for found in stems(db, [*headings, *(text for _, _, text in rows)])
    ]
    by_heading = dict(zip(headings, told, strict=False))
    return [
        (row, by_heading[heading], text) for (row, heading, _), text in zip(rows, told[len(headings) :], strict=True)
    ]


def _numbers(sizes: bytes) -> list[int]:
    """The numbers of a row of FTS5's table of sizes, one of each column: seven bits in a byte, the highest first."""
    numbers, number = [], 0
    for byte in sizes:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    return numbers
