"""BioC (https://bioc.sourceforge.net), XML and JSON: a passage a section, annotations at their places, relations.

Offsets are Unicode code points into the text of the document, its sections joined by one line feed. An annotation
carries `type` and, where it is linked, `identifier` (the ids of a composite joined by `|`), its score, and what the
sentence says of it; a relation its type, the ids as `entity1` and `entity2`, the sentence that says so, and the
annotations there as nodes. A denied relation has the type `Negated_…`: whoever reads only the type must not take it
for stated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from ingest.reading.relations.model import Finding
from ingest.sinks.ids import Ids
from ingest.sinks.model import Place, Tagged, places, type_of
from ingest.vocabulary import word

SOURCE, KEY = "medgraph", "medgraph.key"

# What XML 1.0 has no way to write.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Annotation:
    id: str
    infons: dict[str, str]
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Passage:
    offset: int
    infons: dict[str, str]
    text: str
    annotations: list[_Annotation]


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    infons: dict[str, str]
    nodes: list[tuple[str, str]]
    """(annotation, role)."""


class BiocXml:
    """Keeps `ingest.sinks.model.Sink`. A character that XML cannot hold is written as U+FFFD."""

    version = "bioc-xml/1"

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def opening(self) -> str:
        head = "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<collection>"
        return f"{head}<source>{SOURCE}</source><date></date><key>{KEY}</key>\n"

    def document(self, tagged: Tagged, *, first: bool) -> str:
        made = _passages(tagged, self._ids)
        parts = [f"<document><id>{_xml(str(tagged.name))}</id>\n"]
        for passage in made:
            parts.append(f"<passage>{_infons(passage.infons)}<offset>{passage.offset}</offset>")
            parts.append(f"<text>{_xml(passage.text)}</text>\n")
            for one in passage.annotations:
                place = f'<location offset="{one.start}" length="{len(one.text)}"/>'
                text = f"<text>{_xml(one.text)}</text>"
                parts.append(f'<annotation id="{one.id}">{_infons(one.infons)}{place}{text}</annotation>\n')
            parts.append("</passage>\n")
        for relation in _relations(tagged, made, self._ids):
            nodes = "".join(f'<node refid="{id}" role="{role}"/>' for id, role in relation.nodes)
            parts.append(f'<relation id="{relation.id}">{_infons(relation.infons)}{nodes}</relation>\n')
        return "".join((*parts, "</document>\n"))

    def closing(self) -> str:
        return "</collection>\n"


class BiocJson:
    """Keeps `ingest.sinks.model.Sink`."""

    version = "bioc-json/1"

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def opening(self) -> str:
        head = json.dumps({"source": SOURCE, "date": "", "key": KEY, "version": "1.0", "infons": {}})
        return f'{head[:-1]}, "documents": [\n'

    def document(self, tagged: Tagged, *, first: bool) -> str:
        made = _passages(tagged, self._ids)
        value = {
            "id": str(tagged.name),
            "infons": {},
            "passages": [
                {
                    "offset": passage.offset,
                    "infons": passage.infons,
                    "text": passage.text,
                    "sentences": [],
                    "annotations": [
                        {
                            "id": one.id,
                            "infons": one.infons,
                            "text": one.text,
                            "locations": [{"offset": one.start, "length": len(one.text)}],
                        }
                        for one in passage.annotations
                    ],
                    "relations": [],
                }
                for passage in made
            ],
            "annotations": [],
            "relations": [
                {
                    "id": relation.id,
                    "infons": relation.infons,
                    "nodes": [{"refid": id, "role": role} for id, role in relation.nodes],
                }
                for relation in _relations(tagged, made, self._ids)
            ],
        }
        return ("" if first else ",\n") + json.dumps(value, ensure_ascii=False)

    def closing(self) -> str:
        return "\n]}\n"


def _passages(tagged: Tagged, ids: Ids) -> list[_Passage]:
    """A passage a section; sections that a mention runs across are one."""
    text = tagged.document.text
    waiting = list(places(tagged))
    made: list[_Passage] = []
    at = 0
    for start, end, name in _sections(tagged, waiting):
        annotations = []
        while at < len(waiting) and waiting[at].start < end:
            annotations.append(_annotation(f"T{at + 1}", waiting[at], text, ids))
            at += 1
        made.append(_Passage(start, {"type": name}, text[start:end], annotations))
    return made


def _sections(tagged: Tagged, mentions: Iterable[Place]) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of the sections."""
    across = [(place.start, place.end) for place in mentions if "\n" in place.mention.surface]
    at, begun, name = 0, 0, ""
    sections = tagged.document.sections
    for number, section in enumerate(sections):
        name = name or section.name
        end = at + len(section.text)
        at = end + 1
        if number < len(sections) - 1 and any(start <= end < stop for start, stop in across):
            continue
        yield begun, end, name
        begun, name = at, ""


def _annotation(id: str, place: Place, text: str, ids: Ids) -> _Annotation:
    mention = place.mention
    infons = {"type": word(mention.type) if mention.type != "Concept" else type_of(mention)}
    if mention.label and mention.label != infons["type"]:
        infons["label"] = mention.label
    if place.entities:
        infons["identifier"] = "|".join(dict.fromkeys(map(ids.written, place.entities)))
    infons |= {
        "score": f"{mention.score:.4g}",
        "polarity": mention.polarity,
        "certainty": mention.certainty,
        "experiencer": mention.experiencer,
    }
    return _Annotation(id, infons, text[place.start : place.end], place.start)


def _relations(tagged: Tagged, passages: list[_Passage], ids: Ids) -> Iterator[_Relation]:
    at = {(one.start, len(one.text)): one.id for passage in passages for one in passage.annotations}
    for number, finding in enumerate(tagged.findings, 1):
        label = finding.label or finding.predicate
        infons = {
            "type": label if finding.polarity == "affirmed" else f"Negated_{label}",
            "entity1": ids.written(finding.subject),
            "entity2": ids.written(finding.object),
            "predicate": finding.predicate,
            "polarity": finding.polarity,
            "certainty": finding.certainty,
            "confidence": f"{finding.confidence:.4g}",
            "firm": str(finding.firm).lower(),
            "start": str(finding.start),
            "end": str(finding.end),
        }
        nodes = [
            (node, role)
            for entity, role in ((finding.subject, "subject"), (finding.object, "object"))
            if (node := _node(tagged, finding, entity, at))
        ]
        yield _Relation(f"R{number}", infons, nodes)


def _node(tagged: Tagged, finding: Finding, entity: str, at: dict[tuple[int, int], str]) -> str:
    """The annotation of the entity within the evidence, or else its first."""
    mentions = [m for m in tagged.mentions if m.entity == entity]
    inside = [m for m in mentions if finding.start <= m.start < finding.end]
    return next((at[m.start, m.end - m.start] for m in inside or mentions), "")


def _infons(infons: dict[str, str]) -> str:
    return "".join(f'<infon key="{key}">{_xml(value)}</infon>' for key, value in infons.items())


def _xml(text: str) -> str:
    # A parser would make a line feed of a carriage return that is written as such.
    return escape(_NO_XML.sub("\ufffd", text), quote=False).replace("\r", "&#13;")
