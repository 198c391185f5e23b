"""One writer at a time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from api.errors import Busy, HomeUnavailable
from api.lock import alone


def test_one_at_a_time_and_whoever_waits_is_told_once(tmp_path: Path) -> None:
    path, told, order = tmp_path / "lock", list[str](), list[str]()
    waits = threading.Event()

    def waiting() -> None:
        told.append("waiting")
        waits.set()

    def second() -> None:
        with alone(path, waiting=waiting):
            order.append("second")

    thread = threading.Thread(target=second)
    with alone(path, waiting=lambda: told.append("never")):
        thread.start()
        assert waits.wait(10)
        order.append("first")
    thread.join()
    assert (order, told) == (["first", "second"], ["waiting"])


def test_who_may_not_wait_is_told_to_come_back(tmp_path: Path) -> None:
    with alone(tmp_path / "lock"):
        with pytest.raises(Busy), alone(tmp_path / "lock", seconds=0):
            pytest.fail("two are alone")
        with pytest.raises(Busy), alone(tmp_path / "lock", stopped=lambda: True):
            pytest.fail("two are alone")
    with alone(tmp_path / "lock", seconds=0):
        pass


def test_a_home_that_is_no_folder_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(HomeUnavailable, match=r"ingest\.lock"), alone(tmp_path / "home" / "ingest.lock"):
        pass
