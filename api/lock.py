"""One writer at a time: a file lock on the home, held by whoever ingests, loads or deletes.

The operating system frees it when its holder dies, so a killed ingestion blocks nobody.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from api.errors import Busy
from api.home import ERRORS
from storage.sqlite import translated

POLL_SECONDS = 0.2


@contextmanager
def alone(
    path: Path,
    *,
    waiting: Callable[[], None] = lambda: None,
    stopped: Callable[[], bool] = lambda: False,
    seconds: float | None = None,
) -> Iterator[None]:
    """Hold the lock at `path`. `waiting` is called once if somebody else holds it.

    Raises Busy when it is not to be had within `seconds` (None: however long it takes), or when `stopped` says so;
    HomeUnavailable or HomeFull where there can be no such file.
    """
    lock = FileLock(path)
    began = time.monotonic()
    if not _acquired(lock, path, 0):
        waiting()
        while not _acquired(lock, path, POLL_SECONDS):
            if stopped() or (seconds is not None and time.monotonic() - began > seconds):
                raise Busy("another ingestion holds the lock of this home")
    try:
        yield
    finally:
        lock.release()


def _acquired(lock: FileLock, path: Path, seconds: float) -> bool:
    with translated(path, ERRORS):
        try:
            lock.acquire(timeout=seconds)
        except Timeout:
            return False
    return True
