"""Anybody's table (`table_rows`), read as a YAML says (`table_map`). Memory stays flat however long it is.

What rows tell of one entity is put together, and a row that stands there twice counts once: both as far as the last
200,000 are kept in mind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from graph.model import Assertion, Entity, Name
from graph.schema import PREDICATES
from ingest.errors import MalformedFile, UnreadableSource
from ingest.exchange import predicate_named
from ingest.model import CuratedRecord, Failure
from ingest.model import Mapping as SameAs
from ingest.sources.curated.table_map import Edge, Node, TableMap
from ingest.sources.curated.table_rows import TableRow, table_rows
from ingest.sources.ids import curie
from ingest.sources.records import Wrong

EXTRACTOR = "table/2"
HOPELESS = 1_000
"""Where so many rows at the beginning of a table all fail, the rest is not read."""

_REMEMBERED = 200_000
"""How many entities are kept in mind, so as not to be declared again."""
# `1.234,5` where the comma is the decimal sign.
_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+),(\d+)(?![\d,.])")


def read(path: Path, mapping: TableMap) -> Iterator[CuratedRecord]:
    """The Source, then row by row its entities, where new, and what it states. A row that fails names its column.

    Raises UnreadableSource for a table without a column that the mapping names, and MalformedFile where the file breaks
    off, or where its first thousand rows all fail.
    """
    rows = table_rows(path, mapping)
    # The header is checked, and that there is a row, before the Source makes a former release go.
    first = next(rows, None)
    if first is None:
        raise UnreadableSource(f"{path}: no row below the header")
    yield mapping.source
    declared: dict[str, Entity] = {}
    read: dict[str, None] = {}
    failed = 0
    for number, row in enumerate(chain((first,), rows), 1):
        try:
            if isinstance(row, Failure):
                raise Wrong(row.reason)
            records = list(_records(row, mapping))
        except Wrong as error:
            failed += 1
            yield Failure(str(path), row.record if isinstance(row, Failure) else row.where, str(error))
            if failed == number == HOPELESS:
                raise MalformedFile(str(path), "", f"none of the first {HOPELESS} rows could be read") from error
            continue
        if row.line in read:
            continue
        _remember(read, row.line, None)
        for record in records:
            if isinstance(record, Entity):
                before = declared.get(record.id)
                if before == record or before == (whole := _joined(before, record)):
                    continue
                _remember(declared, record.id, whole)
                yield whole
            else:
                yield record


V = TypeVar("V")


def _remember(held: dict[str, V], key: str, value: V) -> None:
    if len(held) >= _REMEMBERED:
        del held[next(iter(held))]
    held[key] = value


def _joined(before: Entity | None, now: Entity) -> Entity:
    """An entity with what an earlier row told of it, whose name and definition stay where it had them."""
    if before is None:
        return now
    names = dict.fromkeys((*before.synonyms, *now.synonyms))
    name = before.name if before.name != before.id else now.name
    if now.name not in (name, now.id):
        names[Name(now.name, "und")] = None
    return replace(
        before,
        name=name,
        synonyms=tuple(other for other in names if other.text != name),
        xrefs=tuple(dict.fromkeys((*before.xrefs, *now.xrefs))),
        definition=before.definition or now.definition,
    )


def _records(row: TableRow, mapping: TableMap) -> Iterator[Entity | Assertion | SameAs]:
    if "\x00" in row.line:
        raise Wrong("a NUL character")
    entities = {name: _entity(row, node) for name, node in mapping.nodes.items()}
    for name, entity in entities.items():
        column = mapping.nodes[name].properties.get("same_as", "")
        for same in _several(row[column]) if column else ():
            if not (other := curie(same)):
                raise Wrong(f"column {column}: no id of the form PREFIX:local")
            yield SameAs(other, entity.id)
        yield entity
    for edge in mapping.edges:
        yield _assertion(row, edge, mapping, entities)


def _entity(row: TableRow, node: Node) -> Entity:
    name_column = node.properties.get("name", "")
    name = row[name_column] if name_column else ""
    if node.id:
        cell = row[node.id]
        id = curie(cell if ":" in cell or not node.prefix else f"{node.prefix}:{cell}") if cell else ""
        if not id:
            raise Wrong(f"column {node.id}: {'empty' if not cell else 'no id, and the mapping gives no preferred_id'}")
    elif name:
        id = f"{node.prefix}:{quote(name.lower(), safe='')}"
    else:
        raise Wrong(f"column {name_column}: empty, and ids are made of it")
    told = {key: row[column] for key, column in node.properties.items()}
    return Entity(
        id,
        node.type,
        name or id,
        tuple(Name(text, "und") for text in _several(told.get("synonyms", "")) if text != name),
        tuple(xref for text in _several(told.get("xrefs", "")) if (xref := curie(text))),
        told.get("definition", ""),
    )


def _assertion(row: TableRow, edge: Edge, mapping: TableMap, entities: Mapping[str, Entity]) -> Assertion:
    predicate = edge.predicate or edge.labels.get(row[edge.label]) or predicate_named(row[edge.label])
    if predicate not in PREDICATES:
        raise Wrong(f"column {edge.label}: a word that is no predicate and that `labels` does not map")
    subject, object = entities[edge.source].id, entities[edge.target].id
    if subject == object:
        raise Wrong("subject and object are the same")
    if PREDICATES[predicate].symmetric:
        subject, object = min(subject, object), max(subject, object)
    negated = any(row[column].lower() in values for column, values in edge.negated.items())
    return Assertion.new(
        subject,
        predicate,
        object,
        source=mapping.source.id,
        sentence=row.line,
        polarity="negated" if negated else "affirmed",
        qualifiers={
            key: _COMMA.sub(_pointed, value) if mapping.decimal == "," else value
            for key, column in edge.qualifiers.items()
            if (value := row[column])
        },
        record=(row[edge.record] if edge.record else "") or row.where,
        extractor=EXTRACTOR,
    )


def _pointed(number: re.Match[str]) -> str:
    return f"{number[1].replace('.', '')}.{number[2]}"


def _several(cell: str) -> list[str]:
    return list(dict.fromkeys(value for part in cell.split("|") if (value := part.strip())))
