"""Blocks of a page, and the sections that they make: what HTML and DOCX have in common.

A block is a line, or several where its writer broke it. An empty line parts it from the next, but for entries of a list
and rows of a table that follow one another, so that where a paragraph ends is written in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingest.model import Section

Kind = Literal["title", "heading", "paragraph", "entry", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an entry of a list with its mark, or a row of a table, its cells parted by tabs."""

    kind: Kind
    text: str


def broken(kind: Kind, lines: Iterable[str], mark: str = "") -> Iterator[Block]:
    """The blocks of a piece of text that its writer broke into `lines`; the first begins with the `mark` of its list.

    Over one break a sentence may go on: a line feed leaves that to `text.lines`. Two part. A heading is one line.
    """
    lines = [" ".join(line.split()) for line in lines]
    if kind in ("title", "heading"):
        lines = [" ".join(line for line in lines if line)]
    for filled, group in groupby(lines, key=bool):
        if filled:
            yield Block(kind, mark + "\n".join(group))
            mark = ""


def sections(blocks: Iterable[Block], title: str = "") -> tuple[Section, ...]:
    """The sections of blocks, each from a heading on, which its text keeps; `title` stands first if none is it."""
    made: list[tuple[str, list[Block]]] = [("text", [])]
    blocks = list(blocks)
    headed = any(block.text == title for block in blocks)
    titled = False
    for block in blocks:
        if block.kind == "title" or (block.kind == "heading" and not titled and block.text == title):
            titled = True
            made += [("title", [block]), ("text", [])]
        elif block.kind == "heading":
            made.append((block.text.lower(), [block]))
        else:
            made[-1][1].append(block)
    if title and not headed:
        made.insert(0, ("title", [Block("title", title)]))
    return tuple(Section(name, joined(part)) for name, part in made if part)


def joined(blocks: Iterable[Block]) -> str:
    """The text of blocks."""
    pieces: list[str] = []
    before: Kind | None = None
    for block in blocks:
        close = before == block.kind and before in ("entry", "row")
        pieces += ["" if before is None else "\n" if close else "\n\n", block.text]
        before = block.kind
    return "".join(pieces)
