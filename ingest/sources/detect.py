"""Which reader a file needs: told by its content, then by its name. The doors of this room.

`documents` reads literature and patients' files, `curated` ontologies and curated graphs; both account for a file
that holds nothing with a Failure, and for whatever a reader could not finish.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph.model import Source
from ingest.errors import MalformedFile, UnreadableSource
from ingest.sources.curated.formats import FORMATS as curated_formats
from ingest.sources.curated.formats import by_columns, by_shape, reader
from ingest.sources.files.archive import is_archive
from ingest.sources.files.files import open_bytes, rest
from ingest.sources.files.limits import within
from ingest.sources.links import linked
from ingest.sources.resembling import resembling
from ingest.sources.versions import hinted

if TYPE_CHECKING:
    from ingest.model import CuratedRecord, Failure, Record
    from ingest.sources.fhir.deidentify import Salt

DOCUMENT_FORMATS = (
    "medline",
    "jats",
    "jsonl",
    "text",
    "markdown",
    "html",
    "pdf",
    "docx",
    "pubtator",
    "bioc",
    "fhir",
    "medquad",
)
CURATED_FORMATS = tuple(curated_formats)
FORMATS = DOCUMENT_FORMATS + CURATED_FORMATS

R = TypeVar("R")

_HEAD = 1 << 16
_SUFFIXES = {
    ".nxml": "jats", ".jsonl": "jsonl", ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
    ".pubtator": "pubtator", ".obo": "obo", ".hpoa": "hpoa",
}  # fmt: skip
_ROOTS = {
    "PubmedArticleSet": "medline", "PubmedArticle": "medline", "PubmedBookArticleSet": "medline",
    "PubmedBookArticle": "medline", "MedlineCitationSet": "medline", "MedlineCitation": "medline",
    "DeleteCitation": "medline", "article": "jats", "articles": "jats", "pmc-articleset": "jats", "OAI-PMH": "jats",
    "collection": "bioc", "Document": "medquad", "ICD10CM.tabular": "icd10cm", "tryton": "who",
}  # fmt: skip
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|table|ul|ol|span|article|section|main|br|b|i|em|strong|a)"
    r"[\s/>]",
    re.IGNORECASE,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
# None holds the beginning of another: so each is looked through once, also where none ends.
_NO_ELEMENT = re.compile(
    r"<\?(?:(?!<\?).)*?\?>|<!--(?:(?!<!--).)*?-->|<!DOCTYPE[^\[>]*+(\[(?:(?!<!DOCTYPE).)*?\]\s*+)?>", re.DOTALL
)
_PUBTATOR = re.compile(r"\S+\|t\|", re.ASCII)
_KEYS = re.compile(r'"(id|pmid|title|abstract|text)"\s*:')
_OBO = re.compile(r"(!.*\n)*(format-version:|\[Term\])")
_NEO4J_COLUMN = re.compile(r"[\w.-]*:(ID|START_ID)\(\w+\)")


def detect(path: Path) -> str:
    """The format of a file, one of `FORMATS`. Raises UnreadableSource, with two it resembles, where none fits."""
    head = _head(path)
    suffix = Path(path.name.removesuffix(".gz").removesuffix(".GZ")).suffix.lower()
    if head.startswith(_OLE):
        raise UnreadableSource(f"{path}: an old Office file (.doc), or one locked with a password; only .docx is read")
    format = _by_content(head, suffix) or _SUFFIXES.get(suffix, "")
    if not format and not suffix and head.strip() and b"\x00" not in head:
        format = "text"
    if not format:
        raise UnreadableSource(f"{path}: no known format; it looks most like {resembling(_text(head))}")
    return format


def documents(path: Path, format: str | None = None, *, salt: Salt | None = None) -> Iterator[Record]:
    """The records of a file of literature or of patients, read as `format` or as what it is.

    `salt` gives the secret of patients' pseudonyms. Raises UnreadableSource for a path that is missing or unreadable, a
    format that is unknown, or one of curated knowledge, and for a file of patients where there is no salt.
    """
    from ingest.model import Failure

    if format is not None and format not in DOCUMENT_FORMATS:
        raise UnreadableSource(_not_for("documents", format))
    if not _head(path):
        yield Failure(str(path), "", "empty file")
        return
    format = format or detect(path)
    if format not in DOCUMENT_FORMATS:
        raise UnreadableSource(f"{path}: {_not_for('documents', format)}")
    read = _document_reader(format, salt)
    # Of patients' files the reader itself says that they hold nothing.
    for record in read(path) if format == "fhir" else _accounted(path, read):
        yield from linked(within(record, str(path)), str(path))


def curated(path: Path, format: str | None = None) -> Iterator[CuratedRecord]:
    """The records of a file of curated knowledge, read as `format` or as what it is. Raises as `documents` does.

    With the format `hetionet`, `path` may be its folder.
    """
    from ingest.model import Failure

    if format is not None and format not in CURATED_FORMATS:
        raise UnreadableSource(_not_for("curated knowledge", format))
    if format == "hetionet" and path.is_dir():
        yield from _accounted(path, reader(format))
        return
    if not _head(path):
        yield Failure(str(path), "", "empty file")
        return
    format = format or detect(path)
    if format not in CURATED_FORMATS:
        raise UnreadableSource(f"{path}: {_not_for('curated knowledge', format)}")
    for record in _accounted(path, reader(format)):
        # What was exported from a graph names its sources with their releases itself.
        if isinstance(record, Source) and not record.version and format not in ("kgx-edges", "kgx-nodes", "obographs"):
            yield replace(record, version=hinted(path))
        else:
            yield record


def _accounted(path: Path, read: Callable[[Path], Iterator[R]]) -> Iterator[R | Failure]:
    from ingest.model import Failure

    count = 0
    try:
        for record in read(path):
            count += 1
            yield record
    except MalformedFile as error:
        yield rest(error, f"entry {count}" if count else "")
        return
    if not count:
        yield Failure(str(path), "", "no record in the file")


def _document_reader(format: str, salt: Salt | None) -> Callable[[Path], Iterator[Record]]:
    # The readers are imported here so that asking for one format does not load the libraries of all.
    match format:
        case "medline":
            from ingest.sources.documents import medline

            return medline.read
        case "jats":
            from ingest.sources.documents import jats

            return jats.read
        case "jsonl":
            from ingest.sources.documents import jsonl

            return jsonl.read
        case "text":
            from ingest.sources.documents import text

            return text.read
        case "markdown":
            from ingest.sources.documents import text

            return text.read_markdown
        case "html":
            from ingest.sources.documents import html

            return html.read
        case "docx":
            from ingest.sources.documents import docx

            return docx.read
        case "pdf":
            from ingest.sources.documents import pdf

            return pdf.read
        case "pubtator":
            from ingest.sources.annotated import pubtator

            return pubtator.read
        case "bioc":
            from ingest.sources.annotated import bioc

            return bioc.read
        case "medquad":
            from ingest.sources.documents import medquad

            return medquad.read
        case "fhir":
            from ingest.sources.fhir import bundles

            if salt is None:
                raise UnreadableSource("patients' files are read with a salt for their pseudonyms, and none was given")
            return partial(bundles.read, salt=salt())
        case _:
            raise UnreadableSource(_not_for("documents", format))


def _not_for(what: str, format: str) -> str:
    if format in FORMATS:
        door = "ingest" if format in DOCUMENT_FORMATS else "load"
        return f"{format} is no format of {what}; `medgraph {door}` reads it"
    return f"unknown format {format!r}; known: {', '.join(FORMATS)}"


def _head(path: Path) -> bytes:
    """The first 64 KiB, or what of them is readable."""
    head = b""
    with open_bytes(path) as file:
        try:
            while len(head) < _HEAD and (chunk := file.read1(_HEAD - len(head))):
                head += chunk
        except MalformedFile:
            # The reader meets it too and says so; here it only matters that the file is not empty.
            return head or b"\x00"
    return head


def _text(head: bytes) -> str:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return head.decode(encoding, "replace")


def _by_content(head: bytes, suffix: str) -> str:
    if head.lstrip()[:5] == b"%PDF-" or b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        if suffix == ".xlsx" or b"xl/" in head:
            return "ema"
        return "docx" if suffix == ".docx" or b"word/" in head else ""
    if is_archive(head):
        return _archive(head)
    text = _text(head).lstrip()
    if text.startswith("<"):
        return _xml(text) or _html(text, suffix)
    if suffix in (".md", ".markdown"):  # which may begin with metadata in JSON
        return ""
    if format := by_shape(text):
        return format
    if text.startswith(("{", "[")) and (format := _json(text, suffix)):
        return format
    if suffix == ".ndjson" and '"resourceType"' in text:  # whose first line is broken
        return "fhir"
    if _PUBTATOR.match(text):
        return "pubtator"
    if _OBO.match(text):
        return "obo"
    return _table(text)


def _archive(head: bytes) -> str:
    """The format of the first file in a tar archive that tells it."""
    for piece in _text(head).split("\x00"):
        if format := _xml(piece) if piece.startswith("<?xml") else by_shape(piece):
            return format
    return ""


def _table(text: str) -> str:
    lines = text.split("\n")
    header = next((line for line in lines if not line.startswith("#")), "").rstrip("\r")
    columns = header.split("\t") if "\t" in header else header.split(",")
    if _NEO4J_COLUMN.fullmatch(columns[0]):
        return "hetionet"
    # Older HPO files have the header in a comment.
    commented = {cell for line in lines if line.startswith("#") for cell in line.strip("#\r").split("\t")}
    if {"DatabaseID", "DiseaseName"} <= commented:
        return "hpoa"
    return by_columns({column.strip() for column in columns})


def _xml(text: str) -> str:
    root = _ROOT.search(_NO_ELEMENT.sub("", text))
    return _ROOTS.get(root[1], "") if root else ""


def _html(text: str, suffix: str) -> str:
    return "html" if suffix not in (".md", ".markdown") and _HTML.match(_NO_ELEMENT.sub("", text).lstrip()) else ""


def _json(text: str, suffix: str) -> str:
    if '"resourceType"' in text:
        return "fhir"
    if '"passages"' in text and ('"infons"' in text or '"documents"' in text):
        return "bioc"
    first = text.split("\n", 1)[0]
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    if "\n" not in text:  # one object alone, or a first line longer than what was read
        return "jsonl" if first.startswith("{") and _KEYS.search(first) else ""
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return ""
    return "jsonl" if isinstance(record, dict) and _KEYS.search(first) else ""
