"""BioC (http://bioc.sourceforge.net), XML and JSON, in one form: a text, what is marked in it, what is related.

Offsets of a file count from the start of its source document; here they are turned into offsets of `Entry.text`, which
is the texts of the passages joined by a line feed. Passages of references are left out, as in JATS. JSON may be a
collection, an array of collections or documents, one document a line, or PubTator's export.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ingest.errors import MalformedFile
from ingest.model import Section
from ingest.sources.files.characters import character
from ingest.sources.files.files import open_bytes
from ingest.sources.files.markup import elements
from ingest.sources.files.streamed import items_of
from ingest.sources.records import Wrong, object_of, objects, proved, whole

_HEAD = 1 << 16
_SECTIONS = {
    "front": "title",
    "intro": "introduction",
    "discuss": "discussion",
    "concl": "conclusions",
    "fig": "figure",
    "suppl": "supplement",
    "fig_caption": "figure",
    "table_caption": "table",
}
_REFERENCES = ("ref", "reference", "references")
_PLAIN = ("paragraph", "p", "text", "passage", "")
_SIDES = (("Chemical", "Disease"), ("entity1", "entity2"), ("role1", "role2"))


@dataclass(frozen=True, slots=True)
class Marked:
    """An annotation. `start` and `end` are offsets into `Entry.text`, from the first of its pieces to the last."""

    id: str
    infons: Mapping[str, Any]
    start: int
    end: int
    within: tuple[int, int]
    """Where the text of its passage, or sentence, stands: outside of it it is misplaced."""
    number: int
    """Which annotation of its passage or sentence it is, from 1."""
    surface: str
    """What the file says it is, without blanks at its ends; empty where it is in several pieces."""

    @property
    def identifier(self) -> str:
        """The identifier, under whichever of the keys in use; empty where there is none."""
        for key, value in self.infons.items():
            word = key.lower()
            of_one = word in ("identifier", "normalized_id", "mesh", "omim") or word.startswith("ncbi")
            if of_one and value and isinstance(value, str | int):
                return str(value)
        return ""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation that is not denied: its kind, the identifiers of its sides, and where it stands."""

    kind: str
    first: str
    second: str
    record: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A document. `infons` are its own, and those of its passages that it does not have itself."""

    id: str
    infons: Mapping[str, Any]
    sections: tuple[Section, ...]
    marked: tuple[Marked, ...]
    related: tuple[Related, ...]

    @property
    def text(self) -> str:
        return "\n".join(section.text for section in self.sections)


@dataclass(slots=True)
class _Build:
    """An entry as far as it is made."""

    infons: dict[str, Any]
    sections: list[Section] = field(default_factory=list)
    length: int = 0
    """That of the sections joined."""
    marked: list[Marked] = field(default_factory=list)
    holders: list[dict[str, Any]] = field(default_factory=list)
    """What holds relations: they may point to annotations further on."""


def values(path: Path) -> Iterator[Any]:
    """The documents of a file in the JSON form of BioC, whatever they hold, one at a time.

    Raises UnreadableSource, and MalformedFile after the last that could be read.
    """
    return _from_json(path) if _is_json(path) else _from_xml(path)


def identifier(value: Any) -> str:
    """What the file calls the document that `value` holds. Raises Wrong."""
    id = object_of(value).get("id")
    if isinstance(id, bool) or not isinstance(id, str | int) or not str(id).strip():
        raise Wrong("a document without an id")
    return str(id)


def entry(value: Any) -> Entry:
    """The document that a value holds. Raises Wrong."""
    id, fields = identifier(value), object_of(value)
    build = _Build(dict(object_of(fields.get("infons") or {})))
    for passage in objects(fields, "passages"):
        for key, infon in object_of(passage.get("infons") or {}).items():
            build.infons.setdefault(key, infon)
        _passage(build, passage)
    build.holders.append(fields)
    identifiers = {one.id: one.identifier for one in build.marked}
    related = tuple(one for holder in build.holders for one in _relations(holder, identifiers))
    return Entry(id, build.infons, tuple(build.sections), tuple(build.marked), related)


def _passage(build: _Build, passage: dict[str, Any]) -> None:
    name = _name(object_of(passage.get("infons") or {}))
    if name in _REFERENCES:
        return
    build.holders.append(passage)
    sentences = objects(passage, "sentences")
    start = at = build.length + 1 if build.sections else 0
    texts: list[str] = []
    own = _text_of(passage)
    if own:
        texts.append(own)
        for piece in (passage, *sentences):  # its sentences, if any, only carry annotations
            _annotations(build, piece, passage.get("offset"), start, own)
    else:
        for sentence in sentences:
            if text := _text_of(sentence):
                texts.append(text)
                _annotations(build, sentence, sentence.get("offset"), at, text)
                at += len(text) + 1
        _annotations(build, passage, passage.get("offset"), start, " ".join(texts))
    if texts:
        build.sections.append(Section(name, proved(" ".join(texts))))
        build.length = start + len(build.sections[-1].text)


def _text_of(piece: dict[str, Any]) -> str:
    text = piece.get("text") or ""
    if not isinstance(text, str):
        raise Wrong("a text that is no string")
    return text


def _annotations(build: _Build, piece: dict[str, Any], offset: Any, start: int, text: str) -> None:
    """Take the annotations of a passage or sentence whose text begins at `offset` there and at `start` here."""
    annotations = objects(piece, "annotations")
    if annotations and not whole(offset):
        raise Wrong("a passage with annotations and without an offset")
    for number, one in enumerate(annotations, 1):
        places = objects(one, "locations")
        if not places or not all(whole(place.get("offset")) and whole(place.get("length")) for place in places):
            raise Wrong(f"annotation {number} of a passage has no location")
        build.marked.append(
            Marked(
                id=str(one.get("id", "")),
                infons=object_of(one.get("infons") or {}),
                start=start - offset + min(place["offset"] for place in places),
                end=start - offset + max(place["offset"] + place["length"] for place in places),
                within=(start, start + len(text)),
                number=number,
                surface=str(one.get("text") or "").strip() if len(places) == 1 else "",
            )
        )


def _relations(holder: dict[str, Any], identifiers: Mapping[str, str]) -> Iterator[Related]:
    for number, one in enumerate(objects(holder, "relations"), 1):
        infons = object_of(one.get("infons") or {})
        kind = infons.get("relation") or infons.get("type") or ""
        sides = _sides(infons) or [identifiers.get(str(node.get("refid")), "") for node in objects(one, "nodes")]
        if isinstance(kind, str) and len(sides) == 2 and all(sides) and infons.get("polarity") != "negated":
            yield Related(kind, sides[0], sides[1], f"relation {one.get('id') or number}")


def _sides(infons: dict[str, Any]) -> list[str]:
    """The identifiers of both sides, under whichever of the keys in use; none where a side is missing."""
    for keys in _SIDES:
        given = [infons.get(key) for key in keys]
        sides = [side.get("identifier") if isinstance(side, dict) else side for side in given]
        if all(isinstance(side, str) and side for side in sides):
            return [str(side) for side in sides]
    return []


def _name(infons: dict[str, Any]) -> str:
    for key in ("section_type", "section", "type"):
        word = str(infons.get(key) or "").strip().lower()
        if word not in _PLAIN:
            return _SECTIONS.get(word, word)
    return "text"


def _is_json(path: Path) -> bool:
    try:
        with open_bytes(path) as file:
            return file.read1(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")
    except MalformedFile:
        return False


def _from_json(path: Path) -> Iterator[Any]:
    with open_bytes(path) as file:
        if file.peek(3).startswith(codecs.BOM_UTF8):
            file.read(3)
        prefix = _prefix(file.peek(_HEAD)[:_HEAD].decode("utf-8", "replace"))
        yield from items_of(file, path, prefix, several=True, use_float=True)


def _prefix(head: str) -> str:
    """Where in the file its documents are, in the words of ijson."""
    positions = {key: place.start() for key in ("documents", "passages", "PubTator3") if (place := _key(key, head))}
    first = min(positions, key=lambda key: positions[key], default="passages")
    path = {"documents": "documents.item", "passages": "", "PubTator3": "PubTator3.item"}[first]
    return ".".join(part for part in ("item" if head.lstrip().startswith("[") else "", path) if part)


def _key(key: str, head: str) -> re.Match[str] | None:
    return re.search(rf'"{key}"\s*:', head)


def _from_xml(path: Path) -> Iterator[dict[str, Any]]:
    for element in elements(path, ("document",)):
        yield {
            "id": _text(element.find("id")),
            "infons": _infons(element),
            "passages": [
                _piece(passage) | {"sentences": [_piece(sentence) for sentence in passage.iterfind("sentence")]}
                for passage in element.iterfind("passage")
            ],
            "relations": _relations_of(element),
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
        "relations": _relations_of(element),
    }


def _relations_of(element: etree._Element) -> list[dict[str, Any]]:
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
