"""Plain text and Markdown: one document a file. Its text is the file's, line ends as line feeds, ends stripped.

The sections of Markdown begin at its headings, and their texts keep the heading lines, so that the sections joined are
the text of the file again, but for its front matter, whose title is kept alone, marks of footnotes, which would join
sentences, and line ends within a paragraph, which are blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import MalformedFile
from ingest.model import Document, Failure, Record, Section
from ingest.sources.documents.front_matter import front_matter
from ingest.sources.files.files import open_text, rest
from ingest.sources.files.limits import CHARACTERS
from ingest.sources.ids import hashed
from text.language import of_text
from text.scripts import CJK

_TITLE_LENGTH = 200
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_RULE = re.compile(r"\s*([-=*_+~`#–—─═])(?:\s*\1){2,}\s*")
_FOOTNOTE = re.compile(r"(?<=\S)\[\^[^\]\s]{1,100}\](?!:)")
_NO_LINES = re.compile(r" {0,3}([|#<>]|\[[^]]+\]:)")
_LABEL = re.compile(r"\s*(?:[A-Z][\w /()&-]{0,40}|[\u4e00-\u9fff]{1,10})[:：]")
_CHINESE = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef]")
_WRAPPED = 40
"""A shorter line, such as of a list without marks, goes on only where its words say so."""
_NO_PARAGRAPH = re.compile(r"\s*$| {0,3}([-*+>|#]|\d+[.)] )")


def read(path: Path) -> Iterator[Record]:
    """The document of a plain text file: a first line of at most 200 characters is its title, the rest its text.

    Rules above the first line go with it.
    """
    text = _text(path)
    if isinstance(text, Failure):
        yield text
        return
    start, end = _first(text)
    if end - start > _TITLE_LENGTH:
        yield _document(text, _name(path), [Section("text", text)])
        return
    sections = [Section("title", text[:end])] + ([Section("text", text[end + 1 :])] if text[end + 1 :] else [])
    yield _document(text, text[start:end].strip(), sections)


def _first(text: str) -> tuple[int, int]:
    """Where the first line stands that is neither empty nor a rule; the first of all where there is none."""
    start = 0
    for line in text.split("\n"):
        if line.strip() and not _RULE.fullmatch(line):
            return start, start + len(line)
        start += len(line) + 1
    return 0, len(text.partition("\n")[0])


def read_markdown(path: Path) -> Iterator[Record]:
    """The document of a Markdown file.

    Its title is that of its front matter, else its first heading, else its first line if short, else its name.
    """
    whole = _text(path)
    if isinstance(whole, Failure):
        yield whole
        return
    matter = front_matter(whole)
    text = _unwrapped(whole[matter.end :].strip("\n"))
    title = matter.title
    sections = [Section("title", title)] if title else []
    if not text.strip():
        if title:
            yield _document(whole, title, sections)
        else:
            yield Failure(str(path), "", "no text behind the front matter")
        return
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
    start, end = _first(text)
    first = text[start:end].strip()
    yield _document(whole, title or (first if len(first) <= _TITLE_LENGTH else _name(path)), sections)


def _unwrapped(text: str) -> str:
    """Markdown with each paragraph in one line, where its words go on; in all else as it is."""
    lines: list[str] = []
    line: list[str] = []  # the last line in its pieces, since a paragraph may have any number of them
    length = 0  # without the blanks at its ends
    fence = ""
    may_go_on = False
    rows = text.split("\n")
    for row, below in zip(rows, [*rows[1:], ""], strict=True):
        mark = _FENCE.match(row)
        if fence or mark:
            fence = _fence(fence, mark)
            may_go_on = False
        else:
            row = _FOOTNOTE.sub("", row)
            heading = bool(_HEADING.fullmatch(row)) or bool(
                _UNDERLINE.fullmatch(below) and not _NO_PARAGRAPH.match(row)
            )
            if may_go_on and not heading and not _NO_PARAGRAPH.match(row) and _goes_on(line[-1], length, row):
                blank = "" if _between_chinese(line[-1], row) else " "
                line[-1] = line[-1].rstrip()
                line.append(blank + row.lstrip())  # blanks at the end break the line
                length += len(blank) + len(row.strip())
                may_go_on = not _ends_line(line[0][:_WRAPPED] + line[-1])
                continue
            code = row.startswith(("    ", "\t")) and not length
            may_go_on = not heading and not code and not _ends_line(row)
        lines.append("".join(line))
        line, length = [row], len(row.strip())
    return "\n".join([*lines, "".join(line)][1:])


def _fence(fence: str, mark: re.Match[str] | None) -> str:
    """The fence of the code that goes on behind a line with `mark`, within `fence`; empty where none does."""
    if not mark:
        return fence
    return mark[1] if not fence else "" if mark[1].startswith(fence) else fence


def _ends_line(row: str) -> bool:
    """Whether a line of Markdown ends where it ends: blank, a rule, of a table, with a hard break."""
    return not row.strip() or row.endswith(("  ", "\\")) or bool(_UNDERLINE.fullmatch(row) or _NO_LINES.match(row))


def _goes_on(line: str, length: int, below: str) -> bool:
    """Whether a paragraph's line, which is `length` long and ends in `line`, goes on in the next: by its length and by
    the words at its end."""
    if _LABEL.match(below) or "|" in line or "|" in below:
        return False
    return length >= _WRAPPED or below.lstrip()[0].islower() or line.rstrip().endswith((",", "，", "、"))


def _between_chinese(line: str, below: str) -> bool:
    return bool(_CHINESE.match(line.rstrip()[-1:]) and _CHINESE.match(below.lstrip()))


def _parts(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """(level, heading, its lines) for a heading, (0, "", [line]) for any other line."""
    lines = text.split("\n")
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        below = lines[at + 1] if at + 1 < len(lines) else ""
        mark = _FENCE.match(line)
        if fence or mark:
            fence = _fence(fence, mark)
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
            text = file.read(CHARACTERS + 1)
    except MalformedFile as error:
        return rest(error, "")
    if len(text) > CHARACTERS:
        return Failure(str(path), "", f"longer than {CHARACTERS} characters")
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
