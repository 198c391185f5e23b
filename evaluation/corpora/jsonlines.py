"""Annotations in JSON lines: as `medgraph tag` writes them, and as the Chinese corpora are given.

    {"id": "7", "mentions": [{"start": 0, "end": 9, "type": "Chemical", "id": "D008687"}], "relations": [...]}
    {"text": "…", "mention_data": [{"mention": "…", "type": "disease", "offset": "11"}]}

A line without an `id` is named by its text. A relation that is negated states nothing and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.corpora.annotated import Draft, anonymous
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.files.files import lines
from ingest.sources.records import Wrong, objects, parsed, whole


def read(path: Path) -> Iterator[Draft]:
    """The documents in order. Raises UnreadableSource and MalformedFile."""
    for item in lines(path):
        if isinstance(item, Failure):
            raise MalformedFile(str(path), item.record, item.reason)
        number, line = item
        if not line.strip():
            continue
        try:
            yield _draft(parsed(line))
        except Wrong as wrong:
            raise MalformedFile(str(path), f"line {number}", str(wrong)) from None


def _draft(fields: dict[str, Any]) -> Draft:
    texts = [fields.get(key) for key in ("title", "abstract", "text")]
    text = "\n".join(part for part in texts if isinstance(part, str) and part.strip())
    draft = Draft(_name(fields, text), text)
    if "mentions" in fields:
        for one in objects(fields, "mentions"):
            surface = one.get("text")
            _mark(draft, one, one.get("start"), one.get("end"), surface if isinstance(surface, str) else "")
    elif "mention_data" in fields:
        for one in objects(fields, "mention_data"):
            _mark_surface(draft, one)
    else:
        raise Wrong("neither mentions nor mention_data")
    for one in objects(fields, "relations"):
        if one.get("polarity") != "negated":
            _relate(draft, one)
    return draft


def _name(fields: dict[str, Any], text: str) -> str:
    name = next((fields[key] for key in ("id", "pmid") if fields.get(key) not in (None, "")), None)
    if isinstance(name, bool) or not isinstance(name, str | int | None):
        raise Wrong("an id that is neither a string nor a whole number")
    if name is not None:
        return str(name)
    if not text:
        raise Wrong("a document with neither id nor text")
    return anonymous(fields["title"] if isinstance(fields.get("title"), str) else "", text)


def _mark_surface(draft: Draft, one: dict[str, Any]) -> None:
    """Take a mention of a Chinese corpus, which is given by its words and where they begin."""
    surface, start = one.get("mention"), one.get("offset")
    if not isinstance(surface, str):
        raise Wrong("a mention that is no string")
    start = int(start) if isinstance(start, str) and start.isdecimal() else start
    _mark(draft, one, start, start + len(surface) if isinstance(start, int) else None, surface)


def _mark(draft: Draft, one: dict[str, Any], start: Any, end: Any, surface: str) -> None:
    type = one.get("type") or one.get("label")
    id = one.get("id")
    if not whole(start) or not whole(end):
        raise Wrong("a mention without offsets")
    if not isinstance(type, str) or not isinstance(id, str | None):
        raise Wrong("a mention whose type or id is no string")
    context = [one.get(key) for key in ("polarity", "certainty", "experiencer")]
    words = [word if isinstance(word, str) else None for word in context]
    if wrong := draft.mark(start, end, type, id or "", surface, words):
        raise Wrong(wrong)


def _relate(draft: Draft, one: dict[str, Any]) -> None:
    kind = next((one[key] for key in ("label", "type", "predicate") if one.get(key)), "")
    first, second = one.get("subject"), one.get("object")
    if not (isinstance(kind, str) and isinstance(first, str) and isinstance(second, str)):
        raise Wrong("a relation without subject, predicate or object")
    draft.relate(kind, first, second)
