"""Who sends documents in, and what of them may be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Writer:
    """A sender through the API. The operator at the command line is none: he may do everything."""

    owner: str
    """Whose the documents are."""
    labels: frozenset[str]
    """What it may see, and label what it sends with."""
    admin: bool = False
    """Whether it may also change what others wrote, where its labels show it."""
