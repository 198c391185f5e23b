from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from retrieval.model import DocumentInfo, Filter, Passage, passage_id
from retrieval.passage_words import COMMON, FEW
from retrieval.passages import PassageStore

ALL = Filter(access=None)


def write(store: PassageStore, *texts: str) -> None:
    rows = []
    for number, text in enumerate(texts):
        passage = Passage(passage_id(f"D:{number}", 0, len(text), text), f"D:{number}", 0, "", 0, len(text), text)
        rows.append((DocumentInfo(f"D:{number}"), [passage], np.ones((1, 4), np.float32)))
    store.replace(rows, encoder="e")


def test_a_common_word_is_looked_for_only_where_none_is_rarer(store: PassageStore) -> None:
    everything = 4 * FEW
    many = round(everything * max(COMMON, FEW / everything)) + 1
    write(store, *["patients with fever"] * many, *["fever"] * (everything - many), "patients with gout")
    assert len(store.lexical("patients", ALL, everything)) == many + 1
    assert len(store.lexical("patients gout", ALL, everything)) == 1


def test_a_word_of_few_passages_is_looked_for_though_most_have_it(store: PassageStore) -> None:
    write(store, *["patients with fever"] * 5, "patients with gout")
    assert len(store.lexical("patients gout", ALL, 20)) == 6


def test_frequencies_are_counted_anew_after_a_change(store: PassageStore) -> None:
    many = FEW + 1
    write(store, *["patients with fever"] * many, "patients with gout")
    assert len(store.lexical("fever gout", ALL, 20)) == 1
    write(store, *["patients with gout"] * many, "one fever")
    assert len(store.lexical("fever gout", ALL, 20)) == 1
    assert store.lexical("unheard", ALL, 20) == []


def test_a_passage_counts_what_sqlite_itself_has_it_count(store: PassageStore, tmp_path: Path) -> None:
    texts = ["gout and a fever", "fever fever cough", "aspirins for gout", "a cough of years", "nausea", "头痛"]
    write(store, *texts)
    found = dict(store.lexical("gout fever aspirin 头痛", ALL, 20))
    with closing(sqlite3.connect(tmp_path / "passages.sqlite")) as db:
        asked = """SELECT p.id, -words.rank FROM words JOIN passages p ON p.row = words.rowid
            WHERE words MATCH 'gout OR fever OR aspirin OR 头痛' AND words.rank MATCH 'bm25(2.0, 1.0)'"""
        counted = dict(db.execute(asked))
    assert len(counted) == 4
    assert found == pytest.approx(counted)


def test_what_a_filter_leaves_is_found_behind_all_that_it_does_not(store: PassageStore) -> None:
    write(store, *["gout"] * 30, "gout and much else that makes it long")
    only = Filter(access=None, documents=frozenset({"D:30", "D:7"}))
    passages = store.passages([id for id, _ in store.lexical("gout", only, 2)], access=None)
    assert [passage.document for passage in passages.values()] == ["D:7", "D:30"]
