from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import MalformedFile, UnreadableSource
from ingest.model import Failure
from ingest.sources.curated.table_map import TableMap, table_map
from ingest.sources.curated.table_rows import TableRow, is_table, table_rows

YAML = """
provenance: {source: blue-trial, version: "1", licence: CC0-1.0}
drug: {represented_as: node, is_a: Drug, preferred_id: LOCAL, properties: {name: drug}}
disease: {represented_as: node, is_a: Disease, preferred_id: LOCAL, properties: {name: disease}}
"""
HEADER, ROW = "drug,disease,mg", "Blümycin,Blue ear,5"


@pytest.fixture
def mapping(write: Callable[..., Path]) -> TableMap:
    return table_map(write("m.yaml", YAML))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["", "\ufeff", "# made 2031\n#\n", "\n", "#"])
def test_separators_ends_marks_and_notes(tmp_path: Path, mapping: TableMap, mark: str, end: str, before: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes((before + f"{HEADER}\n{ROW}\n".replace(",", mark)).replace("\n", end).encode())
    (row,) = table_rows(path, mapping)
    assert isinstance(row, TableRow)
    assert (row["drug"], row["disease"], row["mg"]) == ("Blümycin", "Blue ear", "5")
    assert row.where == f"line {2 + before.count(chr(10))}"


def test_encodings(tmp_path: Path, write: Callable[..., Path], mapping: TableMap) -> None:
    path = tmp_path / "t.csv"
    for encoding in ("utf-16", "windows-1252"):
        path.write_bytes(f"{HEADER}\n{ROW}\n".encode(encoding))
        if encoding != "utf-16":
            with pytest.raises(MalformedFile, match="`encoding: windows-1252`"):
                list(table_rows(path, mapping))
            mapping = table_map(write("m.yaml", f"encoding: {encoding}\n{YAML}"))
        (row,) = table_rows(path, mapping)
        assert isinstance(row, TableRow)
        assert row["drug"] == "Blümycin"


def test_a_row_stands_at_its_first_line(write: Callable[..., Path], mapping: TableMap) -> None:
    text = f'{HEADER}\n"Blue\n mycin",Blue ear,NA\n\nx,y\nRed,Red ear,5\n'
    one, short, other = table_rows(write("t.csv", text), mapping)
    assert isinstance(one, TableRow)
    assert isinstance(other, TableRow)
    assert (one.where, one["drug"], one["mg"]) == ("line 2", "Blue mycin", "")
    assert short == Failure(str(write("t.csv", text)), "line 5", "2 cells under a header of 3")
    assert other.where == "line 6"


def test_a_sheet_of_excel(tmp_path: Path, mapping: TableMap) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import datetime

    book = openpyxl.Workbook()
    for cells in (
        ["Made in 2031"],
        [],
        ["drug", "disease", "day", None],
        ["Blue", "Blue ear", datetime(2031, 2, 3)],
        [],
    ):
        book.active.append(cells)
    book.save(tmp_path / "t.xlsx")
    (row,) = table_rows(tmp_path / "t.xlsx", mapping)
    assert isinstance(row, TableRow)
    assert (row.where, row["drug"], row["day"]) == ("row 4", "Blue", "2031-02-03")
    book = openpyxl.Workbook()
    book.active.append(["other"])
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(UnreadableSource, match="no column disease, drug"):
        list(table_rows(tmp_path / "t.xlsx", mapping))


def test_which_files_of_a_folder_are_tables() -> None:
    assert [is_table(Path(name)) for name in ("a.CSV.gz", "a.tsv", "a.xlsx", "a.parquet")] == [True] * 4
    assert not any(is_table(Path(name)) for name in ("my.yaml", "a.json", "Makefile"))
