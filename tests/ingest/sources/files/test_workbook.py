from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest.errors import MalformedFile, UnreadableSource
from ingest.sources.files.workbook import sheet


def test_rows_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(saved())
    assert list(sheet(tmp_path / "a.xlsx")) == [("a", "2"), ("", "b")]


def test_what_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04nonsense")
    with pytest.raises(MalformedFile):
        list(sheet(tmp_path / "a.xlsx"))
    with pytest.raises(UnreadableSource):
        list(sheet(tmp_path / "none.xlsx"))


def test_a_name_does_not_make_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "medicines.bin").write_bytes(saved())
    assert list(sheet(tmp_path / "medicines.bin")) == [("a", "2"), ("", "b")]


def saved() -> bytes:
    from openpyxl import Workbook

    workbook, out = Workbook(), io.BytesIO()
    workbook.worksheets[0].append(["a", 2])
    workbook.worksheets[0].append([None, "b"])
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"<", b"<a/>", b"<workbook><sheets><sheet/></sheets></workbook>", b"\xff\xfe"]
)
def test_a_part_that_is_damaged_is_told_or_not_needed(tmp_path: Path, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(saved())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = 0
    for damaged in parts:
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, content if name == damaged else part)
        try:
            list(sheet(tmp_path / "a.xlsx"))
        except MalformedFile:
            told += 1
    assert told
