from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import LedgerCorrupt
from ingest.jobs.ledger import Done, Ledger


def test_remembers_across_openings(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.put(Done(f"PMID:{n}", f"h{n}", "v1") for n in range(1_200))
    ledger.put([Done("PMID:1", "other", "v2", 3)])
    ledger.close()
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert ledger.get([f"PMID:{n}" for n in range(1_300)])["PMID:1"] == Done("PMID:1", "other", "v2", 3)
    assert len(ledger) == 1_200
    ledger.remove(["PMID:1", "PMID:unknown"])
    assert ledger.get(["PMID:1"]) == {}
    ledger.clear()
    assert len(ledger) == 0
    ledger.close()


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("not a database, not at all " * 100)
    with pytest.raises(LedgerCorrupt, match=r"ledger\.sqlite"):
        Ledger(path)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("CREATE TABLE theirs (x)")
    foreign.close()
    with pytest.raises(LedgerCorrupt, match="another program"):
        Ledger(path)
    foreign = sqlite3.connect(path)
    assert foreign.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]
    foreign.close()


def test_a_failed_write_keeps_what_was_there(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.put([Done("PMID:1", "h", "v")])

    def breaking() -> Iterator[Done]:
        yield Done("PMID:2", "h", "v")
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        ledger.put(breaking())
    assert len(ledger) == 1
    ledger.close()


@pytest.mark.parametrize("header", [True, False])
def test_a_ledger_without_revisions_is_taken_on(tmp_path: Path, header: bool) -> None:
    path = tmp_path / "ledger.sqlite"
    older = sqlite3.connect(path, isolation_level=None)
    older.execute("CREATE TABLE done (document TEXT PRIMARY KEY, hash TEXT NOT NULL, pipeline TEXT NOT NULL)")
    older.execute("INSERT INTO done VALUES ('PMID:1', 'h', 'v')")
    if header:
        older.execute("PRAGMA application_id = 0x6D676C65")
        older.execute("PRAGMA user_version = 1")
    older.close()
    ledger = Ledger(path)
    assert ledger.get(["PMID:1"]) == {"PMID:1": Done("PMID:1", "h", "v", 0)}
    ledger.put([Done("PMID:1", "h", "v", 2)])
    assert ledger.get(["PMID:1"])["PMID:1"].revision == 2
    ledger.close()


def test_a_part_of_the_pipelines_is_renamed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.put(
        [Done("A:1", "h", "job/1+split/1+e/1"), Done("A:2", "h", "job/1+e/1+join/1"), Done("A:3", "h", "e/11+x")]
    )
    ledger.rename("e/1", "f/2")
    done = ledger.get(["A:1", "A:2", "A:3"])
    assert [done[id].pipeline for id in ("A:1", "A:2", "A:3")] == ["job/1+split/1+f/2", "job/1+f/2+join/1", "e/11+x"]
    ledger.close()


def test_whose_a_document_is_stands_before_it_is_done_and_until_it_is_gone(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.claim({"A:1": "ward", "A:2": ""})
    assert (ledger.owners(["A:1", "A:2"]), ledger.get(["A:1"]), len(ledger)) == ({"A:1": "ward"}, {}, 0)
    ledger.put([Done("A:1", "h", "v", 0, "ward"), Done("A:2", "h", "v")])
    assert ledger.get(["A:1"])["A:1"].owner == "ward"
    ledger.claim({"A:1": "", "A:2": "lab"})
    assert ledger.get(["A:1", "A:2"]) == {"A:1": Done("A:1", "h", "v"), "A:2": Done("A:2", "h", "v", 0, "lab")}
    ledger.forget(["A:2"])
    assert (ledger.get(["A:2"]), ledger.owners(["A:2"]), len(ledger)) == ({}, {"A:2": "lab"}, 1)
    ledger.remove(["A:2"])
    assert ledger.owners(["A:2"]) == {}
    ledger.bring("lab", {"patient:1", "patient:2"})
    assert ledger.brought("lab", {"patient:1", "patient:3"}) == {"patient:1"}
    assert ledger.brought("ward", {"patient:1"}) == frozenset()
    ledger.close()


def test_documents_of_before_there_were_owners_are_the_operators(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(path).close()
    older = sqlite3.connect(path, isolation_level=None)
    older.execute("DROP TABLE patient")
    older.execute("ALTER TABLE done DROP COLUMN owner")
    older.execute("INSERT INTO done VALUES ('PMID:1', 'h', 'v', 0)")
    older.execute("PRAGMA user_version = 3")
    older.close()
    ledger = Ledger(path)
    assert ledger.get(["PMID:1"]) == {"PMID:1": Done("PMID:1", "h", "v")}
    assert ledger.owners(["PMID:1"]) == {}
    ledger.bring("ward", ["patient:1"])
    ledger.close()
