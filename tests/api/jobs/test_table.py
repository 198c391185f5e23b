"""The table of jobs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.errors import NotFound
from api.jobs.table import JobTable
from ingest.model import Failure, Tally


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
    first = table.first()
    assert first is not None
    assert (first.id, first.state) == ("one", "waiting")
    table.finish("one", "done", None)
    table.put_back("two", "urn:busy")
    assert table.unfinished() == ["two", "three"]
    assert table.get("two").problem == "urn:busy"
    table.finish("two", "done", None)
    table.finish("three", "failed", None)
    assert table.first() is None


def test_what_was_running_is_queued_again_when_the_table_is_opened(tmp_path: Path) -> None:
    before = JobTable(tmp_path / "jobs.sqlite")
    for id in ("one", "two"):
        add(before, id)
    before.begin(before.get("one"))
    before.finish("two", "done", None)
    before.close()
    after = JobTable(tmp_path / "jobs.sqlite")
    assert (after.get("one").state, after.get("one").attempts, after.get("two").state) == ("queued", 1, "done")
    after.close()


def test_an_unknown_job(table: JobTable) -> None:
    with pytest.raises(NotFound):
        table.get("none")
