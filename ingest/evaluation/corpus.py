"""Annotated documents, read from a file of gold annotations or of what a program found.

Formats: PubTator text, BioC (XML or JSON), JSON lines (`{"id", "mentions", "relations"}` as `medgraph tag` writes them,
or `{"text", "mention_data"}` of the Chinese corpora), and a line a token with its BIO label. A figure over half a file
would be wrong in silence: whatever cannot be read stops the reading.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ingest.errors import MalformedFile, UnreadableSource
from ingest.evaluation.vocabulary import document, identifiers, kind
from ingest.sources.files import open_bytes

FORMATS = ("pubtator", "bioc", "jsonl", "bio")

_HEAD = 1 << 16
_PUBTATOR = re.compile(r"[^|\t\n]+(\|[ta]\||\t\d+\t\d+\t)")
_BIO = re.compile(r"[^\n]*[ \t](O|[BIESMLU][-_][^\s]+)[ \t\r]*(\n|$)")

Side = Literal["gold", "pred"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention as annotated. `ids` is empty where it has none, and holds several for a composite mention."""

    start: int
    end: int
    type: str
    ids: frozenset[str] = frozenset()
    polarity: str | None = None
    certainty: str | None = None
    experiencer: str | None = None

    @property
    def span(self) -> tuple[int, int, str]:
        return self.start, self.end, self.type


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A relation at document level: two identifiers in order of the alphabet, for who reads a pair has no side."""

    first: str
    second: str
    kind: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its annotations. Marks come in order, none twice at one place with one type."""

    name: str
    """What the file calls it."""
    text: str
    """Empty where the file does not hold it."""
    marks: tuple[Mark, ...]
    pairs: frozenset[Pair] = frozenset()


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


@dataclass(slots=True)
class Draft:
    """A document that a reader is filling."""

    name: str
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    pairs: set[Pair] = field(default_factory=set)
    misplaced: int = 0

    def mark(self, start: int, end: int, type: str, id: str, surface: str = "", said: Iterable[str | None] = ()) -> str:
        """Take a mention; what is wrong with it, or an empty string. Blanks at its ends do not belong to it."""
        if not 0 <= start < end or (self.text and end > len(self.text)):
            return "a mention whose offsets lie outside the text"
        if not type.strip():
            return "a mention without a type"
        if self.text:
            there = self.text[start:end]
            if surface.strip() and there.strip() != surface.strip():
                self.misplaced += 1
            if there.strip():
                start, end = start + len(there) - len(there.lstrip()), end - len(there) + len(there.rstrip())
        type = kind(type)
        self.marks.append(Mark(start, end, type, identifiers(id, type), *said))
        return ""

    def relate(self, kind: str, first: str, second: str) -> None:
        """Take a relation, or one for each two identifiers where those are composite."""
        for one in identifiers(first):
            for other in identifiers(second):
                self.pairs.add(Pair(min(one, other), max(one, other), kind))

    def done(self) -> Annotated:
        merged: dict[tuple[int, int, str], Mark] = {}
        for mark in self.marks:
            known = merged.get(mark.span)
            ids = mark.ids | known.ids if known else mark.ids
            first = known or mark
            said = (first.polarity, first.certainty, first.experiencer)
            merged[mark.span] = Mark(mark.start, mark.end, mark.type, ids, *said)
        return Annotated(self.name, self.text, tuple(merged[span] for span in sorted(merged)), frozenset(self.pairs))


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


def anonymous(title: str, text: str) -> str:
    """The name of a document that its file does not name: by its text, as the reader of JSON lines does it."""
    return "sha256:" + hashlib.sha256(f"{title}\x00{text}".encode()).hexdigest()[:32]


def _reader(format: str, path: Path) -> Iterator[Draft]:
    match format:
        case "pubtator":
            from ingest.evaluation import pubtator

            return pubtator.read(path)
        case "bioc":
            from ingest.evaluation import bioc

            return bioc.read(path)
        case "jsonl":
            from ingest.evaluation import jsonlines

            return jsonlines.read(path)
        case "bio":
            from ingest.evaluation import bio

            return bio.read(path)
        case _:
            raise UnreadableSource(f"unknown format {format!r} of annotations; known: {', '.join(FORMATS)}")
