"""How many connections and threads the file descriptors of this process are enough for."""

from __future__ import annotations

import resource
from dataclasses import dataclass

WANTED = 16_384
"""The system is asked for so many descriptors."""
OPEN = 64
"""What is open without any request: files of the stores, of the index, pipes, the log."""
A_THREAD = 8
"""What the stores open for a thread that answers, each file and its log."""
THREADS = 40
"""As many answer at once: where the graph is read anew after an upload, many wait for that, and searches must not."""
LEAST = 4


@dataclass(frozen=True, slots=True)
class Room:
    """What a server may hold at once."""

    connections: int
    threads: int
    backlog: int
    """How many connections may be taken in one go, before any of them can be turned away."""


def room(connections: int, descriptors: int) -> Room:
    """What is held of `connections`, where the process has so many descriptors."""
    threads = max(LEAST, min(THREADS, (descriptors - OPEN) // (3 * A_THREAD)))
    left = max(2 * LEAST, descriptors - OPEN - threads * A_THREAD)
    backlog = max(LEAST, min(128, left // 3))
    return Room(max(LEAST, min(connections, left - backlog)), threads, backlog)


def granted() -> int:
    """How many descriptors this process has, after asking for as many as it may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return WANTED if soft == resource.RLIM_INFINITY else soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted
