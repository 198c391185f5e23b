"""Work that ends when its time is over or nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

import pytest

from storage.deadline import Deadline, Ended, Gone, TimeOver, check, current, for_all, left, turn, working_until
from storage.sqlite import Errors, SqliteFile

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000000) SELECT count(*) FROM n"
ERRORS = Errors(full=OSError, unavailable=RuntimeError, corrupt=ValueError)


def over() -> Deadline:
    return Deadline(1e-9)


def gone() -> Deadline:
    deadline = Deadline()
    deadline.leave()
    return deadline


@pytest.mark.parametrize(("made", "raised"), [(over, TimeOver), (gone, Gone)])
def test_what_is_over_ends_whatever_runs(made: Callable[[], Deadline], raised: type[Ended], tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "x.sqlite", ERRORS)
    with working_until(made()):
        with pytest.raises(raised):
            check()
        with pytest.raises(raised), file.reading():
            pytest.fail("nothing is read any more")
        with for_all():
            check()
        lock = Lock()
        with turn(lock):
            check()
        with lock, pytest.raises(raised), turn(lock):
            pytest.fail("nobody waits for it")
        assert not lock.locked()
    check()
    assert (current(), left()) == (None, None)


def test_a_statement_that_runs_is_broken_off(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "x.sqlite", ERRORS)
    with working_until(Deadline(0.05)), pytest.raises(TimeOver), file.reading() as db:
        db.execute(ENDLESS).fetchone()
    with file.reading() as db:  # the same connection, for whoever comes next
        assert db.execute("SELECT 1").fetchone() == (1,)
    with working_until(Deadline()), file.reading() as db:
        assert db.execute("SELECT 1").fetchone() == (1,)


def test_a_time_begins_anew_and_has_no_end_without_seconds() -> None:
    deadline = over()
    assert deadline.over
    assert Deadline().left() is None
    assert not Deadline().over
    long = Deadline(600)
    long.begin()
    assert 0 < (long.left() or 0) <= 600
