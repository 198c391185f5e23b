"""PubTator text: `ID|t|title`, `ID|a|abstract`, then a line a mention and a line a relation, tabs between.

    12345678|t|A title.
    12345678|a|An abstract.
    12345678	2	7	title	Disease	D000001
    12345678	CID	D000002	D000001

Offsets count in title and abstract joined by one character, which is how `Document.text` joins them. A document of
which one line is wrong is reported as a whole, by that line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.model import Annotation, Document, Failure, Record, Section
from ingest.sources.annotated import given
from ingest.sources.documents.jsonl import identify
from ingest.sources.files.files import lines
from text.language import of_text

_TEXT = re.compile(r"([^|\t]+)\|([ta])\|(.*)", re.DOTALL)
_EXTRACTOR = "pubtator/2"


@dataclass(slots=True)
class _Entry:
    """A document being read. `wrong` says what is the matter with it, if anything is."""

    id: str
    title: str | None = None
    abstract: str | None = None
    mentions: list[tuple[int, list[str]]] = field(default_factory=list)
    relations: list[given.Given] = field(default_factory=list)
    wrong: str = ""


def read(path: Path) -> Iterator[Record]:
    """The documents of a file with their annotations. Raises UnreadableSource."""
    entry: _Entry | None = None
    for item in lines(path):
        if isinstance(item, Failure):
            if item.record.startswith("line ") and entry is not None:
                entry.wrong = entry.wrong or f"{item.record}: {item.reason}"
            else:
                if entry is not None:
                    yield Failure(str(path), identify(entry.id), "the file breaks off within it")
                    entry = None
                yield item
            continue
        number, line = item
        if not line.strip():
            if entry is not None:
                yield _document(entry, str(path))
            entry = None
            continue
        text = _TEXT.fullmatch(line)
        if text and entry is not None and text[1] != entry.id and text[2] == "t":
            yield _document(entry, str(path))
            entry = None
        if entry is None:
            id = text[1] if text else line.split("\t", 1)[0]
            if not text and "\t" not in line:
                entry = _Entry(f"line {number}", wrong=f"line {number}: neither text, mention nor relation")
                continue
            entry = _Entry(id)
        if text:
            _add_text(entry, number, text)
        else:
            _add_row(entry, number, line.split("\t"))
    if entry is not None:
        yield _document(entry, str(path))


def _add_text(entry: _Entry, number: int, text: re.Match[str]) -> None:
    known = entry.title if text[2] == "t" else entry.abstract
    if text[1] != entry.id or known is not None:
        entry.wrong = entry.wrong or f"line {number}: a second text, or one of another document"
    elif text[2] == "t":
        entry.title = text[3]
    else:
        entry.abstract = text[3]


def _add_row(entry: _Entry, number: int, cells: list[str]) -> None:
    if cells[0] != entry.id:
        entry.wrong = entry.wrong or f"line {number}: of another document"
    elif len(cells) >= 5 and cells[1].isdecimal() and cells[2].isdecimal():
        entry.mentions.append((number, cells))
    elif len(cells) >= 4 and not cells[1].isdecimal():
        entry.relations.append(given.Given(cells[1], cells[2], cells[3], f"line {number}"))
    else:
        entry.wrong = entry.wrong or f"line {number}: neither text, mention nor relation"


def _document(entry: _Entry, file: str) -> Document | Failure:
    if entry.id.startswith("line "):
        return Failure(file, entry.id, "neither text, mention nor relation")
    id = identify(entry.id)
    if entry.wrong:
        return Failure(file, id, entry.wrong)
    title, abstract = entry.title or "", entry.abstract or ""
    if not (title + abstract).strip():
        return Failure(file, id, "neither title nor abstract")
    # An empty title keeps its section: the offsets of the abstract begin after it.
    sections = (Section("title", title), Section("abstract", abstract)) if abstract else (Section("title", title),)
    text = "\n".join(section.text for section in sections)
    found: list[Annotation] = []
    for number, cells in entry.mentions:
        start, end = int(cells[1]), int(cells[2])
        surface = text[start:end].strip()
        # Blanks at the ends of a mention are counted in more than one way; here they do not belong to it.
        if not surface or surface != cells[3].strip():
            return Failure(file, id, f"line {number}: the mention does not stand at its offsets")
        start = text.index(surface, start)
        end = start + len(surface)
        found += given.mentioned(start, end, surface, cells[4], cells[5] if len(cells) > 5 else "")
    found.sort(key=lambda a: (a.start, a.end, a.type, a.id))
    pubmed = id.startswith("PMID:")
    return Document(
        id=id,
        title=title,
        sections=sections,
        language=of_text(text),
        source="pubmed" if pubmed else "file",
        url=f"https://pubmed.ncbi.nlm.nih.gov/{id[5:]}/" if pubmed else "",
        annotations=tuple(found),
        entities=given.entities(found),
        statements=given.statements(id, text, found, entry.relations, _EXTRACTOR),
    )
