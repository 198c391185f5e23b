"""The table of jobs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from api.errors import NotFound
from api.jobs.table import JobTable
from ingest.jobs.writing import Writer
from ingest.model import Failure, Tally

FORMER = """
CREATE TABLE job (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    state    TEXT NOT NULL,
    created  TEXT NOT NULL,
    started  TEXT,
    finished TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    files    TEXT NOT NULL,
    format   TEXT,
    access   TEXT NOT NULL,
    writer   TEXT NOT NULL,
    tally    TEXT NOT NULL DEFAULT '{}',
    problem  TEXT
)
"""


@pytest.fixture
def table(tmp_path: Path) -> Iterator[JobTable]:
    opened = JobTable(tmp_path / "jobs.sqlite")
    yield opened
    opened.close()


def add(table: JobTable, id: str) -> None:
    table.add(id, ["a.txt", "b.txt"], format="text", access=frozenset({"ward:7"}), writer=None)


def test_a_job_is_what_was_put_down_of_it(table: JobTable) -> None:
    add(table, "one")
    job = table.get("one")
    assert (job.state, job.files, job.format) == ("queued", ("a.txt", "b.txt"), "text")
    assert (job.access, job.writer) == (frozenset({"ward:7"}), None)
    assert (job.started, job.finished, job.attempts, job.tally, job.problem) == (None, None, 0, Tally(), None)
    table.begin(job)
    tally = Tally(read=3, added=2, failures=1, failed=(Failure("a.txt", "line 2", "no JSON"),))
    table.count("one", tally)
    table.finish("one", "failed", "urn:x")
    job = table.get("one")
    assert (job.state, job.attempts, job.tally, job.problem) == ("failed", 1, tally, "urn:x")
    assert job.started
    assert job.finished


def test_jobs_come_in_their_order_until_they_have_ended(table: JobTable) -> None:
    for id in ("one", "two", "three"):
        add(table, id)
    table.wait("one")
    assert table.unfinished() == ["one", "two", "three"]
    first = table.next()
    assert first is not None
    assert (first.id, first.state) == ("one", "waiting")
    table.finish("one", "done", None)
    table.put_back("two", "urn:busy")
    assert table.unfinished() == ["two", "three"]
    assert table.get("two").problem == "urn:busy"
    table.finish("two", "done", None)
    table.finish("three", "failed", None)
    assert table.next() is None


def test_what_was_running_is_queued_again_and_has_died(table: JobTable) -> None:
    for id in ("one", "two", "three"):
        add(table, id)
    table.finish("two", "done", None)
    table.wait("three")
    for deaths in (1, 2, 3):
        assert table.get("one").state == "queued"
        table.begin(table.get("one"))
        table.take_up(3, "urn:died")
        assert table.get("one").deaths == deaths
    one = table.get("one")
    assert (one.state, one.attempts, one.problem) == ("failed", 3, "urn:died")
    assert (table.get("two").state, table.get("three").state, table.get("three").deaths) == ("done", "queued", 0)
    assert [table.died("three") for _ in range(2)] == [1, 2]


def test_owners_take_turns_and_what_died_comes_last(table: JobTable) -> None:
    for id, owner in (("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c")):
        table.add(id, ["x"], format=None, access=None, writer=Writer(owner, frozenset()), bytes=5)
    table.died("a1")
    assert table.waiting("a") == (3, 15)
    assert table.others_wait("c")
    served: list[str] = []
    order = []
    while (job := table.next(served)) is not None:
        order.append(job.id)
        table.finish(job.id, "done", None)
        served = [*(other for other in served if other != job.id[0]), job.id[0]]
    assert order == ["a2", "b1", "c1", "a3", "a1"]
    assert not table.others_wait("c")
    assert table.waiting("a") == (0, 0)
    assert table.by_state() == {"done": 5}


def test_what_was_cancelled_stays_so_and_is_then_forgotten(table: JobTable) -> None:
    add(table, "one")
    table.begin(table.get("one"))
    assert table.cancel("one") == "running"
    table.count("one", Tally(read=2, added=2))
    table.finish("one", "done", None)
    table.put_back("one")
    assert (table.get("one").state, table.get("one").tally.added) == ("cancelled", 2)
    assert table.next() is None
    assert table.cancel("one") == "cancelled"
    for again in (table.cancel, table.get):
        with pytest.raises(NotFound):
            again("one")


def test_names_are_forgotten_with_their_job(table: JobTable, tmp_path: Path) -> None:
    for id in ("one", "two"):
        table.add(id, [f"Jane Roe {id}.txt"], format=None, access=None, writer=None)
    table.finish("one", "done", None)
    assert table.forget(1) == 0
    assert table.forget(0) == 1
    table.cancel("two")
    table.cancel("two")
    assert table.every() == []
    table.close()
    assert b"Jane Roe" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_documents_and_labels_are_those_of_all_attempts(table: JobTable) -> None:
    add(table, "one")
    table.count("one", Tally(added=2, documents=("A", "B"), labels=("patient:1",)))
    table.count("one", Tally(unchanged=2, added=1, documents=("B", "C")))
    tally = table.get("one").tally
    assert (tally.documents, tally.labels, tally.unchanged) == (("A", "B", "C"), ("patient:1",), 2)
    table.count("one", Tally(documents=tuple(map(str, range(2000)))))
    assert len(table.get("one").tally.documents) == 1000


def test_a_table_of_the_former_layout(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "jobs.sqlite")) as db:
        db.execute(FORMER)
        db.executemany(
            "INSERT INTO job (id, state, created, files, access, writer) VALUES (?, 'queued', '2026', '[]', 'null', ?)",
            [("old", '["public"]'), ("new", '{"owner": "a", "labels": [], "admin": true}')],
        )
        db.commit()
    table = JobTable(tmp_path / "jobs.sqlite")
    assert (table.get("old").writer, table.get("new").writer) == (
        Writer("", frozenset({"public"})), Writer("a", frozenset(), admin=True),
    )  # fmt: skip
    table.close()
    with closing(sqlite3.connect(tmp_path / "jobs.sqlite")) as db:
        assert db.execute("SELECT id, owner FROM job ORDER BY id").fetchall() == [("new", "a"), ("old", "")]


def test_an_unknown_job(table: JobTable) -> None:
    with pytest.raises(NotFound):
        table.get("none")
