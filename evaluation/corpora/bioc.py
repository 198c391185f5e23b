"""Annotations in BioC, XML and JSON, types and identifiers as they are written.

Offsets of the file are turned into those of the passages' texts joined by a line feed, passages of references left
out: so reads the reader of documents, and so count the offsets of what was found in them. A mention in several pieces
is taken from the first to the last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from evaluation.corpora.annotated import Draft
from ingest.errors import MalformedFile
from ingest.sources.files.files import open_text
from ingest.sources.files.markup import character, elements

_REFERENCES = ("ref", "reference", "references")
_PART = "IndividualMention"
_SAID = ("polarity", "certainty", "experiencer")


class _Wrong(ValueError):
    """What is wrong with a document, in words that hold nothing of it."""


def read(path: Path) -> Iterator[Draft]:
    """The documents in order. Raises UnreadableSource and MalformedFile."""
    with open_text(path) as file:
        start = file.read(1).strip() or file.readline().strip()[:1]
    for number, value in enumerate(_from_xml(path) if start == "<" else _from_json(path), 1):
        try:
            yield _draft(_object(value))
        except _Wrong as wrong:
            raise MalformedFile(str(path), f"entry {number}", str(wrong)) from None


def _from_json(path: Path) -> Iterator[Any]:
    with open_text(path) as file:
        text = file.read()
    try:
        values = [json.loads(text)]
    except RecursionError:
        raise MalformedFile(str(path), "", "JSON nested too deeply") from None
    except ValueError:  # perhaps a document a line
        try:
            values = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):  # its message quotes the file
            raise MalformedFile(str(path), "", "the JSON is broken or cut off") from None
    yield from _documents(values)


def _documents(value: Any) -> Iterator[Any]:
    """The documents in a document, a collection, or a list of either."""
    if isinstance(value, list):
        for one in value:
            yield from _documents(one)
    elif isinstance(value, dict) and (found := value.get("documents", value.get("PubTator3"))) is not None:
        yield from _documents(found)
    else:
        yield value


def _from_xml(path: Path) -> Iterator[Any]:
    for element in elements(path, ("document",)):
        yield {
            "id": _text(element.find("id")),
            "passages": [
                _piece(passage) | {"sentences": [_piece(sentence) for sentence in passage.iterfind("sentence")]}
                for passage in element.iterfind("passage")
            ],
            "relations": _relations(element),
        }


def _piece(element: etree._Element) -> dict[str, Any]:
    annotations = [
        {
            "id": one.get("id", ""),
            "infons": _infons(one),
            "text": _text(one.find("text")),
            "locations": [
                {key: _number(place.get(key, "")) for key in ("offset", "length")} for place in one.iterfind("location")
            ],
        }
        for one in element.iterfind("annotation")
    ]
    return {
        "offset": _number(_text(element.find("offset"))),
        "infons": _infons(element),
        "text": _text(element.find("text")),
        "annotations": annotations,
        "relations": _relations(element),
    }


def _relations(element: etree._Element) -> list[dict[str, Any]]:
    return [
        {"infons": _infons(one), "nodes": [{"refid": node.get("refid", "")} for node in one.iterfind("node")]}
        for one in element.iterfind("relation")
    ]


def _infons(element: etree._Element) -> dict[str, str]:
    return {infon.get("key", ""): _text(infon) for infon in element.iterfind("infon")}


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return (element.text or "") + "".join(
        character(e) + (e.tail or "") for e in element if isinstance(e, etree._Entity)
    )


def _number(text: str) -> int | None:
    return int(text) if text.strip().removeprefix("-").isdecimal() else None


def _draft(fields: dict[str, Any]) -> Draft:
    name = fields.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int) or not str(name).strip():
        raise _Wrong("a document without an id")
    draft = Draft(str(name))
    waiting: list[tuple[dict[str, Any], int]] = []
    texts: list[str] = []
    at = 0  # where the next passage begins
    for passage in _objects(fields, "passages"):
        infons = _object(passage.get("infons") or {})
        if any(str(infons.get(key) or "").lower() in _REFERENCES for key in ("section_type", "section", "type")):
            continue
        sentences = _objects(passage, "sentences")
        text = passage.get("text") or " ".join(s["text"] for s in sentences if isinstance(s.get("text"), str))
        if not isinstance(text, str):
            raise _Wrong("a text that is no string")
        inner = at
        for piece in (passage, *sentences):
            own = piece is passage or bool(passage.get("text"))
            offset = passage.get("offset") if own else piece.get("offset")
            annotations = _objects(piece, "annotations")
            if annotations and not _whole(offset):
                raise _Wrong("a passage with annotations and without an offset")
            waiting += [(one, (at if own else inner) - (offset or 0)) for one in annotations]
            if not own:
                inner += len(piece.get("text") or "") + 1
        if text:
            texts.append(text)
            at += len(text) + 1
    draft.text = "\n".join(texts)
    # BC5CDR marks the parts of a composite mention as well, on top of the mention; its PubTator form does not.
    waiting = [(one, shift) for one, shift in waiting if _object(one.get("infons") or {}).get("CompositeRole") != _PART]
    named = {str(one.get("id", "")): _annotate(draft, one, shift) for one, shift in waiting}
    for holder in (*_objects(fields, "passages"), fields):
        for one in _objects(holder, "relations"):
            _relate(draft, one, named)
    return draft


def _annotate(draft: Draft, one: dict[str, Any], shift: int) -> str:
    """Take an annotation and return its identifier as written."""
    infons = _object(one.get("infons") or {})
    places = _objects(one, "locations")
    if not places or not all(_whole(place.get("offset")) and _whole(place.get("length")) for place in places):
        raise _Wrong("an annotation without a location")
    start = min(place["offset"] for place in places) + shift
    end = max(place["offset"] + place["length"] for place in places) + shift
    id = _identifier(infons)
    surface = str(one.get("text") or "") if len(places) == 1 else ""
    said = [infons[key] if isinstance(infons.get(key), str) else None for key in _SAID]
    if wrong := draft.mark(start, end, str(infons.get("label") or infons.get("type") or ""), id, surface, said):
        raise _Wrong(wrong)
    return id


def _relate(draft: Draft, one: dict[str, Any], named: dict[str, str]) -> None:
    infons = _object(one.get("infons") or {})
    kind = str(infons.get("relation") or infons.get("type") or "")
    if infons.get("polarity") == "negated":
        return
    for keys in (("Chemical", "Disease"), ("entity1", "entity2"), ("role1", "role2")):
        sides = [infons.get(key) for key in keys]
        sides = [side.get("identifier") if isinstance(side, dict) else side for side in sides]
        if all(isinstance(side, str) and side for side in sides):
            break
    else:
        sides = [named.get(str(node.get("refid"))) for node in _objects(one, "nodes")]
    if kind and len(sides) == 2 and all(sides):
        draft.relate(kind, str(sides[0]), str(sides[1]))


def _identifier(infons: dict[str, Any]) -> str:
    """The identifier that an annotation's infons hold, under whichever of the keys in use."""
    for key, value in infons.items():
        word = key.lower()
        known = word in ("identifier", "normalized_id", "mesh", "omim") or word.startswith("ncbi")
        if known and value and isinstance(value, str | int):
            return str(value)
    return ""


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong("a value where an object is expected")
    return value


def _objects(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    values = holder.get(key) or []
    if not isinstance(values, list):
        raise _Wrong(f"{key} is no list")
    return [_object(value) for value in values]
