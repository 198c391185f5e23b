"""Annotations in JSON lines: as `medgraph tag` writes them, and as the Chinese corpora are given.

    {"id": "7", "mentions": [{"start": 0, "end": 9, "type": "Chemical", "id": "D008687"}], "relations": [...]}
    {"text": "…", "mention_data": [{"mention": "…", "type": "disease", "offset": "11"}]}

A line without an `id` is named by its text. A relation that is negated states nothing and is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.corpora.annotated import Draft, anonymous
from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.files.files import lines


class _Wrong(ValueError):
    """What is wrong with a line, in words that hold nothing of it."""


def read(path: Path) -> Iterator[Draft]:
    """The documents in order. Raises UnreadableSource and MalformedFile."""
    for item in lines(path):
        if isinstance(item, Failure):
            raise MalformedFile(str(path), item.record, item.reason)
        number, line = item
        if not line.strip():
            continue
        try:
            yield _draft(json.loads(line))
        except _Wrong as wrong:
            raise MalformedFile(str(path), f"line {number}", str(wrong)) from None
        except (ValueError, RecursionError):  # their messages quote the line
            raise MalformedFile(str(path), f"line {number}", "not JSON") from None


def _draft(record: Any) -> Draft:
    fields = _object(record)
    texts = [fields.get(key) for key in ("title", "abstract", "text")]
    text = "\n".join(part for part in texts if isinstance(part, str) and part.strip())
    name = next((fields[key] for key in ("id", "pmid") if fields.get(key) not in (None, "")), None)
    if isinstance(name, bool) or not isinstance(name, str | int | None):
        raise _Wrong("an id that is neither a string nor a whole number")
    if name is None:
        if not text:
            raise _Wrong("a document with neither id nor text")
        name = anonymous(fields["title"] if isinstance(fields.get("title"), str) else "", text)
    draft = Draft(str(name), text)
    if "mentions" in fields:
        for one in _objects(fields, "mentions"):
            surface = one.get("text")
            _mark(draft, one, one.get("start"), one.get("end"), surface if isinstance(surface, str) else "")
    elif "mention_data" in fields:
        for one in _objects(fields, "mention_data"):
            surface, start = one.get("mention"), one.get("offset")
            if not isinstance(surface, str):
                raise _Wrong("a mention that is no string")
            start = int(start) if isinstance(start, str) and start.isdecimal() else start
            _mark(draft, one, start, start + len(surface) if isinstance(start, int) else None, surface)
    else:
        raise _Wrong("neither mentions nor mention_data")
    for one in _objects(fields, "relations"):
        if one.get("polarity") == "negated":
            continue
        kind = next((one[key] for key in ("label", "type", "predicate") if one.get(key)), "")
        sides = one.get("subject"), one.get("object")
        if not (isinstance(kind, str) and isinstance(sides[0], str) and isinstance(sides[1], str)):
            raise _Wrong("a relation without subject, predicate or object")
        draft.relate(kind, sides[0], sides[1])
    return draft


def _mark(draft: Draft, one: dict[str, Any], start: Any, end: Any, surface: str) -> None:
    type = one.get("type") or one.get("label")
    id = one.get("id")
    if not all(isinstance(at, int) and not isinstance(at, bool) for at in (start, end)):
        raise _Wrong("a mention without offsets")
    if not isinstance(type, str) or not isinstance(id, str | None):
        raise _Wrong("a mention whose type or id is no string")
    said = [one.get(key) for key in ("polarity", "certainty", "experiencer")]
    if wrong := draft.mark(start, end, type, id or "", surface, [s if isinstance(s, str) else None for s in said]):
        raise _Wrong(wrong)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong("a value where an object is expected")
    return value


def _objects(fields: dict[str, Any], key: str) -> list[dict[str, Any]]:
    values = fields.get(key) or []
    if not isinstance(values, list):
        raise _Wrong(f"{key} is no list")
    return [_object(value) for value in values]
