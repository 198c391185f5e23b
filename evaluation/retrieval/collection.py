"""Test collections in the layout of BEIR (Thakur et al. 2021, https://arxiv.org/abs/2104.08663).

    corpus.jsonl   {"_id": "4983", "title": "…", "text": "…"}
    queries.jsonl  {"_id": "1", "text": "…"}
    qrels.tsv      query-id, corpus-id, score, with or without a line of headings; or TREC's four columns

Each may be gzip. Other keys are passed over. A line that is not so raises MalformedFile, which names file and line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import MalformedFile
from ingest.model import Document, Failure, Section
from ingest.sources.files.files import lines
from ingest.sources.records import Wrong, parsed
from text.language import of_text

Judgements = dict[str, dict[str, int]]
"""By query id and document id; above 0 is relevant."""

SOURCE = "collection"
"""What the documents are of."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a reading of all documents came to. `hash` (32 hex digits) is over their ids, titles and texts."""

    hash: str
    ids: frozenset[str]
    empty: int
    """Documents with neither title nor text: they can never be found."""
    repeated: int
    """Lines that bear the id of an earlier one: the first counts."""


def survey(path: Path) -> Corpus:
    """Read all documents once. Raises UnreadableSource, and MalformedFile for the first line that holds none."""
    digest = hashlib.blake2b(digest_size=16)
    ids: set[str] = set()
    empty = repeated = 0
    for document in _documents(path):
        if document.id in ids:
            repeated += 1
            continue
        ids.add(document.id)
        empty += not document.text
        digest.update(f"{document.id}\x1f{document.title}\x1f{document.text}\x1e".encode())
    if not ids:
        raise MalformedFile(str(path), "", "holds no document")
    return Corpus(digest.hexdigest(), frozenset(ids), empty, repeated)


def documents(path: Path) -> Iterator[Document]:
    """The documents in order, without those that are empty or bear an earlier one's id. Raises as `survey` does."""
    met: set[str] = set()
    for document in _documents(path):
        if document.id not in met:
            met.add(document.id)
            if document.text:
                yield document


def queries(path: Path) -> dict[str, str]:
    """The queries by id, in order. Raises UnreadableSource and MalformedFile."""
    asked: dict[str, str] = {}
    for number, record in _records(path):
        try:
            id, text = _id(record), _text(record, "text")
            if id in asked:
                raise Wrong("an id that an earlier query bears")
        except Wrong as wrong:
            raise MalformedFile(str(path), f"line {number}", str(wrong)) from None
        asked[id] = text
    if not asked:
        raise MalformedFile(str(path), "", "holds no query")
    return asked


def judgements(path: Path) -> Judgements:
    """The judgements; of a pair judged twice the last counts. Raises UnreadableSource and MalformedFile."""
    judged: Judgements = {}
    for at, (number, line) in enumerate(_lines(path)):
        try:
            query, document, score = _judgement(line)
        except Wrong as wrong:
            if at == 0 and _is_heading(line):
                continue
            raise MalformedFile(str(path), f"line {number}", str(wrong)) from None
        judged.setdefault(query, {})[document] = score
    if not judged:
        raise MalformedFile(str(path), "", "holds no judgement")
    return judged


def _documents(path: Path) -> Iterator[Document]:
    for number, record in _records(path):
        try:
            yield _document(record)
        except Wrong as wrong:
            raise MalformedFile(str(path), f"line {number}", str(wrong)) from None


def _document(record: dict[str, Any]) -> Document:
    title, text = _text(record, "title"), _text(record, "text")
    parts = (Section("title", title), Section("text", text))
    sections = tuple(part for part in parts if part.text.strip())
    return Document(_id(record), title.strip(), sections, language=of_text(f"{title}\n{text}"), source=SOURCE)


def _id(record: dict[str, Any]) -> str:
    id = record.get("_id", record.get("id"))
    if isinstance(id, bool) or not isinstance(id, str | int):
        raise Wrong("no _id that is a string or a whole number")
    if not str(id).strip():
        raise Wrong("an _id that is empty")
    return _written(str(id).strip())


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Wrong(f"{key} is no string")
    return _written(value)


def _written(text: str) -> str:
    """`text` with `?` for half characters (lone surrogates), which no file can hold."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def _judgement(line: str) -> tuple[str, str, int]:
    fields = [field.strip() for field in line.split("\t")] if "\t" in line else line.split()
    if len(fields) == 4:
        fields = [fields[0], *fields[2:]]
    if len(fields) != 3 or not all(fields):
        raise Wrong("neither query-id, corpus-id and score nor the four columns of TREC")
    try:
        score = float(fields[2])
    except ValueError:
        raise Wrong("a score that is no number") from None
    if not score.is_integer():
        raise Wrong("a score that is no whole number")
    return fields[0], fields[1], int(score)


def _is_heading(line: str) -> bool:
    """Whether the line names columns: its last word begins with a letter."""
    words = line.split()
    return len(words) in (3, 4) and words[-1][0].isalpha()


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in _lines(path):
        try:
            yield number, parsed(line)
        except Wrong as wrong:
            raise MalformedFile(str(path), f"line {number}", str(wrong)) from None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for item in lines(path):
        if isinstance(item, Failure):
            raise MalformedFile(str(path), item.record, item.reason)
        if item[1].strip():
            yield item
