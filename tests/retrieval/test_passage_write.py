"""Documents into the passage store and out of it, down to the statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from retrieval import passage_sql as sql
from retrieval.errors import EncoderMismatch
from retrieval.model import DocumentInfo, Passage, passage_id
from retrieval.passage_shelves import clear
from retrieval.passage_sight import Sight
from retrieval.passage_write import add, check, meta, refold, remove, settle_encoder

INFO = DocumentInfo(
    "D:1", title="Gout", year=1999, keywords=("uric acid",), access=frozenset({"a", "b"}), publication_types=("Letter",)
)
TEXT = "Gout hurts."
PASSAGE = Passage(
    id=passage_id("D:1", 0, len(TEXT), TEXT),
    document="D:1",
    ordinal=0,
    section="abstract",
    start=0,
    end=len(TEXT),
    text=TEXT,
    entities=("E:1", "E:2"),
)
VECTORS = np.ones((1, 4), np.float32)
TABLES = ("documents", "passages", "vectors", "mentions", "sets", "grants", "types", "typed")


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.executescript(sql.SCHEMA + sql.STEMMER)
        yield opened


def counts(db: sqlite3.Connection) -> list[int]:
    return [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]  # noqa: S608  # of ours


def found(db: sqlite3.Connection, word: str) -> int:
    return len(Sight.of(db, None).places(db, word)[0])


def test_what_is_added_is_removed_without_a_rest(db: sqlite3.Connection) -> None:
    add(db, INFO, [PASSAGE], VECTORS)
    assert counts(db) == [1, 1, 1, 2, 1, 2, 1, 1]
    assert (found(db, "hurt"), found(db, "uric")) == (1, 1)
    assert remove(db, "D:1")
    assert counts(db) == [0] * 8
    assert (found(db, "hurt"), found(db, "uric")) == (0, 0)
    assert not remove(db, "D:1")
    assert db.execute(sql.SEQUENCE).fetchone()[0] == 2


def test_every_column_holds_its_own(db: sqlite3.Connection) -> None:
    add(db, INFO, [PASSAGE], VECTORS)
    (document,) = db.execute(sql.DOCUMENT_COLUMNS).fetchall()
    assert document == ("D:1", "Gout", 1999, "en", "", "", "", "", '["uric acid"]', 0, '["a", "b"]', '["Letter"]')
    (passage,) = db.execute(sql.PASSAGE_COLUMNS).fetchall()
    assert passage == (PASSAGE.id, "D:1", 0, "abstract", 0, len(TEXT), TEXT, '["E:1", "E:2"]')


def test_two_passages_of_one_id_are_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="one id or one ordinal"):
        add(db, INFO, [PASSAGE, PASSAGE], np.ones((2, 4), np.float32))


def test_an_item_must_fit_together() -> None:
    check(INFO, [PASSAGE], VECTORS)
    for passages, vectors in (([PASSAGE], VECTORS[:0]), ([PASSAGE], VECTORS * np.nan)):
        with pytest.raises(ValueError, match="D:1"):
            check(INFO, passages, vectors)
    with pytest.raises(ValueError, match="another document"):
        check(DocumentInfo("D:2"), [PASSAGE], VECTORS)


def test_vectors_of_two_encoders_do_not_mix(db: sqlite3.Connection) -> None:
    settle_encoder(db, "e/1", {4})
    settle_encoder(db, "e/2", {8})
    assert (meta(db, "encoder"), meta(db, "dimension")) == ("e/2", "8")
    add(db, INFO, [PASSAGE], VECTORS)
    settle_encoder(db, "e/3", set())
    with pytest.raises(EncoderMismatch):
        settle_encoder(db, "e/3", {8})


def test_words_are_folded_anew_when_the_rules_have_changed(db: sqlite3.Connection) -> None:
    add(db, INFO, [PASSAGE], VECTORS)
    clear(db)
    db.execute(sql.META_SET, ("fold", "older"))
    assert found(db, "hurt") == 0
    refold(db)
    assert found(db, "hurt") == 1
