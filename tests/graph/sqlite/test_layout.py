"""Files of former layouts are brought to this one when they are opened; opening waits for no writer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from graph.model import Assertion, Contribution, Entity, Name, Source
from graph.schema import PREDICATES
from graph.sqlite.layout import LAYOUT
from graph.sqlite.store import SqliteStore

LEXICON = Source("hospital:names", "curated")
NOTE = Source("NOTE", "document")
PAPER = Source("PMID:1", "document")
OF_LEXICON = Entity("HP:1", "Phenotype", "Fever", (Name("Pyrexia"),), access=frozenset({"staff", "public"}))
OF_PAPER = Entity("HP:1", "Disease", "hot feeling")
OF_NOTE = Entity("HP:1", "Concept", "fever of the note", definition="Of the note.")
OTHER = Entity("HP:2", "Phenotype", "Cough")


def written(path: Path) -> SqliteStore:
    store = SqliteStore(path)
    store.load(Source("ZZ", "curated"), [Entity("HP:1", "Drug", "Febrile"), OTHER])
    store.load(LEXICON, [OF_LEXICON])
    store.replace([Contribution(PAPER, (OF_PAPER, OTHER)), Contribution(NOTE, (OF_NOTE,))])
    return store


def reads(store: SqliteStore) -> list[object]:
    every = list[object]()
    for reader in (None, frozenset({"public"}), frozenset({"staff"})):
        every += [store.entities(["HP:1", "HP:2"], access=reader), store.find_entities("fever", access=reader)]
    return [*every, store.fingerprint(), store.stats(), list(store.names()), store.names_version()]


TO_LAYOUT_2 = """
    DROP INDEX entity_canonical; DROP INDEX entity_resting; DROP INDEX mapping_other; DROP INDEX mapping_canonical;
    DROP INDEX mapping_refused; DROP INDEX canonical_id_canonical;
    ALTER TABLE entity DROP COLUMN canonical;
    ALTER TABLE mapping DROP COLUMN confidence; ALTER TABLE mapping DROP COLUMN justification;
    ALTER TABLE mapping DROP COLUMN refused;
    PRAGMA user_version = 2;
"""


def to_layout_1(path: Path) -> None:
    """Place declarations and derive types as layout 1 did; its names' version is that of the types it derived."""
    db = sqlite3.connect(path)
    db.executescript(TO_LAYOUT_2)
    db.executescript(
        """
        UPDATE declaration SET place = instr(source, ':') > 0;
        UPDATE entity SET type = (SELECT d.type FROM declaration d WHERE d.entity = entity.key
            ORDER BY d.place, d.source, d.declared LIMIT 1);
        UPDATE meta SET value = '1' WHERE key = 'version';
        INSERT OR REPLACE INTO meta
            SELECT 'names_version', (SELECT value FROM meta WHERE key = 'names') || ' of layout 1';
        PRAGMA user_version = 1;
        """
    )
    types = dict(db.execute("SELECT id, type FROM entity"))
    db.close()
    assert types == {"HP:1": "Concept", "HP:2": "Phenotype"}  # the note came first


def test_a_file_of_layout_1_becomes_what_is_written_now(tmp_path: Path) -> None:
    fresh = written(tmp_path / "fresh.db")
    written(tmp_path / "old.db").close()
    to_layout_1(tmp_path / "old.db")
    old = SqliteStore(tmp_path / "old.db")
    assert reads(old) == reads(fresh)
    assert (old.entity("HP:1", access=None).name, old.entity("HP:1", access=None).type) == ("Febrile", "Drug")
    old.delete(["ZZ"])
    assert old.entity("HP:1", access=None).name == "Fever"
    assert len({old.version(), fresh.version(), "1"}) == 3
    old.close()
    fresh.close()
    again = SqliteStore(tmp_path / "old.db")
    assert f"layout {LAYOUT.version}" in again.ping()
    again.close()


def test_a_file_of_layout_2_becomes_what_is_written_now(tmp_path: Path) -> None:
    """There the ids were canonical when written, and what a source tells apart could be joined."""
    links, mondo, papers = (Source(id, "curated") for id in ("links", "MONDO", "papers"))
    one, two = Entity("MONDO:1", "Disease", "infarct"), Entity("MONDO:2", "Disease", "angina")
    twin = Entity("MESH:1", "Disease", "heart attack")
    said = [
        Assertion.new(subject, predicate, "MONDO:2", source="papers", sentence="s")
        for subject in ("MONDO:1", "MONDO:2")
        for predicate in ("resembles", "causes")
    ]

    def written(name: str, merged: bool) -> SqliteStore:
        store = SqliteStore(tmp_path / name)
        store.load(mondo, [one, two])
        if not merged:
            store.add_mappings([("MONDO:2", "MONDO:1")], links)
        store.add_mappings([("MESH:1", "MONDO:1"), ("UMLS:1", "MESH:1")], links)
        store.add_mappings([("MESH:1", "MONDO:1")], Source("more links", "curated"))
        store.load(papers, [twin], said)
        return store

    fresh = written("fresh.db", merged=False)
    written("old.db", merged=True).close()
    db = sqlite3.connect(tmp_path / "old.db")
    db.executescript(TO_LAYOUT_2)
    # What layout 2 made of the mapping of two ids of one source, had it come first.
    db.executescript(
        """
        INSERT INTO mapping VALUES ('links', 'MONDO:2', 'MONDO:1');
        INSERT INTO canonical_id VALUES ('MONDO:2', 'MONDO:1');
        UPDATE declaration SET entity = (SELECT key FROM entity WHERE id = 'MONDO:1') WHERE declared = 'MONDO:2';
        """
    )
    db.close()
    old = SqliteStore(tmp_path / "old.db")
    assert old.refused() == fresh.refused()
    assert len(old.refused()) == 1
    assert old.entity("MONDO:2", access=None) == two
    assert dict(old.mappings()) == dict(fresh.mappings()) == {"MESH:1": "MONDO:1", "UMLS:1": "MONDO:1"}
    assert reads(old) == reads(fresh)
    for store in (old, fresh):
        store.delete(["links", "more links"])
    assert reads(old) == reads(fresh)
    assert len(old.entities(["MESH:1", "MONDO:1", "MONDO:2"], access=None)) == 3
    old.close()
    fresh.close()


def test_opening_does_not_wait_for_who_is_writing(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    written(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = SqliteStore(path, wait=0)
    assert store.entity("HP:2", access=None).name == "Cough"
    store.close()
    other.close()


def test_predicates_that_came_later_are_known_to_an_older_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    written(path).close()
    db = sqlite3.connect(path)
    with db:
        db.execute("DELETE FROM predicate WHERE name <> 'treats'")
    db.close()
    SqliteStore(path).close()
    db = sqlite3.connect(path)
    assert {name for (name,) in db.execute("SELECT name FROM predicate")} == PREDICATES.keys()
    db.close()


def test_the_file_has_large_pages_and_a_log(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    SqliteStore(path).close()
    db = sqlite3.connect(path)
    assert [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "journal_mode")] == [8192, "wal"]
    db.close()
