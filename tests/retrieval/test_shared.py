"""What several ask for at once is worked out once; what failed is tried again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from retrieval.shared import Shared


def test_what_all_ask_for_at_once_is_worked_out_once() -> None:
    asked = list[str]()
    going, let_go = threading.Event(), threading.Event()

    def slow(key: str) -> str:
        asked.append(key)
        going.set()
        assert let_go.wait(60)
        return key.upper()

    shared = Shared(slow, most=4)
    with ThreadPoolExecutor(8) as pool:
        first = [pool.submit(shared, "a") for _ in range(6)]
        assert going.wait(60)
        let_go.set()
        assert [one.result() for one in first] == ["A"] * 6
    assert shared("a") == "A"
    assert asked == ["a"]


def test_another_key_waits_for_nobody() -> None:
    going, let_go = threading.Event(), threading.Event()

    def slow(key: str) -> str:
        if key == "slow":
            going.set()
            assert let_go.wait(60)
        return key

    shared = Shared(slow, most=4)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(shared, "slow")
        assert going.wait(60)
        assert shared("quick") == "quick"
        let_go.set()
        assert waiting.result() == "slow"


def test_the_last_keys_are_kept() -> None:
    asked = list[int]()

    def told(key: int) -> int:
        asked.append(key)
        return key

    shared = Shared(told, most=2)
    assert [shared(key) for key in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert asked == [1, 2, 3, 2]


def test_a_failure_reaches_all_who_wait_and_is_tried_again() -> None:
    ways = iter((OSError("not yet"), "there"))

    def told(key: str) -> str:
        way = next(ways)
        if isinstance(way, OSError):
            raise way
        return way

    shared = Shared(told, most=2)
    with pytest.raises(OSError, match="not yet"):
        shared("a")
    assert shared("a") == "there"
