"""Lines of a PDF made paragraphs again: one line each, words that a line end broke in one piece.

A line goes on where the first word of the next had no room in it, or where its words say so. A heading, an entry of a
list and a row of a table (its cells parted by tabs) stay lines of their own. A paragraph that the end of a column or of
a page cuts in two is one, and stands where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.sources.documents.blocks import Block, Kind
from ingest.sources.documents.hyphens import joined, words_of
from ingest.sources.documents.pdf_layout import Column, Row
from ingest.sources.documents.pdf_lines import Line

_BULLET = re.compile(r"[•◦▪●○■□☐☑☒‣➢➤✓✔❖*·]\s*\S|\[[ xX]?\]\s")
_MARK = re.compile(
    r"[-–—o]\s+\S|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+\S|\(?[a-zA-Z][.)]\s+\S|\(?[ivx]{1,4}[.)]\s+\S"
    r"|[(（]?[\d一二三四五六七八九十]{1,2}[)）、.．]\s*[\u4e00-\u9fff]"
)
_LABEL = re.compile(r"[A-Z][\w /()&-]{0,40}:(?:\s|$)|[\u4e00-\u9fff]{1,10}[:：]")
_ENDS = re.compile(r"[.!?。！？；:：;][\"'”’)\]）」』]*$")
_OPEN = re.compile(
    r"(?:[,(\[/，、（]|\b(?:a|about|after|against|all|also|although|an|and|any|are|as|at|be|because|been|before|between|"
    r"both|but|by|can|could|did|do|does|during|each|either|for|from|had|has|have|her|his|however|if|in|including|into|is|"
    r"its|like|may|might|more|most|neither|no|non|nor|not|of|on|or|our|over|per|should|since|some|such|than|that|the|"
    r"their|then|these|they|this|those|through|to|under|until|upon|using|versus|via|vs\.?|was|we|were|when|where|which|"
    r"while|who|whose|will|with|within|without|would))$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:table|fig(?:ure|\.)?|box)\s+S?\d+|[表图]\s*\d+", re.IGNORECASE)
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HYPHEN = re.compile(r"[^\W_]-$|\u00ad$")
_HEADING = 1.12
"""How many times higher than the text a heading is."""
_REACH = 8
"""How many headings, rows and captions may stand between the two parts of a paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `right` is the edge of its column. A `row` is one of a table."""

    page: int
    block: int
    lines: tuple[Line, ...]
    left: float
    right: float
    row: bool = False


def paragraphs(pages: Sequence[tuple[int, Sequence[Column]]]) -> list[tuple[int, list[Block]]]:
    """The blocks of text of each numbered page."""
    lines = [line for _, page in pages for block in page for row in block.rows for line in row]
    written = words_of([line.text for line in lines])
    made: list[Paragraph] = []
    usual = _usual(lines)
    for number, page in pages:
        for place, block in enumerate(page):
            made += _of_block(number, place, block, usual)
    made = _over_breaks(made, usual)
    blocks: dict[int, list[Block]] = {number: [] for number, _ in pages}
    for one in made:
        blocks[one.page].append(_block(one, written, usual))
    return list(blocks.items())


def _usual(lines: list[Line]) -> Line | None:
    """A line as most of the text is set."""
    weights: dict[tuple[float, bool], int] = {}
    for line in lines:
        key = round(line.size, 1), line.bold
        weights[key] = weights.get(key, 0) + len(line.text)
    if not weights:
        return None
    size, bold = max(weights, key=lambda key: weights[key])
    return Line("", 0, 0, 0, size, bold)


def _of_block(page: int, place: int, block: Column, usual: Line | None) -> Iterator[Paragraph]:
    pitches = [a[0].base - b[0].base for a, b in pairwise(block.rows)]
    size = median(row[0].size for row in block.rows)
    pitch = median(pitches) if len(pitches) > 2 else min([*pitches, 1.5 * size])
    current: list[Line] = []
    table = list[Row]()
    for row in _cells(block):
        if len(row) > 1:
            if current:
                yield Paragraph(page, place, tuple(current), block.left, block.right)
                current = []
            table.append(row)
            continue
        yield from (Paragraph(page, place, tuple(one), block.left, block.right, True) for one in table)
        table = []
        line = row[0]
        if current and not _goes_on(current, line, block, pitch, usual):
            yield Paragraph(page, place, tuple(current), block.left, block.right)
            current = []
        current.append(line)
    yield from (Paragraph(page, place, tuple(one), block.left, block.right, True) for one in table)
    if current:
        yield Paragraph(page, place, tuple(current), block.left, block.right)


def _cells(block: Column) -> Iterator[Row]:
    """The rows, those of tables with the further lines of their cells, and a bullet with its entry."""
    rows = list[Row]()
    for at, row in enumerate(block.rows):
        near = [*block.rows[max(0, at - 1) : at], *block.rows[at + 1 : at + 2]]
        if _is_stretched(row, block.right) and not any(len(other) > 1 for other in near):
            row = [replace(row[0], text=" ".join(line.text for line in row), right=row[-1].right)]
        row = _with_bullet(row)
        if rows and len(rows[-1]) > 1 and (cell := _continues_cell(rows[-1], row)):
            rows[-1] = cell
        else:
            rows.append(row)
    yield from rows


def _is_stretched(row: Row, right: float) -> bool:
    """Whether a row is one line whose words were moved apart to fill its column."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    words = not any(" " in line.text for line in row)
    return len(gaps) > 1 and words and max(gaps) < 1.15 * min(gaps) and row[-1].right > right - row[0].size


