"""OBO Graphs (https://github.com/geneontology/obographs) in JSON: our own exports, and ontologies of others.

Of others' edges `is_a` is read; ids are addresses there (`http://purl.obolibrary.org/obo/HP_0001250`). A class that is
deprecated becomes a mapping to the one that took its place (`IAO:0100001`). The file is read twice, in a stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.model import Assertion, Entity, Name, Source
from ingest.exchange import assertion_of, source_of, type_of
from ingest.model import CuratedRecord, Failure, Mapping, Obsolete
from ingest.sources.curated.obo import TYPES
from ingest.sources.files.files import open_bytes
from ingest.sources.files.streamed import items_of
from ingest.sources.ids import curie
from ingest.sources.records import Wrong, object_of, objects

EXTRACTOR = "obographs/1"
_REPLACED_BY = "IAO:0100001"


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, the entities, then each Source before the first assertion of it.

    Raises UnreadableSource, and MalformedFile where the JSON breaks off.
    """
    named = f"obographs-{path.name.partition('.')[0]}"
    yield Source(named, "curated", title="OBO graph")
    restricted = ""
    for number, told in enumerate(_items(path, "graphs.item.nodes.item"), 1):
        try:
            entity = _entity(object_of(told))
            licence = _fields(object_of(told.get("meta") or {})).get("licence", "")
            if licence != restricted:
                restricted = licence
                yield Source(f"{named}-restricted" if licence else named, "curated", title="OBO graph", licence=licence)
            if entity is not None:
                yield entity
            elif old := _given_up(object_of(told), f"node {number}"):
                yield old
        except Wrong as error:
            yield Failure(str(path), f"node {number}", str(error))
    current = named
    for number, told in enumerate(_items(path, "graphs.item.edges.item"), 1):
        try:
            edge = object_of(told)
            fields = _fields(object_of(edge.get("meta") or {}))
            assertion = _assertion(edge, fields, named, number)
        except (Wrong, ValueError) as error:
            yield Failure(str(path), f"edge {number}", str(error) if isinstance(error, Wrong) else "malformed fields")
            continue
        if assertion is None:
            continue
        if assertion.source != current:
            current = assertion.source
            yield source_of(fields) if current != named else Source(named, "curated", title="OBO graph")
        yield assertion


def _items(path: Path, prefix: str) -> Iterator[Any]:
    with open_bytes(path) as file:
        yield from items_of(file, path, prefix, use_float=True)


def _fields(meta: dict[str, Any]) -> dict[str, str]:
    return {str(value.get("pred")): str(value.get("val")) for value in objects(meta, "basicPropertyValues")}


def _entity(told: dict[str, Any]) -> Entity | None:
    """The entity of a class; None for a property, or for a class without a name."""
    id, name = curie(str(told.get("id") or "")), str(told.get("lbl") or "")
    meta = object_of(told.get("meta") or {})
    if told.get("type", "CLASS") != "CLASS" or meta.get("deprecated") or not name:
        return None
    if not id:
        raise Wrong("a class whose id is no CURIE")
    category = _fields(meta).get("biolink:category", "")
    definition = object_of(meta.get("definition") or {})
    synonyms = (
        Name(str(synonym.get("val")), str(synonym.get("lang") or "en"))
        for synonym in objects(meta, "synonyms")
        if synonym.get("pred") == "hasExactSynonym"
    )
    xrefs = (curie(str(xref.get("val"))) for xref in objects(meta, "xrefs"))
    return Entity(
        id,
        type_of(category) if category else TYPES.get(id.partition(":")[0], "Concept"),
        name,
        tuple(dict.fromkeys(synonyms)),
        tuple(dict.fromkeys(xref for xref in xrefs if xref)),
        str(definition.get("val") or ""),
    )


def _given_up(told: dict[str, Any], record: str) -> Mapping | Obsolete | None:
    """What took the place of a deprecated class; None for what is none."""
    meta = object_of(told.get("meta") or {})
    if (
        told.get("type", "CLASS") != "CLASS"
        or not meta.get("deprecated")
        or not (id := curie(str(told.get("id") or "")))
    ):
        return None
    fields = _fields(meta).items()
    instead = next((curie(value) for key, value in fields if curie(key) == _REPLACED_BY), "")
    if instead:
        return Mapping(id, instead)
    consider = (curie(value) for key, value in fields if key.endswith("#consider"))
    return Obsolete(id, record, tuple(term for term in consider if term))


def _assertion(edge: dict[str, Any], fields: dict[str, str], named: str, number: int) -> Assertion | None:
    subject, object = curie(str(edge.get("sub") or "")), curie(str(edge.get("obj") or ""))
    if "medgraph_predicate" in fields:
        return assertion_of(subject, object, fields)
    if edge.get("pred") != "is_a":
        return None
    if not subject or not object:
        raise Wrong("an edge whose ends are no CURIEs")
    return Assertion.new(
        subject,
        "subclass_of",
        object,
        source=named,
        sentence=f"{subject} is_a {object}",
        record=f"edge {number}",
        extractor=EXTRACTOR,
    )
