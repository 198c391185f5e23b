"""The lines of a PDF page with their places, from PDFium's characters.

A line holds characters of one baseline without a wide gap: the cells of a table's row, and lines that stand side by
side in two columns, are lines of their own. Raised numbers are powers after a digit, and after a word the numbers of
references, which are left out as in full text.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.sources.files.raised import end_of, raised

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_WIDE = 1.0
"""The gap that parts two lines of one baseline, in heights of a character."""
_SHARED = 0.35
"""How far two baselines may differ and be one, in heights of a character."""
_NOTE = re.compile(r"[\d,;–\-\s*†‡§]+")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_LINE_END_HYPHEN = 2  # what PDFium makes of a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its place: `left`, `right` and `base` in points from the lower left corner, `size` a character's
    height."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    left: float
    right: float
    base: float
    size: float
    angle: int
    at: int


def page_lines(page: PdfTextPage) -> list[list[Line]]:
    """The lines of a page, those that run the same way together, most of the text first; in no order within."""
    ways: dict[int, list[_Glyph]] = {}
    for glyph in _glyphs(page):
        ways.setdefault(glyph.angle, []).append(glyph)
    return [_merged(list(_runs(page, glyphs))) for glyphs in sorted(ways.values(), key=len, reverse=True)]


def _glyphs(page: PdfTextPage) -> Iterator[_Glyph]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    for at in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, at)
        text = "-" if code == _LINE_END_HYPHEN else chr(code) if 0 < code < 0x110000 else ""
        if not text or text in "\r\n" or not raw.FPDFText_GetCharOrigin(page, at, x, y):
            continue
        if not raw.FPDFText_GetLooseCharBox(page, at, box):
            continue
        quarter = round(raw.FPDFText_GetCharAngle(page, at) / 1.5707963) % 4
        left, right, base, size = _turned(quarter, box, x.value, y.value)
        # PDFium gives characters beyond the first plane as two halves.
        yield _Glyph(text, left, right, base, size, quarter, at)


def _turned(quarter: int, box: ctypes.Structure, x: float, y: float) -> tuple[float, float, float, float]:
    """Left, right, baseline and height of a character, as if its text ran from left to right."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    match quarter:
        case 1:
            return bottom, top, -x, right - left
        case 2:
            return -right, -left, -y, top - bottom
        case 3:
            return -top, -bottom, x, right - left
        case _:
            return left, right, y, top - bottom


def _runs(page: PdfTextPage, glyphs: list[_Glyph]) -> Iterator[Line]:
    """Characters that follow one another in the file and on one baseline."""
    run: list[_Glyph] = []
    for glyph in glyphs:
        if run and not _goes_on(run, glyph):
            yield from _line(page, run)
            run = []
        if run or not glyph.text.isspace():
            run.append(glyph)
    yield from _line(page, run)


def _goes_on(run: list[_Glyph], glyph: _Glyph) -> bool:
    last = run[-1]
    height = max(last.size, glyph.size, 1.0)
    tall = next((one for one in reversed(run) if one.size >= 0.85 * height), last)
    # An index or a power may stand off the line, but not as far as the next.
    reach = 0.6 if min(last.size, glyph.size) < 0.85 * max(last.size, glyph.size, tall.size) else _SHARED
    if abs(glyph.base - tall.base) > reach * max(height, tall.size):
        return False
    return -1.5 * height < glyph.left - last.right < _WIDE * height or glyph.text.isspace()


def _line(page: PdfTextPage, run: list[_Glyph]) -> Iterator[Line]:
    length = len(run)
    while length and run[length - 1].text.isspace():
        length -= 1
    run = run[:length]
    if not run:
        return
    size = sorted(glyph.size for glyph in run)[len(run) // 2]
    base = next((glyph.base for glyph in run if glyph.size >= 0.85 * size), run[0].base)
    pieces: list[str] = []
    high: list[str] = []
    for place, glyph in enumerate(run):
        if glyph.size < 0.85 * size and glyph.base - base > 0.12 * size and not glyph.text.isspace():
            high.append(glyph.text)
            continue
        if high:
            pieces.append(_raised(end_of(pieces), "".join(high)))
            high = []
        if place and not glyph.text.isspace() and glyph.left - run[place - 1].right > 0.25 * size:
            pieces.append(" ")
        pieces.append(glyph.text)
    if high:
        pieces.append(_raised(end_of(pieces), "".join(high)))
    if text := readable("".join(pieces)):
        yield Line(text, run[0].left, max(glyph.right for glyph in run), base, size, _bold(page, run[0].at))


def _raised(before: str, text: str) -> str:
    """Raised `text`, which stands after `before`; nothing where it numbers references."""
    word = re.search(r"[^\W\d_]{3,}[)\]]?$|[.,;:)\]”\"]$", before)
    if word and _NOTE.fullmatch(text):
        return ""
    return raised(before, text)


def readable(text: str) -> str:
    """`text` in one line, halves of characters joined, without zeros and soft hyphens but at its end."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    whole = _HALF_PAIR.sub("\ufffd", whole).replace("\x00", "")
    whole = re.sub("[\u00ad\ufffe](?=.)", "", whole).replace("\ufffe", "\u00ad")
    return " ".join(whole.split())


def _bold(page: PdfTextPage, at: int) -> bool:
    from pypdfium2 import raw

    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(200)
    length = raw.FPDFText_GetFontInfo(page, at, name, 200, flags)
    return bool(length and _BOLD.search(name.value)) or raw.FPDFText_GetFontWeight(page, at) >= 600


def _merged(runs: list[Line]) -> list[Line]:
    """Runs of one baseline that stand close together as one line."""
    merged: list[Line] = []
    for row in rows(runs):
        line = row[0]
        for run in row[1:]:
            size = max(line.size, run.size)
            gap = run.left - line.right
            if -0.5 * size < gap < _WIDE * size:
                blank = " " if gap > 0.15 * size else ""
                longer = line if len(line.text) >= len(run.text) else run
                line = replace(
                    longer,
                    text=line.text + blank + run.text,
                    left=line.left,
                    right=run.right,
                    bold=line.bold & run.bold,
                )
            else:
                merged.append(line)
                line = run
        merged.append(line)
    return merged


def rows(lines: list[Line]) -> list[list[Line]]:
    """Lines by baseline from the top, each row from the left."""
    ordered = sorted(lines, key=lambda line: -line.base)
    grouped: list[list[Line]] = []
    for line in ordered:
        if grouped and grouped[-1][0].base - line.base < _SHARED * min(line.size, grouped[-1][0].size):
            grouped[-1].append(line)
        else:
            grouped.append([line])
    return [sorted(row, key=lambda line: line.left) for row in grouped]
