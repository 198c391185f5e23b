"""However much a job cannot read, its memory stays flat and all of it can be looked up."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from ingest.jobs.failures import KEPT, Failures
from ingest.model import Failure


def failed(number: int) -> Failure:
    return Failure("a\tb.tsv", f"line {number}", "no id\nhere")


def test_few_failures_are_kept_and_no_file_is_made(tmp_path: Path) -> None:
    failures = Failures(tmp_path / "new" / "load.tsv")
    for number in range(KEPT):
        failures.add(failed(number))
    assert failures.written() == ""
    assert (failures.count, failures.first[-1]) == (KEPT, failed(KEPT - 1))
    assert not (tmp_path / "new").exists()


def test_more_are_all_written_and_the_first_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "load.tsv"
    for run in (2, 1):
        failures = Failures(path)
        for number in range(run * 2 * KEPT + 5):
            failures.add(failed(number))
        assert failures.written() == str(path)
        assert len(failures.first) == KEPT
        head, *lines = path.read_text().splitlines()
        assert head == "file\trecord\treason"
        assert len(lines) == failures.count == run * 2 * KEPT + 5
        assert lines[-1] == f"a b.tsv\tline {failures.count - 1}\tno id here"


def test_where_no_file_can_be_made_they_are_counted_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("")
    for file in (None, tmp_path / "full" / "load.tsv"):
        failures = Failures(file)
        for number in range(3 * KEPT):
            failures.add(failed(number))
        assert (failures.count, len(failures.first), failures.written()) == (3 * KEPT, KEPT, "")


def test_memory_stays_flat(tmp_path: Path) -> None:
    failures = Failures(tmp_path / "load.tsv")
    tracemalloc.start()
    for number in range(20 * KEPT):
        if number == 5 * KEPT:
            before, _ = tracemalloc.get_traced_memory()
        failures.add(failed(number))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after < before + 500_000
