"""Where things stand in a sentence, and what parts one stretch of it from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Place = tuple[int, int]
"""From where to where, in the sentence."""
PARTED = re.compile(r"[;；。]|\.(?=\s)")
"""What ends a stretch that speaks of one thing."""


def nearest(firsts: Sequence[Place], seconds: Sequence[Place]) -> tuple[Place | None, Place | None]:
    """Of the places of one and of another, each in order, the two that are nearest; None for one that has none."""
    if not firsts or not seconds:
        return (firsts[0] if firsts else None), (seconds[0] if seconds else None)
    best, least = (firsts[0], seconds[0]), 1 << 30
    at = 0
    for first in firsts:
        # Of two lists in order the neighbours suffice.
        while at < len(seconds) - 1 and seconds[at + 1][0] <= first[0]:
            at += 1
        for second in seconds[at : at + 2]:
            if (apart := gap(first, second)) < least:
                best, least = (first, second), apart
    return best


def gap(one: Place, other: Place) -> int:
    """How many characters lie between two places; 0 where they touch or overlap."""
    return max(0, other[0] - one[1], one[0] - other[1])


def overlaps(place: Place, others: Iterable[Place | None]) -> bool:
    """Whether it shares a character with one of the others."""
    return any(other is not None and place[0] < other[1] and other[0] < place[1] for other in others)


def stretch(text: str, places: Iterable[Place | None]) -> Place:
    """The part of a sentence, between semicolons, that all the places lie in; the whole of it where there are none."""
    known = [place for place in places if place is not None]
    if not known:
        return 0, len(text)
    first, last = min(place[0] for place in known), max(place[1] for place in known)
    before = [match.end() for match in PARTED.finditer(text, 0, first)]
    behind = PARTED.search(text, last)
    return (before[-1] if before else 0), (behind.start() if behind else len(text))
