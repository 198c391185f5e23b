"""How much memory the machine, or the container that this runs in, lets a process have."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from pathlib import Path

INDEX_SHARE = 4
"""The vector index may take the fourth part of it, where nothing else is set."""
JOB_SHARE = 2
"""The process that reads uploads may take half of it."""
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where Linux says what a container may have, in its second and first form."""

ARENAS = 2
_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h."""


def total(limits: tuple[Path, ...] = LIMITS) -> int:
    """Bytes: what is built in, or less where a container is limited."""
    built_in = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in limits:
        try:
            limit = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if limit.isdecimal():
            built_in = min(built_in, int(limit))
    return built_in


def index_budget(index_memory: int | None) -> int:
    """Bytes that the vector index may take: what is set, or its share."""
    return total() // INDEX_SHARE if index_memory is None else index_memory


def job_budget(job_memory: int | None) -> int:
    """Bytes that reading uploads may take: what is set, or its share."""
    return total() // JOB_SHARE if job_memory is None else job_memory


def few_arenas() -> None:
    """Have the C library give all threads the same few heaps. It makes one for each thread, up to eight a core, and
    what a thread frees stays with its heap: what forty threads once took together would never go back."""
    with suppress(OSError, AttributeError):  # of another C library
        ctypes.CDLL(None).mallopt(_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give the system what the heaps hold and nobody uses: what was read anew after an upload leaves much of it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
