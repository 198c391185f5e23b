"""Parts: opened once, tried again, asked, closed in the reverse order."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from api.parts import Current, Opened, Part, Warming


def test_a_part_is_opened_when_it_is_first_called_and_once_whoever_asks() -> None:
    count = 0
    ready = threading.Barrier(8)

    def opening() -> int:
        nonlocal count
        count += 1
        return count

    part = Part(Opened(), opening)
    assert count == 0
    things: list[int] = []

    def ask() -> None:
        ready.wait()
        things.append(part())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert things == [1] * 8


def test_parts_are_closed_in_the_reverse_order_of_their_opening() -> None:
    opened, closed = Opened(), list[str]()
    store = Part(opened, lambda: "store", close=closed.append)
    search = Part(opened, lambda: f"search of {store()}", close=closed.append)
    never = Part(opened, lambda: "never", close=closed.append)
    other = Part(opened, lambda: "other", close=closed.append)
    assert (search(), other()) == ("search of store", "other")
    opened.close()
    opened.close()
    assert closed == ["other", "search of store", "store"]
    assert never() == "never"


def test_a_part_that_fails_to_close_keeps_no_other_open() -> None:
    opened, closed = Opened(), list[str]()

    def failing(thing: str) -> None:
        raise OSError(thing)

    for part in (
        Part(opened, lambda: "first", close=closed.append),
        Part(opened, lambda: "second", close=failing),
        Part(opened, lambda: "third", close=closed.append),
    ):
        part()
    with pytest.raises(OSError, match="second"):
        opened.close()
    assert closed == ["third", "first"]


def test_a_part_that_could_not_be_opened_is_tried_again_and_closed_once() -> None:
    opened, closed, ways = Opened(), list[str](), iter((OSError("not yet"), "there"))

    def opening() -> str:
        way: OSError | str = next(ways)
        if isinstance(way, OSError):
            raise way
        return way

    part = Part(opened, opening, ping=lambda thing: f"{thing} it is", close=closed.append)
    with pytest.raises(OSError, match="not yet"):
        part.ping()
    opened.close()
    assert closed == []
    assert part.ping() == "there it is"
    opened.close()
    assert closed == ["there"]


def test_one_part_is_had_while_another_is_being_opened() -> None:
    opened, going, let_go = Opened(), threading.Event(), threading.Event()

    def slow() -> str:
        going.set()
        assert let_go.wait(10)
        return "slow"

    waiting = Part(opened, slow)
    thread = threading.Thread(target=waiting)
    thread.start()
    assert going.wait(10)
    assert Part(opened, lambda: "quick")() == "quick"
    let_go.set()
    thread.join()
    assert waiting() == "slow"


def test_what_is_made_of_something_is_made_anew_when_that_has_changed() -> None:
    opened = Opened()
    version, made = ["1"], list[str]()

    def making() -> str:
        if version[0] == "broken":
            raise OSError("broken")
        made.append(version[0])
        return f"of {version[0]}"

    current = Current(opened, lambda: version[0], making)
    assert [current(), current()] == ["of 1", "of 1"]
    version[0] = "broken"
    with suppress(OSError):
        current()
    version[0] = "1"
    assert current() == "of 1"
    assert made == ["1"]
    version[0] = "2"
    assert current() == "of 2"
    opened.close()
    assert current() == "of 2"
    assert made == ["1", "2", "2"]


def test_what_is_warmed_is_told_until_it_is_through_and_one_that_fails_stops_no_other() -> None:
    going, let_go, over = threading.Event(), threading.Event(), threading.Event()
    done, failed = list[str](), list[str]()

    def slow() -> None:
        going.set()
        assert let_go.wait(60)

    def broken() -> None:
        raise OSError("not there")

    steps = {"slow": slow, "broken": broken, "last": lambda: done.append("last")}
    warming = Warming(steps, lambda name, error: failed.append(f"{name}: {error}"), over.set)
    assert warming.left() == ("slow", "broken", "last")
    warming.start()
    assert going.wait(60)
    assert warming.left() == ("slow", "broken", "last")
    assert not over.is_set()
    let_go.set()
    assert over.wait(60)
    assert (warming.left(), done, failed) == ((), ["last"], ["broken: not there"])
    warming.stop()


def test_warming_that_is_stopped_ends_with_what_it_is_at() -> None:
    going, let_go = threading.Event(), threading.Event()
    done = list[str]()

    def slow() -> None:
        going.set()
        assert let_go.wait(60)
        done.append("slow")

    steps = {"slow": slow, "never": lambda: done.append("never")}
    warming = Warming(steps, lambda name, error: None, lambda: done.append("afterwards"))
    warming.start()
    assert going.wait(60)
    threading.Timer(0.05, let_go.set).start()
    warming.stop()
    assert (done, warming.left()) == (["slow"], ("never",))
