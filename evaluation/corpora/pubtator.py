"""Annotations in PubTator text, types and identifiers as they are written. Text may be missing: offsets suffice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.corpora.annotated import Draft
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.annotated.pubtator_form import NEITHER, Blank, Mentioned, Neither, Related, Text
from ingest.sources.annotated.pubtator_form import read as read_lines


@dataclass(slots=True)
class _Entry:
    """A document whose text may come after its annotations."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    rows: list[Mentioned | Related] = field(default_factory=list)


def read(path: Path) -> Iterator[Draft]:
    """The documents in order. Raises UnreadableSource and MalformedFile."""
    entry: _Entry | None = None
    for line in read_lines(path):
        if isinstance(line, Failure):
            raise MalformedFile(str(path), line.record, line.reason)
        if isinstance(line, Neither):
            raise MalformedFile(str(path), f"line {line.number}", NEITHER)
        if entry is not None and (isinstance(line, Blank) or line.name != entry.name):
            yield _draft(path, entry)
            entry = None
        if isinstance(line, Blank):
            continue
        if entry is None:
            entry = _Entry(line.name)
        if not isinstance(line, Text):
            entry.rows.append(line)
        elif line.part in entry.texts:
            raise MalformedFile(str(path), f"line {line.number}", "a second text of one document")
        else:
            entry.texts[line.part] = line.text
    if entry is not None:
        yield _draft(path, entry)


def _draft(path: Path, entry: _Entry) -> Draft:
    draft = Draft(entry.name)
    if entry.texts:
        draft.text = f"{entry.texts.get('t', '')}\n{entry.texts.get('a', '')}"
    for row in entry.rows:
        if isinstance(row, Related):
            draft.relate(row.kind, row.first, row.second)
        elif wrong := draft.mark(row.start, row.end, row.type, row.id, row.surface):
            raise MalformedFile(str(path), f"line {row.number}", wrong)
    return draft
