"""Plain text and Markdown: one document a file. Its text is the file's, line ends as line feeds, ends stripped.

The sections of Markdown begin at its headings, and their texts keep the heading lines, so that the sections joined are
the text of the file again and every offset counts in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import MalformedFile
from ingest.model import Document, Failure, Record, Section
from ingest.sources.files.files import open_text, rest
from ingest.sources.ids import hashed
from text.language import of_text

LIMIT = 64 << 20
"""The longest document that is read, in characters."""

_TITLE_LENGTH = 200
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_NO_PARAGRAPH = re.compile(r"\s*$| {0,3}([-*+>|#]|\d+[.)] )")


def read(path: Path) -> Iterator[Record]:
    """The document of a plain text file: a first line of at most 200 characters is its title, the rest its text."""
    text = _text(path)
    if isinstance(text, Failure):
        yield text
        return
    first, _, remaining = text.partition("\n")
    if len(first) <= _TITLE_LENGTH:
        sections = [Section("title", first)] + ([Section("text", remaining)] if remaining else [])
        yield _document(text, first.strip(), sections)
    else:
        yield _document(text, _name(path), [Section("text", text)])


def read_markdown(path: Path) -> Iterator[Record]:
    """The document of a Markdown file: its title is its first heading, else its first line if short, else its name."""
    text = _text(path)
    if isinstance(text, Failure):
        yield text
        return
    sections: list[Section] = []
    title = ""
    name, lines = "text", list[str]()
    for level, heading, part in _parts(text):
        if not level:
            lines += part
            continue
        if lines:
            sections.append(Section(name, "\n".join(lines)))
        if not title and not sections:
            sections.append(Section("title", "\n".join(part)))
            name, lines = "text", []
        else:
            name, lines = heading.lower() or "text", part
        title = title or heading
    if lines:
        sections.append(Section(name, "\n".join(lines)))
    first = text.partition("\n")[0].strip()
    yield _document(text, title or (first if len(first) <= _TITLE_LENGTH else _name(path)), sections)


def _parts(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """(level, heading, its lines) for a heading, (0, "", [line]) for any other line."""
    lines = text.split("\n")
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        below = lines[at + 1] if at + 1 < len(lines) else ""
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif heading := _HEADING.fullmatch(line):
            yield len(heading[1]), heading[2].strip(), [line]
            at += 1
            continue
        elif (under := _UNDERLINE.fullmatch(below)) and not _NO_PARAGRAPH.match(line):
            yield 1 if under[1][0] == "=" else 2, line.strip(), [line, below]
            at += 2
            continue
        yield 0, "", [line]
        at += 1


def _text(path: Path) -> str | Failure:
    try:
        with open_text(path) as file:
            text = file.read(LIMIT + 1)
    except MalformedFile as error:
        return rest(error, "")
    if len(text) > LIMIT:
        return Failure(str(path), "", f"longer than {LIMIT} characters")
    if "\x00" in text:
        return Failure(str(path), "", f"not a text: a zero at character {text.index(chr(0))}")
    text = text.strip()
    return text or Failure(str(path), "", "empty file")


def _document(text: str, title: str, sections: list[Section]) -> Document:
    return Document(
        id=hashed(text),
        title=title,
        sections=tuple(sections),
        language=of_text(text),
        source="file",
    )


def _name(path: Path) -> str:
    return Path(path.name.removesuffix(".gz")).stem
