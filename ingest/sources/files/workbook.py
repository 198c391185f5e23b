"""The first sheet of an Excel workbook, row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import MalformedFile, UnreadableSource

SIZE_LIMIT = 1 << 30
"""How many bytes a workbook may unpack to."""


def sheet(path: Path) -> Iterator[tuple[str, ...]]:
    """The rows of the first sheet, their cells as text without the empty ones at the end.

    Raises UnreadableSource for a missing file or where openpyxl is not installed, MalformedFile for what is none.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise UnreadableSource(
            f"{path}: Excel is read with the extra `tables`: uv pip install -e '.[tables]'"
        ) from error
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > SIZE_LIMIT:
            raise MalformedFile(str(path), "", f"the workbook unpacks to more than {SIZE_LIMIT} bytes")
        # Opened here: of a path openpyxl asks the name, which may end in anything.
        with open(path, "rb") as file:
            workbook = load_workbook(file, read_only=True, data_only=True)
            for cells in workbook.worksheets[0].iter_rows(values_only=True):
                texts = ["" if cell is None else str(cell) for cell in cells]
                while texts and not texts[-1]:
                    texts.pop()
                yield tuple(texts)
    except FileNotFoundError as error:
        raise UnreadableSource(f"{path}: no such file") from error
    except MalformedFile:
        raise
    except Exception as error:  # openpyxl has no error of its own for what is damaged
        raise MalformedFile(str(path), "", "not an Excel workbook, or a damaged one") from error
