from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from retrieval import passage_sql as sql
from retrieval.passage_shelves import SHELVES, clear, on_shelf, put, stems, take
from retrieval.passage_sight import Sight

OPEN, CLOSED, OTHER = 1, 2, 2 + SHELVES
ROWS = [(1, "gout ; aspirins", "gouty gout in years"), (2, "gout ; aspirins", "头痛")]
MORE = [(row + 2, heading, text) for row, heading, text in ROWS]


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.executescript(sql.SCHEMA + sql.STEMMER)
        for key, labels in ((OPEN, "public"), (CLOSED, "ward"), (OTHER, "patient")):
            opened.execute("INSERT INTO sets (set_key, labels) VALUES (?, ?)", (key, labels))
            opened.execute(sql.ADD_GRANT, (labels, key))
        yield opened


def counted(db: sqlite3.Connection, access: set[str] | None) -> list[int]:
    sight = Sight.of(db, access if access is None else frozenset(access))
    found = sight.look_up(db, ["gout", "aspirin", "年", "years", f"{CLOSED}xgout"])
    return [sight.passages, sight.words, *(word.passages for word in found.values())]


@pytest.mark.parametrize("set_key", [OPEN, CLOSED])
def test_what_was_put_is_taken_without_a_rest(db: sqlite3.Connection, set_key: int) -> None:
    put(db, OTHER, MORE)
    before = counted(db, None)
    put(db, set_key, ROWS)
    assert counted(db, None) == [2 * number for number in before]
    take(db, set_key, ROWS)
    assert counted(db, None) == before
    take(db, OTHER, MORE)
    assert counted(db, None) == [0] * 7
    assert db.execute("SELECT count(*) FROM lengths").fetchone() == (0,)


def test_words_are_the_same_in_both_indexes(db: sqlite3.Connection) -> None:
    put(db, OPEN, ROWS)
    put(db, CLOSED, MORE)
    assert counted(db, {"public"}) == counted(db, {"ward"}) == [2, 9, 2, 2, 0, 1, 0]
    places = [Sight.of(db, frozenset({who})).places(db, "gout") for who in ("public", "ward")]
    assert [[list(part) for part in place] for place in places] == [
        [[1, 2], [3.0, 2.0], [6.0, 3.0]],
        [[3, 4], [3.0, 2.0], [6.0, 3.0]],
    ]


def test_a_shelf_is_shared_and_its_sets_are_not(db: sqlite3.Connection) -> None:
    put(db, CLOSED, ROWS)
    put(db, OTHER, MORE)
    assert on_shelf(CLOSED, "gout") == on_shelf(OTHER, "gout")
    assert counted(db, {"ward"}) == counted(db, {"patient"}) == [2, 9, 2, 2, 0, 1, 0]


def test_a_word_that_looks_like_one_of_a_shelf_is_a_word(db: sqlite3.Connection) -> None:
    put(db, OTHER, ROWS)
    put(db, OPEN, [(3, "", on_shelf(OTHER, "gout"))])
    assert counted(db, {"public"}) == [1, 1, 0, 0, 0, 0, 1]
    assert counted(db, {"patient"})[-1] == 0


def test_clearing_leaves_nothing(db: sqlite3.Connection) -> None:
    for set_key, rows in ((OPEN, ROWS), (CLOSED, MORE)):
        put(db, set_key, rows)
    clear(db)
    assert counted(db, None) == [0] * 7


def test_stems_are_told_text_by_text(db: sqlite3.Connection) -> None:
    assert [sorted(found) for found in stems(db, ["Aspirins, aspirin", "", "Naïve"])] == [
        ["aspirin", "aspirin"],
        [],
        ["naiv"],
    ]
