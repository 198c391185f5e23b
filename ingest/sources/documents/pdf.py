"""PDF with a text layer, through pypdf: one document a file, one section a page."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import MalformedFile
from ingest.model import Document, Failure, Record, Section
from ingest.sources.files.files import open_bytes, rest
from ingest.sources.ids import hashed
from text.language import of_text

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

LIMIT = 256 << 20
"""The largest file that is read, in bytes."""

_TITLE_LENGTH = 200
# A damaged file makes pypdf raise whatever its broken structure leads to, besides its own errors.
_BROKEN = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ArithmeticError, RecursionError,
    NotImplementedError, OSError, zlib.error, struct.error,
)  # fmt: skip
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def read(path: Path) -> Iterator[Record]:
    """The document of a file. A page that cannot be read, or is an image without text, is a Failure beside it.

    Raises UnreadableSource.
    """
    from pypdf.errors import PyPdfError

    # pypdf's warnings quote the file, and a log holds no patient's text.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with open_bytes(path) as file:
            content = file.read(LIMIT + 1)
    except MalformedFile as error:
        yield rest(error, "")
        return
    if len(content) > LIMIT:
        yield Failure(str(path), "", f"larger than {LIMIT} bytes")
        return
    if not content:
        yield Failure(str(path), "", "empty file")
        return
    try:
        reader = _open(content)
        if reader is None:
            yield Failure(str(path), "", "encrypted with a password")
            return
        count = len(reader.pages)
    except (PyPdfError, *_BROKEN) as error:
        yield Failure(str(path), "", f"not a readable PDF ({type(error).__name__})")
        return
    sections: list[Section] = []
    failures: list[Failure] = []
    for number in range(1, count + 1):
        try:
            page = reader.pages[number - 1]
            text = _clean(page.extract_text())
            image = not text and _has_image(page)
        except (PyPdfError, *_BROKEN) as error:
            failures.append(Failure(str(path), f"page {number}", f"cannot be read ({type(error).__name__})"))
            continue
        if text:
            sections.append(Section(f"page {number}", text))
        elif image:
            failures.append(Failure(str(path), f"page {number}", "an image without a text layer"))
    if sections:
        yield from failures
        yield _document(path, content, reader, sections)
    elif any(failure.reason.startswith("cannot") for failure in failures) or not count:
        yield Failure(str(path), "", "no page can be read")
    else:
        yield Failure(str(path), "", "no text layer: its pages are images or empty")


def _open(content: bytes) -> PdfReader | None:
    """A reader for the content; none if it wants a password. Many files are encrypted with an empty one."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(content), strict=False)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            return None
    except DependencyError:  # an encryption that needs another package
        return None
    return reader


def _document(path: Path, content: bytes, reader: PdfReader, sections: list[Section]) -> Document:
    text = "\n".join(section.text for section in sections)
    return Document(
        id=hashed(content),
        title=_title(reader, sections[0].text) or Path(path.name.removesuffix(".gz")).stem,
        sections=tuple(sections),
        language=of_text(text),
        source="file",
    )


def _title(reader: PdfReader, first_page: str) -> str:
    """The title in the metadata, else the first line if it is short."""
    from pypdf.errors import PyPdfError

    try:
        title = _clean(str((reader.metadata and reader.metadata.title) or "")).replace("\n", " ")
    except (PyPdfError, *_BROKEN):  # metadata that is damaged is as good as none
        title = ""
    line = first_page.partition("\n")[0].strip()
    return title or (line if len(line) <= _TITLE_LENGTH else "")


def _clean(text: str) -> str:
    """`text` without zeros, and with a replacement character for what is no character."""
    return _HALF_PAIR.sub("\ufffd", text.replace("\x00", "")).strip()


def _has_image(page: PageObject) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(one.get_object().get("/Subtype") == "/Image" for one in objects.get_object().values())
