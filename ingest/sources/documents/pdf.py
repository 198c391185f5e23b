"""PDF with a text layer, through PDFium: one document a file, one section a page.

The text of a page is its paragraphs, a line each, in the order in which they are read. Running heads and page numbers
are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.model import Document, Failure, Record, Section
from ingest.sources.documents.blocks import joined
from ingest.sources.documents.pdf_layout import columns, without_running
from ingest.sources.documents.pdf_lines import Line, page_lines, readable
from ingest.sources.documents.pdf_paragraphs import paragraphs
from ingest.sources.files.files import content
from ingest.sources.files.limits import CHARACTERS
from ingest.sources.ids import hashed
from ingest.sources.records import Wrong
from text.language import of_text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

LIMIT = 256 << 20
"""The largest file that is read, in bytes."""
PAGES = 20_000
"""The most pages that are read of a file."""
GLYPHS = 200_000
"""Characters on one page: a newspaper has thirty thousand. Each is held with its place."""

_TITLE_LENGTH = 200
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)|untitled|document\d*$|\S+\.(?:docx?|pdf|tex|dvi|indd|qxd)$)|\W*$", re.I
)


def read(path: Path) -> Iterator[Record]:
    """The document of a file. A page that cannot be read, or is an image without text, is a Failure beside it.

    Raises UnreadableSource.
    """
    from pypdfium2 import PdfiumError

    whole = content(path, LIMIT)
    if isinstance(whole, Failure):
        yield whole
        return
    if not whole:
        yield Failure(str(path), "", "empty file")
        return
    try:
        pdf = _open(whole)
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        yield Failure(str(path), "", "encrypted with a password" if locked else "not a readable PDF")
        return
    try:
        yield from _records(path, whole, pdf)
    finally:
        pdf.close()


def _open(content: bytes) -> PdfDocument:
    """The file, which may be locked with an empty password. Raises PdfiumError."""
    from pypdfium2 import PdfDocument

    return PdfDocument(content)


def _records(path: Path, content: bytes, pdf: PdfDocument) -> Iterator[Record]:
    from pypdfium2 import PdfiumError

    count = len(pdf)
    length = 0
    failures: list[Failure] = []
    numbers: list[int] = []
    heights: list[float] = []
    pages: list[list[list[Line]]] = []
    if count > PAGES:
        failures.append(Failure(str(path), f"page {PAGES + 1}", f"the pages from here on are not read, of {count}"))
    for number in range(1, min(count, PAGES) + 1):
        try:
            lines, image, height = _page(pdf, number - 1)
        except Wrong as wrong:
            failures.append(Failure(str(path), f"page {number}", str(wrong)))
            continue
        except PdfiumError:
            failures.append(Failure(str(path), f"page {number}", "cannot be read"))
            continue
        length += sum(len(line.text) + 1 for way in lines for line in way)
        if length > CHARACTERS:
            yield Failure(str(path), "", f"more than {CHARACTERS} characters in one document")
            return
        if lines:
            numbers.append(number)
            heights.append(height)
            pages.append(lines)
        elif image:
            failures.append(Failure(str(path), f"page {number}", "an image without a text layer"))
    main = without_running([ways[0] for ways in pages], heights)
    ordered = [
        (number, [column for way in (lines, *ways[1:]) for column in columns(way)])
        for number, lines, ways in zip(numbers, main, pages, strict=True)
    ]
    made = paragraphs(ordered)
    sections = [Section(f"page {number}", joined(blocks)) for number, blocks in made if blocks]
    if sections:
        yield from failures
        headings = [block.text for _, blocks in made[:1] for block in blocks if block.kind == "heading"]
        yield _document(path, content, pdf, sections, headings)
    else:
        yield from _without_text(path, failures, count)


def _without_text(path: Path, failures: list[Failure], count: int) -> Iterator[Failure]:
    """What is told of a file of `count` pages in which no page gave text."""
    if crowded := [failure for failure in failures if failure.reason.startswith("more than")]:
        yield from crowded
    elif any(failure.reason == "cannot be read" for failure in failures) or not count:
        yield Failure(str(path), "", "no page can be read")
    else:
        yield Failure(str(path), "", "no text layer: its pages are images or empty")


def _page(pdf: PdfDocument, index: int) -> tuple[list[list[Line]], bool, float]:
    """The lines of a page, whether it holds an image, and its height. Raises PdfiumError and Wrong."""
    from pypdfium2 import raw

    page = pdf[index]
    try:
        text = page.get_textpage()
        try:
            if text.count_chars() > GLYPHS:
                raise Wrong(f"more than {GLYPHS} characters on one page")
            ways = [lines for lines in page_lines(text) if lines]
        finally:
            text.close()
        image = not ways and next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None
        return ways, image, page.get_height()
    finally:
        page.close()


def _document(path: Path, content: bytes, pdf: PdfDocument, sections: list[Section], headings: list[str]) -> Document:
    text = "\n".join(section.text for section in sections)
    return Document(
        id=hashed(content),
        title=_title(pdf, sections[0].text, headings) or Path(path.name.removesuffix(".gz")).stem,
        sections=tuple(sections),
        language=of_text(text),
        source="file",
    )


def _title(pdf: PdfDocument, first_page: str, headings: list[str]) -> str:
    """The title in the metadata, else the first heading, else the first line; none where they are long."""
    title = readable(pdf.get_metadata_value("Title") or "")
    if title and not _NO_TITLE.match(title):
        return title
    line = (headings or [first_page.partition("\n")[0]])[0].strip()
    return line if len(line) <= _TITLE_LENGTH else ""