def _with_bullet(row: Row) -> Row:
    if len(row) > 1 and (
        (len(row[0].text) == 1 and not row[0].text.isalnum()) or re.fullmatch(r"\(?\w{1,2}[.)]", row[0].text)
    ):
        first, second = row[:2]
        return [replace(second, text=f"{first.text} {second.text}", left=first.left), *row[2:]]
    return row


def _continues_cell(above: Row, row: Row) -> Row | None:
    """The row above with `row` as further lines of its cells; none where `row` is none."""
    if len(row) >= len(above) or row[0].left <= above[0].left + row[0].size:
        return None
    if above[0].base - row[0].base > 1.45 * row[0].size:
        return None
    cells = list(above)
    for line in row:
        place = next((at for at, cell in enumerate(above) if abs(cell.left - line.left) < line.size), None)
        if place is None:
            return None
        cells[place] = replace(
            cells[place], text=joined_lines(cells[place].text, line.text, frozenset()), base=line.base
        )
    # The row stands where its lowest line does, or a third line of a cell would seem far.
    return [replace(cell, base=row[0].base) for cell in cells]


def _goes_on(current: list[Line], line: Line, block: Column, pitch: float, usual: Line | None) -> bool:
    """Whether `line` goes on with the paragraph of `current`."""
    last = current[-1]
    if max(last.size, line.size) > _HEADING * min(last.size, line.size):
        return False
    if last.base - line.base > 1.4 * pitch + 0.5:
        return False
    heading = usual is not None and _is_head(last, usual)
    if last.bold != line.bold and (heading or line.bold) and not (line.text[0].islower() and not heading):
        return False
    if heading:
        return not _MARK.match(line.text)
    return not _begins(current, line, block) and _continues(current, line, block)


def _begins(current: list[Line], line: Line, block: Column) -> bool:
    """Whether `line` looks like the beginning of an entry or of a paragraph."""
    last = current[-1]
    closed = bool(_ENDS.search(last.text)) or _has_room(last, line, block.right)
    if _BULLET.match(line.text) or (_LABEL.match(line.text) and (closed or _LABEL.match(last.text))):
        return True
    marked = bool(_MARK.match(current[0].text) or _BULLET.match(current[0].text))
    if _MARK.match(line.text) and (closed or (marked and abs(line.left - current[0].left) < 0.6 * line.size)):
        return True
    if marked or _is_announcing(last, line):
        hanging = line.left > current[0].left + 0.3 * line.size
        whole = closed or _is_announcing(last, line) or not (_is_prose(current) or _continued(last.text, line.text))
        return not hanging and whole
    indented = line.left > last.left + 0.8 * line.size and last.left < block.left + 0.5 * line.size
    return indented and bool(_ENDS.search(last.text))


def _is_announcing(last: Line, line: Line) -> bool:
    """Whether `line` only announces what comes: `Instructions:`."""
    return line.text.endswith((":", "：")) and len(line.text.split()) < 5 and not _OPEN.search(last.text)


