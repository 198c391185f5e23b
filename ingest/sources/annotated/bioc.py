"""BioC documents with their annotations taken as they are given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.model import Annotation, Document, Failure, Record
from ingest.sources.annotated import given
from ingest.sources.annotated.bioc_form import Entry, Marked, entry, identifier, values
from ingest.sources.annotated.spelling import alike
from ingest.sources.documents.jats import licence
from ingest.sources.ids import identify
from ingest.sources.records import Wrong, to_the_break
from text.language import of_text

_EXTRACTOR = "bioc/2"


def read(path: Path) -> Iterator[Record]:
    """A Document a BioC document. Raises UnreadableSource."""
    yield from to_the_break(values(path), lambda value, number: document(value, str(path), number))


def document(value: Any, file: str, number: int) -> Document | Failure:
    """The Document that `value`, in the JSON form of BioC, holds, or the Failure that says what is wrong with it."""
    where = f"entry {number}"
    try:
        where = identify(identifier(value))
        return _document(entry(value), where)
    except Wrong as wrong:
        return Failure(file, where, str(wrong))


def _document(made: Entry, id: str) -> Document:
    if not made.sections:
        raise Wrong("no text")
    text = made.text
    annotations = [annotation for one in made.marked for annotation in _annotations(one, text)]
    annotations.sort(key=lambda a: (a.start, a.end, a.type, a.id))
    relations = [given.Given(one.kind, one.first, one.second, one.record) for one in made.related]
    year = str(made.infons.get("year", ""))
    return Document(
        id=id,
        title=made.sections[0].text if made.sections[0].name == "title" else "",
        sections=made.sections,
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        language=of_text(text),
        source={"PMID": "pubmed", "PMCID": "pmc"}.get(id.partition(":")[0], "file"),
        licence=licence(str(made.infons.get("license", ""))),
        url=_url(id),
        annotations=tuple(annotations),
        entities=given.entities(annotations),
        statements=given.statements(id, text, annotations, relations, _EXTRACTOR),
    )


def _annotations(one: Marked, text: str) -> list[Annotation]:
    low, high = one.within
    surface = text[one.start : one.end].strip() if low <= one.start < one.end <= high else ""
    if not surface or (one.surface and not alike(one.surface, surface)):
        raise Wrong(f"annotation {one.number} of a passage does not stand at its location")
    start = text.index(surface, one.start)  # blanks at its ends do not belong to a mention
    return given.mentioned(start, start + len(surface), surface, str(one.infons.get("type") or ""), one.identifier)


def _url(id: str) -> str:
    collection, _, number = id.partition(":")
    site = {"PMID": "https://pubmed.ncbi.nlm.nih.gov/", "PMCID": "https://pmc.ncbi.nlm.nih.gov/articles/"}
    return f"{site[collection]}{number}/" if collection in site else ""
