"""One BioC document, in its JSON form, to a Document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.model import Annotation, Document, Failure, Section
from ingest.sources.annotated import given
from ingest.sources.documents.jats import licence
from ingest.sources.documents.jsonl import identify
from text.language import of_text

_EXTRACTOR = "bioc/2"
_SECTIONS = {
    "front": "title", "intro": "introduction", "discuss": "discussion", "concl": "conclusions", "fig": "figure",
    "suppl": "supplement", "fig_caption": "figure", "table_caption": "table",
}  # fmt: skip
_REFERENCES = ("ref", "reference", "references")
_PLAIN = ("paragraph", "p", "text", "passage", "")


class _Wrong(ValueError):
    """What is wrong with a document, in words that hold nothing of it."""


@dataclass(slots=True)
class _Build:
    """The document as far as it is made: `length` is that of the sections joined."""

    sections: list[Section] = field(default_factory=list)
    length: int = 0
    annotations: list[Annotation] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    """The identifier of each annotation by its own id, for relations that point to it."""
    relations: list[given.Given] = field(default_factory=list)


def document(value: Any, file: str, entry: int) -> Document | Failure:
    """The Document that `value` holds, or the Failure that says what is wrong with it."""
    where = f"entry {entry}"
    try:
        fields = _object(value)
        id_ = fields.get("id")
        if isinstance(id_, bool) or not isinstance(id_, str | int) or not str(id_).strip():
            raise _Wrong("a document without an id")
        where = identify(str(id_))
        return _document(fields, where)
    except _Wrong as wrong:
        return Failure(file, where, str(wrong))


def _document(fields: dict[str, Any], id: str) -> Document:
    build = _Build()
    infons = dict(_object(fields.get("infons") or {}))
    for passage in _objects(fields, "passages"):
        infons.update({k: v for k, v in _object(passage.get("infons") or {}).items() if k not in infons})
        _passage(build, passage)
    build.relations += _relations(build, fields)
    if not build.sections:
        raise _Wrong("no text")
    text = "\n".join(section.text for section in build.sections)
    build.annotations.sort(key=lambda a: (a.start, a.end, a.type, a.id))
    year = str(infons.get("year", ""))
    return Document(
        id=id,
        title=build.sections[0].text if build.sections[0].name == "title" else "",
        sections=tuple(build.sections),
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        language=of_text(text),
        source={"PMID": "pubmed", "PMCID": "pmc"}.get(id.partition(":")[0], "file"),
        licence=licence(str(infons.get("license", ""))),
        url=_url(id),
        annotations=tuple(build.annotations),
        entities=given.entities(build.annotations),
        statements=given.statements(id, text, build.annotations, build.relations, _EXTRACTOR),
    )


def _url(id: str) -> str:
    collection, _, number = id.partition(":")
    site = {"PMID": "https://pubmed.ncbi.nlm.nih.gov/", "PMCID": "https://pmc.ncbi.nlm.nih.gov/articles/"}
    return f"{site[collection]}{number}/" if collection in site else ""


def _passage(build: _Build, passage: dict[str, Any]) -> None:
    name = _name(_object(passage.get("infons") or {}))
    if name in _REFERENCES:
        return
    pieces = [passage] if passage.get("text") else _objects(passage, "sentences")
    texts: list[str] = []
    start = at = build.length + 1 if build.sections else 0
    for piece in pieces:
        text = piece.get("text") or ""
        if not isinstance(text, str):
            raise _Wrong("a text that is no string")
        if text:
            texts.append(text)
            _annotate(build, piece, text, at)
            at += len(text) + 1
    if passage.get("text"):  # its sentences, if any, only carry annotations
        for piece in _objects(passage, "sentences"):
            _annotate(build, piece | {"offset": passage.get("offset")}, passage["text"], start)
    elif texts:
        _annotate(build, passage, " ".join(texts), start)
    if texts:
        build.sections.append(Section(name, _proved(" ".join(texts))))
        build.length = start + len(build.sections[-1].text)
    build.relations += _relations(build, passage)


def _annotate(build: _Build, piece: dict[str, Any], text: str, start: int) -> None:
    """Take the annotations of a passage or sentence whose text begins at `start` in the document's."""
    given_annotations = _objects(piece, "annotations")
    offset = piece.get("offset")
    if given_annotations and not _whole(offset):
        raise _Wrong("a passage with annotations and without an offset")
    for number, one in enumerate(given_annotations, 1):
        places = _objects(one, "locations")
        infons = _object(one.get("infons") or {})
        if not places or not all(_whole(p.get("offset")) and _whole(p.get("length")) for p in places):
            raise _Wrong(f"annotation {number} of a passage has no location")
        begin = min(place["offset"] for place in places) - (offset or 0)
        end = max(place["offset"] + place["length"] for place in places) - (offset or 0)
        surface = text[begin:end].strip() if 0 <= begin < end <= len(text) else ""
        said = str(one.get("text") or "").strip()
        if not surface or (len(places) == 1 and said and said != surface):
            raise _Wrong(f"annotation {number} of a passage does not stand at its location")
        identifier = _identifier(infons)
        build.named[str(one.get("id", ""))] = identifier
        type = str(infons.get("type") or "")
        begin = start + text.index(surface, begin)  # blanks at its ends do not belong to a mention
        build.annotations += given.mentioned(begin, begin + len(surface), surface, type, identifier)


def _relations(build: _Build, holder: dict[str, Any]) -> Iterator[given.Given]:
    for number, one in enumerate(_objects(holder, "relations"), 1):
        infons = _object(one.get("infons") or {})
        kind = infons.get("relation") or infons.get("type") or ""
        sides = [infons.get(key) for key in ("Chemical", "Disease")]
        if not all(sides):
            sides = [infons.get(key) for key in ("entity1", "entity2")]
        if not all(sides):
            sides = [_object(infons.get(key) or {}).get("identifier") for key in ("role1", "role2")]
        if not all(sides):
            sides = [build.named.get(str(node.get("refid"))) for node in _objects(one, "nodes")]
        if isinstance(kind, str) and len(sides) == 2 and all(isinstance(side, str) and side for side in sides):
            yield given.Given(kind, str(sides[0]), str(sides[1]), f"relation {one.get('id') or number}")


def _name(infons: dict[str, Any]) -> str:
    for key in ("section_type", "section", "type"):
        word = str(infons.get(key) or "").strip().lower()
        if word not in _PLAIN:
            return _SECTIONS.get(word, word)
    return "text"


def _identifier(infons: dict[str, Any]) -> str:
    """The identifier that an annotation's infons hold, under whichever of the keys in use."""
    for key, value in infons.items():
        word = key.lower()
        if value and isinstance(value, str | int) and (
            word in ("identifier", "normalized_id", "mesh", "omim") or word.startswith("ncbi")
        ):  # fmt: skip
            return str(value)
    return ""


def _proved(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Wrong("a text that holds half of a surrogate pair") from None
    return text


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
