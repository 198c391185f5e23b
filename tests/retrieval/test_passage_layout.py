"""A file of an earlier layout is raised to the one of now, and is then like one that was made so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
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
LAYOUT_2 = f"""{LAYOUT_1}
ALTER TABLE documents ADD COLUMN publication_types TEXT NOT NULL DEFAULT '[]';
ALTER TABLE passages ADD COLUMN family INTEGER NOT NULL DEFAULT 0;
CREATE TABLE types (type INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE typed (type INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (type, doc)) WITHOUT ROWID;
CREATE TABLE next_vectors (row INTEGER PRIMARY KEY, vector BLOB NOT NULL);
CREATE INDEX passages_of_others ON passages (family, row) WHERE family > 0;
"""


def test_layout_2_is_raised_and_what_is_closed_counts_for_nobody_else(tmp_path: Path, make: Callable[..., Any]) -> None:
    items = [make("A:1", "gout and fever"), make("A:2", "gout", "fever", access=frozenset({"ward:7"}))]
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"{LAYOUT_2}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = 2;")
        row = 0
        for doc, (info, passages, vectors) in enumerate(items, 1):
            (label,) = info.access
            db.execute("INSERT INTO sets VALUES (?, ?)", (doc, f'["{label}"]'))
            db.execute("INSERT INTO grants VALUES (?, ?)", (label, doc))
            said = "INSERT INTO documents VALUES (?, ?, '', NULL, 'en', '', '', '', '', '[]', 0, ?, '[]')"
            db.execute(said, (doc, info.id, doc))
            for one, vector in zip(passages, vectors, strict=True):
                row += 1
                values = (row, passage_key(one.id), one.id, doc, one.ordinal, one.section, one.start, one.end, one.text)
                db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', 0)", values)
                db.execute("INSERT INTO vectors VALUES (?, ?)", (row, vector.astype(np.float16).tobytes()))
                db.execute("INSERT INTO words (rowid, heading, body) VALUES (?, '', ?)", (row, one.text))
        db.execute("INSERT INTO meta VALUES ('identity', 'x'), ('encoder', 'e/1'), ('dimension', '384')")
        db.commit()
    old, new, public = PassageStore(path), PassageStore(tmp_path / "new.sqlite"), PassageStore(tmp_path / "open.sqlite")
    new.replace(items, encoder="e/1")
    public.replace(items[:1], encoder="e/1")
    assert old.fingerprint() == new.fingerprint()
    for access in (None, frozenset({"public"}), frozenset({"ward:7"})):
        assert old.lexical("gout fever", Filter(access), 5) == new.lexical("gout fever", Filter(access), 5) != []
    everybody = Filter(frozenset({"public"}))
    assert old.lexical("gout fever", everybody, 5) == public.lexical("gout fever", everybody, 5)
    assert old.delete(["A:2"]) == 1
    assert old.fingerprint() == public.fingerprint()
    for store in (old, new, public):
        store.close()


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
