"""The order in which a page is read: down one column after the other, and along the rows of a table.

Two columns are told from a table by their lines: those of running text fill their column and are many, cells do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.sources.documents.pdf_lines import Line, rows
from text.scripts import CJK

Row = list[Line]

_LEAST = 4
"""Fewer lines one below the other are no column."""
_FILLED = 0.6
_PROSE = 18
"""The median length, in Latin characters, that lines of a column have at least."""
_EDGE = 3
"""How many rows at the top and at the bottom of a page may be a running head or foot."""
_CHINESE = re.compile(f"[{CJK}]")
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—|]?\s*(?:(?:of|/|von)\s*\d{1,4})?"
    r"|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """Rows that are read one after the other; `left` and `right` are the edges of their column, in points."""

    rows: tuple[Row, ...]
    left: float
    right: float


def columns(lines: list[Line]) -> list[Column]:
    """The columns of a page in reading order."""
    return list(_read(rows(lines), 0))


def _read(page: list[Row], depth: int) -> Iterator[Column]:
    span = _side_by_side(page) if depth < 4 else None
    if span is None:
        if page:
            yield _column(page)
        return
    start, end, gutter = span
    yield from _read(page[:start], depth + 1)
    for side in _sides(page[start:end], gutter):
        yield from _read(side, depth + 1)
    yield from _read(page[end:], depth + 1)


def _column(page: list[Row]) -> Column:
    rights = sorted(line.right for row in page for line in row)
    return Column(tuple(page), min(line.left for row in page for line in row), rights[int(0.95 * (len(rights) - 1))])


def _side_by_side(page: list[Row]) -> tuple[int, int, float] | None:
    """The first and last row of the tallest two columns side by side, and where their gutter is; none if there are
    none."""
    best: tuple[int, int, float] | None = None
    for gutter in _gutters(page):
        start = 0
        for end in range(len(page) + 1):
            if end < len(page) and not any(line.left < gutter < line.right for line in page[end]):
                continue
            if (best is None or end - start > best[1] - best[0]) and _is_prose(page[start:end], gutter):
                best = start, end, gutter
            start = end + 1
    return best


def _gutters(page: list[Row]) -> list[float]:
    """Where a gutter may be: in the middle of the gaps of rows and between rows that begin at one place."""
    lefts: dict[int, int] = {}
    for row in page:
        for line in row:
            lefts[round(line.left / 2)] = lefts.get(round(line.left / 2), 0) + 1
    edge = min((line.left for row in page for line in row), default=0.0)
    common = sorted((count, place) for place, count in lefts.items() if count >= 2 and place * 2 > edge + 60)
    return [place * 2 - 3.0 for _, place in common[-8:]]


def _sides(page: list[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    left = [[line for line in row if line.left < gutter] for row in page]
    right = [[line for line in row if line.left >= gutter] for row in page]
    return [row for row in left if row], [row for row in right if row]


def _is_prose(page: list[Row], gutter: float) -> bool:
    # The last of the columns may be short.
    sides = _sides(page, gutter)
    return max(map(len, sides)) >= _LEAST and min(map(len, sides)) > 1 and all(map(_fills, sides))


def _fills(side: list[Row]) -> bool:
    left = min(line.left for row in side for line in row)
    width = max(line.right for row in side for line in row) - left
    filled = median(sum(line.right - line.left for line in row) for row in side) / (width or 1.0)
    return filled >= _FILLED and median(sum(_weight(line.text) for line in row) for row in side) >= _PROSE


def _weight(text: str) -> int:
    return len(text) + len(_CHINESE.findall(text))


def without_running(pages: Sequence[list[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The pages without their running heads and feet and without page numbers; `heights` are the pages' in points.

    A head is the same on several pages at one place, but for numbers that count the pages.
    """
    edges = [_edges(rows(lines), height) for lines, height in zip(pages, heights, strict=True)]
    kept: list[list[Line]] = []
    for number, lines in enumerate(pages):
        gone: set[Line] = set()
        near = range(max(0, number - 40), min(len(pages), number + 41))
        for row, apart in edges[number]:
            same = sum(
                any(_same(row, other, there - number, apart and far) for other, far in edges[there])
                for there in near
                if there != number
            )
            if same >= (1 if len(pages) < 6 else 2) or _is_page_number(row, heights[number]):
                gone.update(row)
        rest = [line for line in lines if line not in gone]
        only_numbers = all(_PAGE_NUMBER.fullmatch(line.text) for line in lines)
        kept.append(rest if rest or only_numbers else lines)
    return kept


def _edges(page: list[Row], height: float) -> list[tuple[Row, bool]]:
    """The rows at the edges of a page, and whether each stands in the margin or apart from what is within."""
    pitches = [above[0].base - below[0].base for above, below in pairwise(page)]
    usual = median(pitches) if pitches else 0.0
    found: dict[int, bool] = {}
    for places in (range(len(page)), range(len(page) - 1, -1, -1)):
        outer: list[int] = []
        for place in list(places)[:_EDGE]:
            outer.append(place)
            inner = place if places.step == 1 else place - 1
            if 0 <= inner < len(pitches) and pitches[inner] > 1.4 * usual:
                found.update(dict.fromkeys(outer, True))
                break
        for place in outer:
            found.setdefault(place, False)
    return [(page[place], alone or _in_margin(page[place], height)) for place, alone in found.items()]


def _same(row: Row, other: Row, pages: int, apart: bool) -> bool:
    """Whether two rows, so many pages from one another, are one head; `apart` where both stand apart."""
    if abs(row[0].base - other[0].base) > 4 or len(row) != len(other):
        return False
    ours, theirs = (" ".join(line.text for line in one) for one in (row, other))
    if _NUMBER.sub("#", ours) != _NUMBER.sub("#", theirs):
        return False
    # A short heading that counts may be one of the text: Case 1, Case 2.
    if ours != theirs and len(ours.split()) < 4:
        return False
    pairs = list(zip(_NUMBER.findall(ours), _NUMBER.findall(theirs), strict=True))
    return apart and all(a == b or int(b) - int(a) == pages for a, b in pairs)


def _is_page_number(row: Row, height: float) -> bool:
    return _in_margin(row, height) and len(row) == 1 and bool(_PAGE_NUMBER.fullmatch(row[0].text))


def _in_margin(row: Row, height: float) -> bool:
    return not 0.08 * height < row[0].base < 0.92 * height
