"""DOCX (Office Open XML, ECMA-376): one document a file, with a section from each heading on.

Text that was inserted with changes tracked, or stands in a form's fields or a text box, is read; what was deleted, is
hidden or struck out, or stands in the head or foot of every page is not. Not through python-docx, which passes over
insertions and fields.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.errors import MalformedFile
from ingest.model import Document, Failure, Record, Section
from ingest.sources.documents.blocks import Block, joined, sections
from ingest.sources.documents.docx_text import Styles, blocks
from ingest.sources.files.files import content
from ingest.sources.files.markup import tree
from ingest.sources.ids import hashed
from ingest.sources.records import Wrong
from text.language import of_text

LIMIT = 64 << 20
"""The largest file that is read, in bytes, and the most that one part of it may unpack to."""

_MAIN = "word/document.xml"


def read(path: Path) -> Iterator[Record]:
    """The document of a file. Raises UnreadableSource."""
    whole = content(path, LIMIT)
    if isinstance(whole, Failure):
        yield whole
        return
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            document = _document(path, whole, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        yield Failure(str(path), "", "not a DOCX file, or one that is damaged or cut off")
    except RuntimeError:  # what zipfile raises for a password
        yield Failure(str(path), "", "encrypted with a password")
    except etree.XMLSyntaxError:
        yield Failure(str(path), "", "the XML within is broken")
    except MalformedFile as error:
        yield Failure(str(path), error.record, error.reason)
    else:
        yield document or Failure(str(path), "", "no text in the document")


def _document(path: Path, content: bytes, archive: zipfile.ZipFile) -> Document | None:
    body = _part(path, archive, _main(path, archive))
    if body is None:
        raise MalformedFile(str(path), _MAIN, "the part with the text is missing")
    styles = Styles(_part(path, archive, "word/styles.xml"))
    read_blocks = list(blocks(body, styles))
    notes = [
        block
        for name in ("word/footnotes.xml", "word/endnotes.xml")
        if (part := _part(path, archive, name)) is not None
        for block in blocks(part, styles)
    ]
    if not read_blocks and not notes:
        return None
    title = _title(_part(path, archive, "docProps/core.xml"), read_blocks)
    made = sections(read_blocks, title)
    if notes:
        made += (Section("notes", joined(notes)),)
    text = "\n".join(section.text for section in made)
    return Document(
        id=hashed(content),
        title=title or Path(path.name.removesuffix(".gz")).stem,
        sections=made,
        language=of_text(text),
        source="file",
    )


def _main(path: Path, archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the text."""
    relations = _part(path, archive, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if str(relation.get("Type") or "").endswith("/officeDocument"):
            return str(relation.get("Target") or _MAIN).lstrip("/")
    return _MAIN


def _part(path: Path, archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The root of a part; none where there is no such part. Raises MalformedFile where it is too large."""
    try:
        with archive.open(name) as file:
            # What a part says of its size may be wrong.
            content = file.read(LIMIT + 1)
    except KeyError:
        return None
    if len(content) > LIMIT:
        raise MalformedFile(str(path), name, f"unpacks to more than {LIMIT} bytes")
    try:
        return tree(content)
    except Wrong as wrong:
        raise MalformedFile(str(path), name, str(wrong)) from None


def _title(core: etree._Element | None, read_blocks: list[Block]) -> str:
    """The title in the text, else in the properties, else the first heading or line if it is short."""
    for block in read_blocks:
        if block.kind == "title":
            return block.text
    given = core.findtext("{*}title") if core is not None else None
    if given and given.strip():
        return " ".join(given.split())
    first = next(
        (block.text for block in read_blocks if block.kind == "heading"), read_blocks[0].text if read_blocks else ""
    )
    return first if len(first) <= 200 else ""
