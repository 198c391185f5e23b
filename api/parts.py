"""A part of the process: opened when it is first asked for, asked how it is, closed at the end.

What the parts are, `wiring` says.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Generic, TypeVar

from storage import deadline

T = TypeVar("T")


class Opened:
    """What is open, in the order in which it was opened: what a part needs comes before that part."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stack = ExitStack()

    def append(self, closing: Callable[[], None]) -> None:
        """Have `closing` called before all that was appended earlier."""
        with self._lock:
            self._stack.callback(closing)

    def close(self) -> None:
        """Close what is open, the last first, each even where another fails. Closing twice is harmless."""
        with self._lock:
            stack = self._stack.pop_all()
        stack.close()


class Part(Generic[T]):
    """One thing of the process, had by calling it. Safe to call from several threads: one opens, the others wait.

    A part that could not be opened is tried again with the next call, so a server that started before its Neo4j finds
    it later. What `opening` calls in turn are other parts, never its own.
    """

    def __init__(
        self,
        opened: Opened,
        opening: Callable[[], T],
        *,
        ping: Callable[[T], str] = lambda thing: "opened",
        close: Callable[[T], None] = lambda thing: None,
    ) -> None:
        self._opened, self._opening = opened, opening
        self._ping, self._close = ping, close
        self._lock = threading.Lock()
        self._things: list[T] = []

    def __call__(self) -> T:
        """The thing, opened if it is not. Raises what opening it raises."""
        with deadline.turn(self._lock):
            if not self._things:
                self._things.append(self._opening())
                self._opened.append(self._closed)
            return self._things[0]

    def is_open(self) -> bool:
        """Whether it is open now; nothing is opened, and nobody waited for."""
        return bool(self._things)

    def ping(self) -> str:
        """A short description of the thing as it is now. Raises what opening or asking it raises."""
        return self._ping(self())

    def _closed(self) -> None:
        with self._lock:
            while self._things:
                self._close(self._things.pop())


class Current(Generic[T]):
    """What is made of something that changes, had by calling it: made anew when `version` says that it has changed."""

    def __init__(self, opened: Opened, version: Callable[[], str], making: Callable[[], T]) -> None:
        self._opened, self._version, self._making = opened, version, making
        self._lock = threading.Lock()
        self._made: list[tuple[str, T]] = []

    def __call__(self) -> T:
        """The thing of now. Raises what asking for the version and making it raise; then the former one is kept."""
        with deadline.turn(self._lock):
            version = self._version()
            if not self._made or self._made[0][0] != version:
                made = (version, self._making())
                if not self._made:
                    self._opened.append(self._forgotten)
                self._made[:] = [made]
            return self._made[0][1]

    def _forgotten(self) -> None:
        with self._lock:
            self._made.clear()


class Warming:
    """Opens parts in a thread of its own, one after the other, so that the first question need not.

    `steps` are what is to be opened by its name. `failed` is told the name and the error of one that cannot be; the
    others are opened all the same. `afterwards` is called when all are through, but not where `stop` came before.
    """

    def __init__(
        self,
        steps: Mapping[str, Callable[[], object]],
        failed: Callable[[str, Exception], None],
        afterwards: Callable[[], None] = lambda: None,
    ) -> None:
        self._steps, self._failed, self._afterwards = dict(steps), failed, afterwards
        self._left = list(self._steps)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="warming", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def left(self) -> tuple[str, ...]:
        """The names of those that are not through yet."""
        return tuple(self._left)

    def stop(self) -> None:
        """Return when what is being opened is open; what comes after it stays shut."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        for name, step in self._steps.items():
            if self._stopping.is_set():
                return
            try:
                step()
            except Exception as error:  # noqa: BLE001  # what one part lacks is no reason to leave the others shut
                self._failed(name, error)
            self._left.remove(name)
        self._afterwards()
