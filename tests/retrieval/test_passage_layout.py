"""A file of an earlier layout is raised to the one of now, and is then like one that was made so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.model import Filter, passage_key
from retrieval.passages import PassageStore

APPLICATION = 0x6D677061
LAYOUT_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sets (set_key INTEGER PRIMARY KEY, labels TEXT NOT NULL UNIQUE);
CREATE TABLE grants (label TEXT NOT NULL, set_key INTEGER NOT NULL, PRIMARY KEY (label, set_key)) WITHOUT ROWID;
CREATE TABLE documents (
    doc INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, year INTEGER, language TEXT NOT NULL,
    source TEXT NOT NULL, licence TEXT NOT NULL, url TEXT NOT NULL, hash TEXT NOT NULL, keywords TEXT NOT NULL,
    retracted INTEGER NOT NULL, set_key INTEGER NOT NULL);
CREATE INDEX documents_by_set ON documents (set_key);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, id TEXT NOT NULL, doc INTEGER NOT NULL,
    ordinal INTEGER NOT NULL, section TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    text TEXT NOT NULL, entities TEXT NOT NULL);
CREATE UNIQUE INDEX passages_in_order ON passages (doc, ordinal);
CREATE TABLE vectors (row INTEGER PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE mentions (entity TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (entity, row)) WITHOUT ROWID;
CREATE TABLE changes (sequence INTEGER PRIMARY KEY AUTOINCREMENT, key INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    heading, body, content='', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""


def test_layout_1_is_raised(tmp_path: Path, make: Callable[..., Any]) -> None:
    item = info, (passage,), vectors = make("A:1", "gout", title="Pain", year=2001, source="pubmed")
    path = tmp_path / "old.sqlite"
    db = sqlite3.connect(path)
    db.executescript(f"{LAYOUT_1}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 1;")
    key = passage_key(passage.id)
    for statement, values in [
        ("INSERT INTO sets VALUES (1, ?)", ('["public"]',)),
        ("INSERT INTO grants VALUES ('public', 1)", ()),
        ("INSERT INTO documents VALUES (1, 'A:1', 'Pain', 2001, 'en', 'pubmed', '', '', '', '[]', 0, 1)", ()),
        ("INSERT INTO passages VALUES (1, ?, ?, 1, 0, 'abstract', 0, 4, 'gout', '[]')", (key, passage.id)),
        ("INSERT INTO vectors VALUES (1, ?)", (vectors[0].astype(np.float16).tobytes(),)),
        ("INSERT INTO words (rowid, heading, body) VALUES (1, 'Pain', 'gout')", ()),
        ("INSERT INTO changes (key) VALUES (?)", (key,)),
        ("INSERT INTO meta VALUES ('identity', 'x'), ('encoder', 'e/1'), ('dimension', '384')", ()),
    ]:
        db.execute(statement, values)
    db.commit()
    db.close()
    old, new = PassageStore(path), PassageStore(tmp_path / "new.sqlite")
    new.replace([item], encoder="e/1")
    assert old.document("A:1", access=None) == info
    assert [id for id, _ in old.lexical("gout", Filter(access=None), 5)] == [passage.id]
    assert old.encoder() == ("e/1", 384)
    assert old.fingerprint() == new.fingerprint()
    typed = make("A:1", "gout", publication_types=("letter",))
    old.replace([typed], encoder="e/1")
    assert old.choices(access=None).study_types == (("letter", 1),)
    old.close()
    new.close()
    again = PassageStore(path)
    assert again.document("A:1", access=None) == typed[0]
    again.close()
