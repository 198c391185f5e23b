"""Tab-separated and comma-separated tables, row by row, with the line each row stands on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.model import Failure
from ingest.sources.files.files import lines
from ingest.sources.records import Wrong


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells by column name, the line it stands on, and the line as written."""

    number: int
    line: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell, stripped; empty where the table has no such column or the row ends before it."""
        return self.cells.get(column, "").strip()


def rows(
    path: Path,
    required: Sequence[str] = (),
    *,
    header: Sequence[str] | None = None,
    delimiter: str = "\t",
    comment: str = "#",
    quoted: bool = False,
) -> Iterator[Row | Failure]:
    """The rows of a table whose header is `header`, or its first line that is neither empty nor a comment.

    `quoted` takes double quotes off cells. A row with more cells than the header, or with a `required` cell missing or
    empty, is a Failure. A header without a required column is a Failure and ends the table. Raises UnreadableSource.
    """
    columns = list(header) if header is not None else None
    for item in lines(path):
        if isinstance(item, Failure):
            yield item
            continue
        number, line = item
        if not line.strip() or (comment and line.startswith(comment)):
            continue
        try:
            cells = unquoted(line, delimiter) if quoted else line.split(delimiter)
        except Wrong as wrong:
            yield Failure(str(path), f"line {number}", str(wrong))
            continue
        if columns is None:
            columns = [cell.strip() for cell in cells]
            if missing := [column for column in required if column not in columns]:
                yield Failure(str(path), f"line {number}", f"no column {', '.join(missing)}")
                return
            continue
        row = Row(number, line, dict(zip(columns, cells, strict=False)))
        if len(cells) > len(columns):
            yield Failure(str(path), f"line {number}", f"{len(cells)} cells under a header of {len(columns)}")
        elif empty := [column for column in required if not row[column]]:
            yield Failure(str(path), f"line {number}", f"nothing under {', '.join(empty)}")
        else:
            yield row


def unquoted(line: str, delimiter: str = ",") -> list[str]:
    """The cells of a line, double quotes taken off them. Raises Wrong."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:  # a carriage return within the line, or a cell longer than the library takes
        raise Wrong(f"not a row of a table: {error}") from None


def comments(path: Path, prefix: str = "#") -> dict[str, str]:
    """The `key: value` comments before the first row, keys lower case. Raises UnreadableSource."""
    values: dict[str, str] = {}
    for item in lines(path):
        if isinstance(item, Failure):
            break
        if not item[1].startswith(prefix):
            break
        key, colon, value = item[1].lstrip(prefix).partition(":")
        if colon:
            values.setdefault(key.strip().lower(), value.strip().strip("\"'"))
    return values
