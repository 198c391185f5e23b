"""BioC (http://bioc.sourceforge.net), XML and JSON: passages with annotations, taken as they are given.

Offsets there count from the start of the source document; here they are turned into offsets of `Document.text`. A
mention in several pieces is taken from the first to the last. Passages of references are left out, as in JATS. JSON
may be a collection, an array of collections or documents, one document a line, or PubTator's export.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from ingest.errors import MalformedFile
from ingest.model import Record
from ingest.sources.annotated.bioc_document import document
from ingest.sources.files.files import open_bytes, rest
from ingest.sources.files.markup import RECORD_LIMIT, character, elements

_HEAD = 1 << 16


def read(path: Path) -> Iterator[Record]:
    """A Document a BioC document. Raises UnreadableSource."""
    entry = 0
    try:
        for value in _from_json(path) if _is_json(path) else _from_xml(path):
            entry += 1
            yield document(value, str(path), entry)
    except MalformedFile as error:
        yield rest(error, f"entry {entry}" if entry else "")


def _is_json(path: Path) -> bool:
    try:
        with open_bytes(path) as file:
            return file.read1(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")
    except MalformedFile:
        return False


def _from_json(path: Path) -> Iterator[Any]:
    import ijson

    with open_bytes(path) as file:
        if file.peek(3).startswith(codecs.BOM_UTF8):
            file.read(3)
        prefix = _prefix(file.peek(_HEAD)[:_HEAD].decode("utf-8", "replace"))
        bounded = _Bounded(path, file)
        try:
            for value in ijson.items(bounded, prefix, multiple_values=True, use_float=True):
                bounded.since = 0
                yield value
        except ijson.JSONError:
            # Its message quotes the file.
            raise MalformedFile(str(path), "", "the JSON is broken or cut off") from None
        except UnicodeDecodeError:
            raise MalformedFile(str(path), "", "the JSON is not UTF-8") from None


def _prefix(head: str) -> str:
    """Where in the file its documents are, in the words of ijson."""
    positions = {key: found.start() for key in ("documents", "passages", "PubTator3") if (found := _key(key, head))}
    first = min(positions, key=lambda key: positions[key], default="passages")
    path = {"documents": "documents.item", "passages": "", "PubTator3": "PubTator3.item"}[first]
    return ".".join(part for part in ("item" if head.lstrip().startswith("[") else "", path) if part)


def _key(key: str, head: str) -> re.Match[str] | None:
    return re.search(rf'"{key}"\s*:', head)


class _Bounded:
    """Gives a parser what can be read at once, and stops at a document that is too long to be one."""

    def __init__(self, path: Path, file: io.BufferedReader) -> None:
        self._path, self._file = path, file
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        if self.since > RECORD_LIMIT:
            raise MalformedFile(str(self._path), "", f"no record within {RECORD_LIMIT} bytes")
        data = self._file.read1(size)
        self.since += len(data)
        return data


def _from_xml(path: Path) -> Iterator[dict[str, Any]]:
    for element in elements(path, ("document",)):
        yield {
            "id": _text(element.find("id")),
            "infons": _infons(element),
            "passages": [
                _piece(passage) | {"sentences": [_piece(sentence) for sentence in passage.iterfind("sentence")]}
                for passage in element.iterfind("passage")
            ],
            "relations": _relations(element),
        }


def _piece(element: etree._Element) -> dict[str, Any]:
    """A passage or sentence as the JSON form has it."""
    text = element.find("text")
    return {
        "offset": _number(_text(element.find("offset"))),
        "infons": _infons(element),
        "text": _text(text) if text is not None else None,
        "annotations": [
            {
                "id": one.get("id", ""),
                "infons": _infons(one),
                "text": _text(one.find("text")),
                "locations": [
                    {"offset": _number(place.get("offset", "")), "length": _number(place.get("length", ""))}
                    for place in one.iterfind("location")
                ],
            }
            for one in element.iterfind("annotation")
        ],
        "relations": _relations(element),
    }


def _relations(element: etree._Element) -> list[dict[str, Any]]:
    return [
        {
            "id": one.get("id", ""),
            "infons": _infons(one),
            "nodes": [{"refid": n.get("refid", ""), "role": n.get("role", "")} for n in one.iterfind("node")],
        }
        for one in element.iterfind("relation")
    ]


def _infons(element: etree._Element) -> dict[str, str]:
    return {infon.get("key", ""): _text(infon) for infon in element.iterfind("infon")}


def _text(element: etree._Element | None) -> str:
    """The text as it stands: white space counts in the offsets."""
    if element is None:
        return ""
    entities = "".join(character(e) + (e.tail or "") for e in element if isinstance(e, etree._Entity))
    return (element.text or "") + entities


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("-?[0-9]{1,12}", text.strip()) else None
