"""PubTator text, line by line: `ID|t|title`, `ID|a|abstract`, then a line a mention and a line a relation.

    12345678|t|A title.
    12345678|a|An abstract.
    12345678	2	7	title	Disease	D000001
    12345678	CID	D000002	D000001

Offsets count in title and abstract joined by one character. Further columns, such as the parts of a composite mention
in BC5CDR or the novelty of a relation in BioRED, are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.model import Failure
from ingest.sources.files.files import lines

NEITHER = "neither text, mention nor relation"

_OFFSET = re.compile(r"\d{1,18}")
_TEXT = re.compile(r"([^|\t]+)\|([ta])\|(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """The title (`part` is `t`) or the abstract (`a`) of the document called `name`."""

    number: int
    name: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention, everything as written; `id` may be empty."""

    number: int
    name: str
    start: int
    end: int
    surface: str
    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Related:
    number: int
    name: str
    kind: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Neither:
    """A line that says nothing; `name` is what stands before its first tab, and empty where it has none."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line, which ends a document."""


Line = Text | Mentioned | Related | Neither | Blank


def read(path: Path) -> Iterator[Line | Failure]:
    """The lines of a file, and what `files.lines` says of those that cannot be read. Raises UnreadableSource."""
    for item in lines(path):
        yield item if isinstance(item, Failure) else _line(*item)


def _line(number: int, line: str) -> Line:
    if not line.strip():
        return Blank()
    if text := _TEXT.fullmatch(line):
        return Text(number, text[1], text[2], text[3])
    name, *cells = line.split("\t")
    if len(cells) >= 4 and _OFFSET.fullmatch(cells[0]) and _OFFSET.fullmatch(cells[1]):
        id = cells[4] if len(cells) > 4 else ""
        return Mentioned(number, name, int(cells[0]), int(cells[1]), cells[2], cells[3], id)
    if len(cells) >= 3 and not cells[0].isdecimal():
        return Related(number, name, cells[0].strip(), cells[1], cells[2])
    return Neither(number, name if cells else "")
