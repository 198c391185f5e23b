"""The process that does the jobs, as the server sees it: started, told what to do, heard, measured, killed."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO

import psutil

from api.settings import Settings

COMMAND = (sys.executable, "-m", "api.jobs.process")
_LEAVE = 2.0
"""Seconds that a process which is not needed any more has to end by itself."""

Message = Mapping[str, Any]


class Ended(Exception):
    """The process has ended; the message says how."""


class Child:
    """One process, from its start to its end. It is used by one thread.

    What is secret goes to it through its input, and nowhere else: neither its arguments nor its environment show it.
    It ends when that input does, so also where this process is killed.
    """

    def __init__(self, settings: Settings) -> None:
        """Raises OSError where no process can be started."""
        self._process = subprocess.Popen(  # noqa: S603  # the command is ours
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a program says when it breaks off may hold what it was given.
            stderr=subprocess.DEVNULL,
            env=settings.environment(),
            # An interrupt at the terminal is for this process, which then stops that one.
            start_new_session=True,
        )
        self._tree = psutil.Process(self._process.pid)
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        assert self._process.stdout is not None  # noqa: S101  # it is a pipe
        self._hearing = threading.Thread(
            target=_hear, args=(self._process.stdout, self._messages), name="hearing", daemon=True
        )
        self._hearing.start()
        self.send({"graph_password": settings.graph_password.get_secret_value()})

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, order: Message) -> None:
        """Tell the process something; where it has ended, that is told by `receive`."""
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe
        with suppress(OSError, ValueError):
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()

    def receive(self, seconds: float) -> Message | None:
        """What the process says next, or None where it says nothing for so long. Raises Ended."""
        try:
            message = self._messages.get(timeout=seconds)
        except queue.Empty:
            return None
        if message is None:
            code = self._process.wait()
            raise Ended(f"was killed by signal {-code}" if code < 0 else f"ended with status {code}")
        return message

    def memory(self) -> int:
        """The bytes that it and what it has started hold for themselves: files that are mapped do not count."""
        total = 0
        for process in self._family():
            with suppress(psutil.Error):
                held = process.memory_info()
                total += held.rss - getattr(held, "shared", 0)
        return total

    def kill(self) -> None:
        """End it and what it has started, whatever they do."""
        family = self._family()
        self._process.kill()
        for process in family:
            with suppress(psutil.Error):
                process.kill()
        self._closed()

    def close(self) -> None:
        """Let it end where it has nothing to do; it is killed if it does not."""
        assert self._process.stdin is not None  # noqa: S101  # it is a pipe
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            self.kill()
        else:
            self._closed()

    def _family(self) -> list[psutil.Process]:
        try:
            return [self._tree, *self._tree.children(recursive=True)]
        except psutil.Error:
            return []

    def _closed(self) -> None:
        self._process.wait()
        self._hearing.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _hear(source: BinaryIO | Any, messages: queue.SimpleQueue[Message | None]) -> None:
    """Put each line into the queue, and None behind the last."""
    with suppress(OSError, ValueError):
        for line in source:
            messages.put(json.loads(line))
    messages.put(None)
