"""Annotated corpora as a trainer needs them: texts, typed spans, and which types the corpus annotates at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import MalformedFile
from ingest.model import Document, Failure
from ingest.reading.recognition.recognizer import Span
from ingest.sources.annotated import pubtator

_LABELS = {
    "Drug": "Chemical", "Disease": "Disease", "Gene": "Gene", "Variant": "Variant", "Organism": "Species",
    "CellLine": "CellLine",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its spans, in order and without overlap. `types` are those whose absence means something here."""

    id: str
    text: str
    spans: tuple[Span, ...]
    types: frozenset[str]


def annotated(path: Path) -> list[Example]:
    """The documents of a PubTator file. The types that the file annotates are those that occur in it.

    Raises UnreadableSource for a missing file, and MalformedFile where any of it cannot be read.
    """
    documents = []
    for record in pubtator.read(path):
        if isinstance(record, Failure):
            raise MalformedFile(record.file, record.record, record.reason)
        if isinstance(record, Document):
            documents.append(record)
    marked = [(document, spans(document)) for document in documents]
    types = frozenset(span.label for _, inside in marked for span in inside)
    return [Example(document.id, document.text, tuple(inside), types) for document, inside in marked]


def spans(document: Document) -> list[Span]:
    """The spans that a document brings; of overlapping ones the longest."""
    chosen: list[Span] = []
    given = {(a.start, a.end): _LABELS.get(a.type, a.type) for a in document.annotations}
    for (start, end), label in sorted(given.items(), key=lambda item: (item[0][0] - item[0][1], item[0])):
        if all(end <= other.start or other.end <= start for other in chosen):
            chosen.append(Span(start, end, label, 1.0))
    return sorted(chosen, key=lambda span: span.start)
