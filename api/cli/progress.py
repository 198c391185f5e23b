"""Progress on stderr for whatever takes over two seconds: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

QUIET_SECONDS = 2.0
LINE_SECONDS = 5.0


class Meter:
    """Shows nothing for two seconds, then what is being done and how far it came. Use as a context manager."""

    def __init__(self, what: str, *, total: int | None = None, quiet: bool = False) -> None:
        self._what, self._total = what, total
        self._count, self._note = 0, ""
        self._began = time.monotonic()
        self._counting = self._began
        self._last_line = 0.0
        self._shown = False
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._lock = threading.Lock()
        self._timer = None if quiet else threading.Timer(QUIET_SECONDS, self._show)

    def __enter__(self) -> Meter:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            self._timer = None
            if self._bar is not None:
                self._bar.stop()

    def phase(self, what: str) -> None:
        """What is being done now."""
        with self._lock:
            self._what, self._note, self._count = what, "", 0
            self._counting = time.monotonic()
            if self._shown:
                self._draw(line=True)

    def tick(self, count: int, note: str = "") -> None:
        """How far it came: `count` in all."""
        with self._lock:
            self._count, self._note = count, note
            if self._shown:
                self._draw(line=time.monotonic() - self._last_line >= LINE_SECONDS)

    def _show(self) -> None:
        with self._lock:
            if self._timer is None:  # it ended while the timer fired
                return
            self._shown = True
            if sys.stderr.isatty():
                from rich.console import Console
                from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

                self._bar = Progress(
                    TextColumn("{task.description}"),
                    BarColumn(bar_width=24),
                    TextColumn("{task.fields[said]}"),
                    TimeElapsedColumn(),
                    console=Console(stderr=True),
                    transient=True,
                )
                self._task = self._bar.add_task(self._what, total=self._total, said="")
                self._bar.start()
            self._draw(line=True)

    def _draw(self, line: bool) -> None:
        rate = self._count / max(time.monotonic() - self._counting, 0.001)
        counted = (
            f"{self._count:,}{f' of {self._total:,}' if self._total else ''} ({rate:,.0f}/s)" if self._count else ""
        )
        said = " · ".join(part for part in (counted, self._note) if part)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=self._what, completed=self._count, said=said)
        elif line:
            self._last_line = time.monotonic()
            click.echo(f"{self._what}{': ' + said if said else ' …'}", err=True)
