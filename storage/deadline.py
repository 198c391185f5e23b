"""How long work may go on: until the time of whoever it is done for is over, or he has gone.

A door says it once, for its context; whatever reads or counts for long asks there, and ends by raising.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from threading import Lock

LOOK_SECONDS = 0.25
"""How often somebody who waits looks whether he still has to."""


class Ended(Exception):
    """The work ended before its end: it changed nothing, for only what reads has a deadline."""


class TimeOver(Ended):
    """It took longer than it may."""


class Gone(Ended):
    """Nobody waits for it any more."""


class Deadline:
    """Until when one request is worked on. One thread works, any other may say that the client has gone."""

    def __init__(self, seconds: float = 0) -> None:
        """`seconds` from now; 0 is without end."""
        self._seconds = seconds
        self._gone = False
        self.begin()

    def begin(self) -> None:
        """Let the time begin now: a body that comes slowly takes none of it."""
        self._ends = time.monotonic() + self._seconds if self._seconds else None

    def leave(self) -> None:
        """Nobody waits any more."""
        self._gone = True

    @property
    def over(self) -> bool:
        """Whether the work is to end."""
        return self._gone or (self._ends is not None and time.monotonic() > self._ends)

    def left(self) -> float | None:
        """The seconds that are left, never 0, which to others is without end; None is without end here."""
        return None if self._ends is None else max(self._ends - time.monotonic(), 0.001)

    def check(self) -> None:
        """Raise TimeOver or Gone where the work is to end."""
        if self.over:
            raise Gone("nobody waits for it") if self._gone else TimeOver(f"it took longer than {self._seconds:g} s")


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def current() -> Deadline | None:
    """The deadline of what is running, where a door has set one."""
    return _current.get()


def check() -> None:
    """Raise TimeOver or Gone where what is running is to end."""
    if deadline := _current.get():
        deadline.check()


def left() -> float | None:
    """The seconds that are left to what is running; None is without end."""
    deadline = _current.get()
    return None if deadline is None else deadline.left()


@contextmanager
def working_until(deadline: Deadline | None) -> Iterator[None]:
    """Have what runs inside end by `deadline`; None is without end."""
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)


def for_all() -> AbstractContextManager[None]:
    """Have what runs inside go on to its end: it is made for all. Broken off, it would be begun anew by the next, and
    what takes longer than any deadline would never be there."""
    return working_until(None)


def take(lock: Lock) -> None:
    """Acquire a lock, or raise TimeOver or Gone while it is waited for."""
    while not lock.acquire(timeout=LOOK_SECONDS):
        check()


@contextmanager
def turn(lock: Lock) -> Iterator[None]:
    """Hold a lock under which something is made for all; who waits for it does so as long as he may."""
    take(lock)
    try:
        with for_all():
            yield
    finally:
        lock.release()
