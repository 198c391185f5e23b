"""Anybody's table, CSV, TSV or Parquet, read as a YAML says (`table_map`). Memory stays flat however long it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from graph.model import Assertion, Entity, Name
from graph.schema import PREDICATES
from ingest.errors import MalformedFile, UnreadableSource
from ingest.model import CuratedRecord, Failure
from ingest.model import Mapping as SameAs
from ingest.sources.curated.table_map import Edge, Node, TableMap
from ingest.sources.files.files import open_bytes, open_text
from ingest.sources.ids import curie
from ingest.sources.records import Wrong

EXTRACTOR = "table/1"
HOPELESS = 1_000
"""Where so many rows at the beginning of a table all fail, the rest is not read."""

_REMEMBERED = 200_000
"""How many entities are kept in mind, so as not to be declared again."""
_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    line: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


def read(path: Path, mapping: TableMap) -> Iterator[CuratedRecord]:
    """The Source, then row by row its entities, where new, and what it states. A row that fails names its column.

    Raises UnreadableSource for a table without a column that the mapping names, and MalformedFile where the file breaks
    off, or where its first thousand rows all fail.
    """
    rows = _parquet(path, mapping) if _is_parquet(path) else _csv(path, mapping)
    # The header is checked before the Source makes a former release go.
    first = next(rows, None)
    yield mapping.source
    declared: set[Entity] = set()
    failed = 0
    for number, row in enumerate(chain(() if first is None else (first,), rows), 1):
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
        for record in records:
            if isinstance(record, Entity):
                if record in declared:
                    continue
                if len(declared) >= _REMEMBERED:
                    declared.clear()
                declared.add(record)
            yield record


def _records(row: _Row, mapping: TableMap) -> Iterator[Entity | Assertion | SameAs]:
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


def _entity(row: _Row, node: Node) -> Entity:
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


def _assertion(row: _Row, edge: Edge, mapping: TableMap, entities: Mapping[str, Entity]) -> Assertion:
    predicate = edge.predicate or edge.labels.get(row[edge.label], row[edge.label])
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
        qualifiers={key: value for key, column in edge.qualifiers.items() if (value := row[column])},
        record=(row[edge.record] if edge.record else "") or row.where,
        extractor=EXTRACTOR,
    )


def _several(cell: str) -> list[str]:
    return list(dict.fromkeys(value for part in cell.split("|") if (value := part.strip())))


def _csv(path: Path, mapping: TableMap) -> Iterator[_Row | Failure]:
    name = path.name.lower().removesuffix(".gz")
    delimiter = mapping.delimiter or ("\t" if name.endswith((".tsv", ".tab", ".txt")) else ",")
    with open_text(path, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        try:
            header = [cell.strip() for cell in next(reader, [])]
            _check(path, mapping, header)
            for cells in reader:
                if not cells:
                    continue
                where = f"line {reader.line_num}"
                if len(cells) != len(header):
                    yield Failure(str(path), where, f"{len(cells)} cells under a header of {len(header)}")
                else:
                    yield _Row(where, delimiter.join(cells), dict(zip(header, cells, strict=True)))
        except csv.Error as error:
            raise MalformedFile(str(path), f"line {reader.line_num}", f"not a table: {error}") from error


def _is_parquet(path: Path) -> bool:
    with open_bytes(path) as file:
        return file.read(4) == b"PAR1"


def _parquet(path: Path, mapping: TableMap) -> Iterator[_Row | Failure]:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        install = "uv pip install -e '.[tables]'"
        raise UnreadableSource(f"{path}: Parquet is read with the extra `tables`: {install}") from error
    number = 0
    try:
        with ParquetFile(path, memory_map=True) as file:
            _check(path, mapping, list(file.schema_arrow.names))
            for batch in file.iter_batches(batch_size=_ROWS):
                for values in batch.to_pylist():
                    number += 1
                    cells = {key: "" if value is None else str(value) for key, value in values.items()}
                    line = "; ".join(f"{key}={value}" for key, value in cells.items() if value)
                    yield _Row(f"row {number}", line, cells)
    except (ArrowException, OSError) as error:
        raise MalformedFile(str(path), f"row {number}", "not Parquet, or cut off") from error


def _check(path: Path, mapping: TableMap, header: list[str]) -> None:
    if not header:
        raise UnreadableSource(f"{path}: empty, not even a header")
    if twice := next((column for column in header if header.count(column) > 1), None):
        raise UnreadableSource(f"{path}: two columns named {twice!r}")
    if missing := [column for column in mapping.columns if column not in header]:
        raise UnreadableSource(
            f"{path}: no column {', '.join(missing)}, named by the mapping; it has {', '.join(header)}"
        )
