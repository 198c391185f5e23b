"""Whose files are whose: what medgraph keeps is its owner's alone, and what somebody asked for elsewhere is made as all
their other files are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

OTHERS = 0o077
"""What the mode of a file tells of group and others."""
_asked: list[int] = []
"""The mask of whoever started this process, while it has another."""


@contextmanager
def private() -> Iterator[None]:
    """Until the block ends, what is made here and by processes that are started here is its owner's alone."""
    _asked.append(os.umask(OTHERS))
    try:
        yield
    finally:
        os.umask(_asked.pop())


@contextmanager
def as_asked() -> Iterator[None]:
    """Until the block ends, what is made has the modes that whoever started this process wants for their files."""
    mask = os.umask(_asked[-1]) if _asked else None
    try:
        yield
    finally:
        if mask is not None:
            os.umask(mask)
