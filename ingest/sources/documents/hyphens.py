"""What a hyphen at the end of a line is: a sign of the break, or a letter of the word.

The document itself knows best: a word that it writes elsewhere in one piece, or with its hyphen, is written so here.
Else what stands on its sides tells: digits and capitals keep it, as do the first and last parts of common compounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache
from importlib.resources import files

_BEFORE = re.compile(r"[^\s(\[{“\"'/]*$")
_AFTER = re.compile(r"[^\W_]+(?:[-–][^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W_]+)*")


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """The words of lines in lower case, with the hyphens within them; not the parts of those that a line end breaks."""
    words: set[str] = set()
    broken = False
    for line in lines:
        whole = line.partition(" ")[2] if broken else line
        broken = line.endswith(("-", "\u00ad"))
        if broken:
            whole = whole.rpartition(" ")[0]
        words.update(word.lower() for word in _WORD.findall(whole))
    return frozenset(words)


def joined(before: str, after: str, written: Set[str]) -> str:
    """A line that ends in a hyphen and the next as one; `written` holds the words of the document."""
    if before.endswith("\u00ad"):
        return before[:-1] + after
    stem = before[:-1]
    first = _BEFORE.search(stem)
    last = _AFTER.match(after)
    if first is None or last is None or not stem or not stem[-1].isalnum():
        return f"{before} {after}"
    if last[0].lower() in ("and", "or", "to"):  # pre- and postoperative
        return f"{before} {after}"
    return (before if _belongs(first[0], last[0], written) else stem) + after


def _belongs(first: str, last: str, written: Set[str]) -> bool:
    whole, parted = (first + last).lower(), f"{first}-{last}".lower()
    if parted in written or whole in written:
        return whole not in written or (parted in written and len(first) > 2 and not first.islower())
    if not (last[0].islower() and first[-1].islower()) or any(c.isdigit() for c in first):
        return True
    if any(c.isupper() for c in first[1:]):
        return True
    left, right = first.lower(), last.lower()
    if "-" in left:
        return True
    left_part, right_part = left.rpartition("-")[2], right.partition("-")[0]
    if left_part in _parts("first") or right_part in _parts("last"):
        return True
    return len(left) > 3 and left not in _parts("closed") and {left, right} <= written


@cache
def _parts(kind: str) -> frozenset[str]:
    """The words under a heading of `hyphens.txt`."""
    text = files(__package__).joinpath("hyphens.txt").read_text(encoding="utf-8")
    body = text.partition(f"[{kind}]\n")[2].partition("\n[")[0]
    return frozenset(word for line in body.splitlines() if not line.startswith("#") for word in line.split())
