"""Annotated documents, read from a file of gold annotations or of what a program found.

Formats: PubTator text, BioC (XML or JSON), JSON lines (`{"id", "mentions", "relations"}` as `medgraph tag` writes them,
or `{"text", "mention_data"}` of the Chinese corpora), and a line a token with its BIO label. A figure over half a file
would be wrong in silence: whatever cannot be read stops the reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.corpora import bio, bioc, jsonlines, pubtator
from evaluation.corpora.annotated import Annotated, Draft
from evaluation.corpora.identifiers import document
from ingest.errors import MalformedFile, UnreadableSource
from ingest.sources.files.files import open_bytes

FORMATS = ("pubtator", "bioc", "jsonl", "bio")

_HEAD = 1 << 16
_PUBTATOR = re.compile(r"[^|\t\n]+(\|[ta]\||\t\d+\t\d+\t)")
_BIO = re.compile(r"[^\n]*[ \t](O|[BIESMLU][-_][^\s]+)[ \t\r]*(\n|$)")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a file by an id that does not depend on the format."""

    path: str
    format: str
    documents: dict[str, Annotated]
    misplaced: tuple[str, ...] = ()
    """Names of documents in which an annotation quotes other words than stand at its offsets, once for each."""

    def types(self) -> tuple[str, ...]:
        return tuple(sorted({mark.type for document in self.documents.values() for mark in document.marks}))


def read(path: Path, format: str | None = None) -> Corpus:
    """The documents of a file, read as `format` (one of `FORMATS`) or as what it is.

    A second document of the same id is one of its own, and the second on the other side is compared with it.
    Raises UnreadableSource, and MalformedFile for the first record that cannot be read.
    """
    format = format or detect(path)
    documents: dict[str, Annotated] = {}
    misplaced: list[str] = []
    seen: Counter[str] = Counter()
    for draft in _reader(format, path):
        id = document(draft.name)
        seen[id] += 1
        documents[id if seen[id] == 1 else f"{id} ({seen[id]})"] = draft.done()
        misplaced += [draft.name] * draft.misplaced
    if not documents:
        raise MalformedFile(str(path), "", f"no document in it (read as {format})")
    return Corpus(str(path), format, documents, tuple(misplaced))


def detect(path: Path) -> str:
    """The format of a file, one of `FORMATS`, told by its content. Raises UnreadableSource where none fits."""
    head = b""
    with open_bytes(path) as file:
        while len(head) < _HEAD and (chunk := file.read1(_HEAD - len(head))):
            head += chunk
    if not head.strip():
        raise MalformedFile(str(path), "", "empty file")
    text = head.decode("utf-8-sig", "replace").lstrip()
    if text.startswith("<"):
        return "bioc"
    if text.startswith(("{", "[")) and not _BIO.match(text):
        return "bioc" if '"passages"' in text or '"documents"' in text else "jsonl"
    if _PUBTATOR.match(text):
        return "pubtator"
    if _BIO.match(text):
        return "bio"
    raise UnreadableSource(f"{path}: no format with annotations; known: {', '.join(FORMATS)}")


def _reader(format: str, path: Path) -> Iterator[Draft]:
    match format:
        case "pubtator":
            return pubtator.read(path)
        case "bioc":
            return bioc.read(path)
        case "jsonl":
            return jsonlines.read(path)
        case "bio":
            return bio.read(path)
        case _:
            raise UnreadableSource(f"unknown format {format!r} of annotations; known: {', '.join(FORMATS)}")
