"""Families of diseases by the names that people give them, of which a member is asked for: `哪种糖原贮积病`.

Graphs have the members and seldom the family; few have its Chinese name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from text.names import is_chinese, normalise


def families_in(text: str) -> list[str]:
    """The names of families that stand in `text`, as they are written there, the longest first."""
    folded = text.casefold()
    places = [
        (name, folded.find(name.casefold()) if name != name.upper() or is_chinese(name) else text.find(name))
        for name in _families()
    ]
    named = [text[at : at + len(name)] for name, at in places if at >= 0 and _apart(text, at, at + len(name))]
    return sorted(named, key=len, reverse=True)


def members_of(name: str) -> tuple[str, ...]:
    """What the normalised names of the members of the family `name` hold; the name itself of none that is known."""
    keys = {normalise(one): held for one, held in _families().items()}
    return keys.get(normalise(name), (normalise(name),))


def _apart(text: str, start: int, end: int) -> bool:
    """Whether what stands there is no part of a longer word."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return not (
        (before.isascii() and before.isalnum() and text[start].isascii())
        or (behind.isascii() and behind.isalnum() and text[end - 1].isascii())
    )


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    """By each name of a family what the names of its members hold. Read when first asked for."""
    lines = Path(__file__).with_name("families.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {
        name: tuple(map(normalise, members.split("|")))
        for members, *called in rows
        for name in (*members.split("|"), *(one for column in called for one in column.split("|")))
        if name
    }
