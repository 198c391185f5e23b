"""PubTator text as documents, with their annotations taken as they are given.

A document of which one line is wrong is reported as a whole, by that line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.model import Annotation, Document, Failure, Record, Section
from ingest.sources.annotated import given
from ingest.sources.annotated.pubtator_form import NEITHER, Blank, Line, Mentioned, Neither, Related, Text
from ingest.sources.annotated.pubtator_form import read as read_lines
from ingest.sources.annotated.spelling import alike
from ingest.sources.ids import identify
from text.language import of_text

_EXTRACTOR = "pubtator/2"


@dataclass(slots=True)
class _Entry:
    """A document being read. `wrong` says what is the matter with it, if anything is."""

    id: str
    texts: dict[str, str] = field(default_factory=dict)
    mentions: list[Mentioned] = field(default_factory=list)
    relations: list[given.Given] = field(default_factory=list)
    wrong: str = ""

    def fail(self, reason: str) -> None:
        """Keep the first thing that is wrong."""
        self.wrong = self.wrong or reason


def read(path: Path) -> Iterator[Record]:
    """The documents of a file with their annotations. Raises UnreadableSource."""
    entry: _Entry | None = None
    for line in read_lines(path):
        if isinstance(line, Failure):
            if line.record.startswith("line ") and entry is not None:
                entry.fail(f"{line.record}: {line.reason}")
                continue
            if entry is not None:
                yield Failure(str(path), identify(entry.id), "the file breaks off within it")
                entry = None
            yield line
            continue
        if entry is not None and _ends(entry, line):
            yield _document(entry, str(path))
            entry = None
        if isinstance(line, Blank):
            continue
        if entry is None:
            # A line without a tab names no document.
            entry = _Entry(line.name or f"line {line.number}")
        _add(entry, line)
    if entry is not None:
        yield _document(entry, str(path))


def _ends(entry: _Entry, line: Line) -> bool:
    return isinstance(line, Blank) or (isinstance(line, Text) and line.part == "t" and line.name != entry.id)


def _add(entry: _Entry, line: Text | Mentioned | Related | Neither) -> None:
    match line:
        case Text() if line.name != entry.id or line.part in entry.texts:
            entry.fail(f"line {line.number}: a second text, or one of another document")
        case Text():
            entry.texts[line.part] = line.text
        case _ if line.name != entry.id:
            entry.fail(f"line {line.number}: of another document")
        case Mentioned():
            entry.mentions.append(line)
        case Related():
            entry.relations.append(given.Given(line.kind, line.first, line.second, f"line {line.number}"))
        case Neither():
            entry.fail(f"line {line.number}: {NEITHER}")


def _document(entry: _Entry, file: str) -> Document | Failure:
    if entry.id.startswith("line "):
        return Failure(file, entry.id, NEITHER)
    id = identify(entry.id)
    if entry.wrong:
        return Failure(file, id, entry.wrong)
    title, abstract = entry.texts.get("t", ""), entry.texts.get("a", "")
    if not (title + abstract).strip():
        return Failure(file, id, "neither title nor abstract")
    # An empty title keeps its section: the offsets of the abstract begin after it.
    sections = (Section("title", title), Section("abstract", abstract)) if abstract else (Section("title", title),)
    text = "\n".join(section.text for section in sections)
    annotations: list[Annotation] = []
    for mention in entry.mentions:
        surface = text[mention.start : mention.end].strip()
        # Blanks at the ends of a mention are counted in more than one way; here they do not belong to it.
        if not surface or not alike(mention.surface.strip(), surface):
            return Failure(file, id, f"line {mention.number}: the mention does not stand at its offsets")
        start = text.index(surface, mention.start)
        annotations += given.mentioned(start, start + len(surface), surface, mention.type, mention.id)
    annotations.sort(key=lambda a: (a.start, a.end, a.type, a.id))
    pubmed = id.startswith("PMID:")
    return Document(
        id=id,
        title=title,
        sections=sections,
        language=of_text(text),
        source="pubmed" if pubmed else "file",
        url=f"https://pubmed.ncbi.nlm.nih.gov/{id[5:]}/" if pubmed else "",
        annotations=tuple(annotations),
        entities=given.entities(annotations),
        statements=given.statements(id, text, annotations, entry.relations, _EXTRACTOR),
    )
