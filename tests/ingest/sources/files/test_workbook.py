from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import MalformedFile, UnreadableSource
from ingest.sources.files.workbook import sheet


def test_rows_as_text(tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.worksheets[0].append(["a", 2, None])
    workbook.worksheets[0].append([None, "b"])
    workbook.save(tmp_path / "a.xlsx")
    assert list(sheet(tmp_path / "a.xlsx")) == [("a", "2"), ("", "b")]


def test_what_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04nonsense")
    with pytest.raises(MalformedFile):
        list(sheet(tmp_path / "a.xlsx"))
    with pytest.raises(UnreadableSource):
        list(sheet(tmp_path / "none.xlsx"))