def _continues(current: list[Line], line: Line, block: Column) -> bool:
    last = current[-1]
    if _HYPHEN.search(last.text):
        return True
    if _continued(last.text, line.text):
        return not _ENDS.search(last.text) or not _has_room(last, line, block.right)
    if not _is_prose(current):
        return False
    if not _has_room(last, line, block.right):
        return True
    wide = last.right - block.left > 0.75 * (block.right - block.left)
    return wide and not _ENDS.search(last.text) and not _LABEL.match(line.text)


def _continued(before: str, after: str) -> bool:
    """Whether the words at a line end say that the next line goes on."""
    return bool(_OPEN.search(before)) or after[0].islower()


def _is_prose(current: list[Line]) -> bool:
    text = " ".join(line.text for line in current)
    return len(text.split()) > 5 or bool(_CJK.search(text) and len(text) > 12)


def _has_room(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of `line` would have fitted behind `last`."""
    word = line.text[:1] if _CJK.match(line.text) else line.text.split(" ", 1)[0]
    character = (line.right - line.left) / max(1, len(line.text))
    return right - last.right > (len(word) + 1.5) * character


def _is_head(line: Line, usual: Line) -> bool:
    return line.size > _HEADING * usual.size or (line.bold and not usual.bold)


def _is_heading(paragraph: Paragraph, usual: Line | None) -> bool:
    return usual is not None and not paragraph.row and all(_is_head(line, usual) for line in paragraph.lines)


def _over_breaks(made: list[Paragraph], usual: Line | None) -> list[Paragraph]:
    """The paragraphs, those that the end of a column or a page cuts in two joined."""
    taken: set[int] = set()
    result: list[Paragraph] = []
    for at, paragraph in enumerate(made):
        if at in taken:
            continue
        end = at
        while (rest := _rest(made, end, paragraph, usual)) is not None:
            taken.add(rest)
            paragraph = replace(paragraph, lines=paragraph.lines + made[rest].lines)
            end = rest
        result.append(paragraph)
    return result


def _rest(made: list[Paragraph], end: int, paragraph: Paragraph, usual: Line | None) -> int | None:
    """Which paragraph goes on with one that the end of its block cut off; none where none does."""
    last = paragraph.lines[-1]
    if _is_beside(paragraph, last, usual) or _ENDS.search(last.text):
        return None
    here = made[end].page, made[end].block
    for at in range(end + 1, min(len(made), end + 2 + _REACH)):
        other = made[at]
        within = (other.page, other.block) == here
        # Below it may stand only what is no part of the text, such as notes.
        if _is_beside(other, last, usual) and not (within and _is_heading(other, usual)):
            continue
        first = other.lines[0]
        if within or first.size > last.size * _HEADING or _MARK.match(first.text) or _BULLET.match(first.text):
            return None
        near = at == end + 1 and _goes_over(paragraph, first, made[end].right)
        return at if near or first.text[0].islower() else None
    return None


def _is_beside(paragraph: Paragraph, last: Line, usual: Line | None) -> bool:
    """Whether a paragraph is none of the running text that `last` belongs to."""
    first = paragraph.lines[0]
    small = first.size < last.size / _HEADING
    return paragraph.row or small or _is_heading(paragraph, usual) or bool(_CAPTION.match(first.text))


def _goes_over(paragraph: Paragraph, first: Line, right: float) -> bool:
    last = paragraph.lines[-1]
    if _HYPHEN.search(last.text) or _OPEN.search(last.text):
        return True
    full = not _has_room(last, first, right)
    return full and not _LABEL.match(first.text) and _is_prose([*paragraph.lines])


def _block(paragraph: Paragraph, written: Set[str], usual: Line | None) -> Block:
    if paragraph.row:
        return Block("row", "\t".join(line.text for line in paragraph.lines))
    text = paragraph.lines[0].text
    for line in paragraph.lines[1:]:
        text = joined_lines(text, line.text, written)
    kind: Kind = "heading" if _is_heading(paragraph, usual) else "paragraph"
    return Block("entry" if _MARK.match(text) or _BULLET.match(text) else kind, text)


def joined_lines(before: str, after: str, written: Set[str]) -> str:
    """Two lines of a paragraph as one; `written` holds the words of the document."""
    if _HYPHEN.search(before):
        return joined(before, after, written)
    blank = "" if _CJK.search(before[-1]) and _CJK.match(after) else " "
    return f"{before}{blank}{after}"
