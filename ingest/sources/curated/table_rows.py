"""The rows of anybody's table, CSV, Excel or Parquet, as text by column. Memory stays flat however long a CSV is.

The separator of a CSV is the one that gives all columns which the mapping names. Lines that begin with `#` before the
header are notes. Excel's first sheet is read from the first row that has the columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from ingest.errors import MalformedFile, UnreadableSource
from ingest.model import Failure
from ingest.sources.curated.table_map import TableMap
from ingest.sources.files.files import open_bytes, open_text
from ingest.sources.files.workbook import sheet

NOTHING = frozenset(("NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "#N/A", "-", "."))
"""Cells that other programs write where there is nothing."""

_DELIMITERS = (",", "\t", ";", "|")
_ROWS = 10_000
_PREAMBLE = 100
"""How many rows of a sheet may stand before the header."""


@dataclass(frozen=True, slots=True)
class TableRow:
    where: str
    """The line or row that it begins at."""
    line: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell, its blanks single; empty for a word that stands for nothing."""
        cell = " ".join(self.cells.get(column, "").split())
        return "" if cell in NOTHING else cell


def is_table(path: Path) -> bool:
    """Whether the name of a file of a folder is that of a table."""
    name = path.name.lower().removesuffix(".gz")
    return name.endswith((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".parquet"))


def table_rows(path: Path, mapping: TableMap) -> Iterator[TableRow | Failure]:
    """The rows under the header. Raises UnreadableSource for a table without a column that the mapping names, and
    MalformedFile where the file breaks off or is of another encoding."""
    with open_bytes(path) as file:
        head = file.read(4)
    if head == b"PAR1":
        yield from _parquet(path, mapping)
    elif head == b"PK\x03\x04":
        yield from _workbook(path, mapping)
    else:
        yield from _csv(path, mapping, "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else mapping.encoding)


def _csv(path: Path, mapping: TableMap, encoding: str) -> Iterator[TableRow | Failure]:
    number = 0
    with _opened(path, encoding) as file:
        try:
            first, notes = _header(file, mapping)
            delimiter = mapping.delimiter or _delimiter(path, mapping, first)
            reader = csv.reader(chain((first,), file), delimiter=delimiter)
            header = [cell.strip() for cell in next(reader, [])]
            _check(path, mapping, header)
            number = reader.line_num + notes
            for cells in reader:
                where, number = f"line {number + 1}", reader.line_num + notes
                if not cells:
                    continue
                if len(cells) != len(header):
                    yield Failure(str(path), where, f"{len(cells)} cells under a header of {len(header)}")
                else:
                    yield TableRow(where, delimiter.join(cells), dict(zip(header, cells, strict=True)))
        except csv.Error as error:
            raise MalformedFile(str(path), f"line {number + 1}", f"not a table: {error}") from error
        except UnicodeDecodeError:
            raise MalformedFile(str(path), f"line {number + 1}", f"not {encoding}") from None
        except MalformedFile as error:
            if "UTF-8" not in error.reason:
                raise
            hint = "the mapping may name another encoding, such as `encoding: windows-1252`"
            raise MalformedFile(error.file, error.record, f"{error.reason}; {hint}") from error


def _opened(path: Path, encoding: str) -> TextIO:
    if not encoding:
        return open_text(path, newline="")
    return io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="")


def _header(file: TextIO, mapping: TableMap) -> tuple[str, int]:
    """The first line that is no note, and how many stand before it; a header may itself begin with `#`."""
    notes = 0
    while line := file.readline():
        told = line.lstrip("#").lstrip()
        if line.strip() and (not line.startswith("#") or any(_has(told, mark, mapping) for mark in _DELIMITERS)):
            return told if line.startswith("#") else line, notes
        notes += 1
    return "", notes


def _has(line: str, delimiter: str, mapping: TableMap) -> bool:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return {cell.strip() for cell in cells} >= set(mapping.columns)


def _delimiter(path: Path, mapping: TableMap, header: str) -> str:
    name = path.name.lower().removesuffix(".gz")
    usual = "\t" if name.endswith((".tsv", ".tab", ".txt")) else ","
    return next((mark for mark in (usual, *_DELIMITERS) if _has(header, mark, mapping)), usual)


def _workbook(path: Path, mapping: TableMap) -> Iterator[TableRow]:
    header: list[str] = []
    first: list[str] = []
    for number, values in enumerate(sheet(path), 1):
        cells = [value.removesuffix(" 00:00:00") for value in values]
        if header:
            told = dict(zip(header, cells, strict=False))
            if line := "; ".join(f"{key}={value}" for key, value in told.items() if value):
                yield TableRow(f"row {number}", line, told)
            continue
        stripped = [cell.strip() for cell in cells]
        first = first or stripped
        if set(stripped) >= set(mapping.columns) or number == _PREAMBLE:
            header = stripped if set(stripped) >= set(mapping.columns) else first
            _check(path, mapping, header)
    if not header:
        _check(path, mapping, first)


def _parquet(path: Path, mapping: TableMap) -> Iterator[TableRow]:
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
                    yield TableRow(f"row {number}", line, cells)
    except (ArrowException, OSError, ValueError, ArithmeticError) as error:  # text that is no UTF-8, a year 20000
        raise MalformedFile(str(path), f"row {number}", "not Parquet, or cut off") from error


def _check(path: Path, mapping: TableMap, header: list[str]) -> None:
    if not header:
        raise UnreadableSource(f"{path}: empty, not even a header")
    if twice := next((column for column in header if column and header.count(column) > 1), None):
        raise UnreadableSource(f"{path}: two columns named {twice!r}")
    if missing := [column for column in mapping.columns if column not in header]:
        raise UnreadableSource(
            f"{path}: no column {', '.join(missing)}, named by the mapping; it has {', '.join(header)}"
        )
