from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ingest.errors import OutputUnavailable
from ingest.sinks.whole import whole


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    with whole(path) as file:
        file.write("one\n")
        assert not path.exists()
    assert gzip.decompress(path.read_bytes()) == b"one\n"

    def broken() -> None:
        with whole(path) as file:
            file.write("two\n")
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert gzip.decompress(path.read_bytes()) == b"one\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputUnavailable), whole(tmp_path / "none" / "a") as file:
        file.write("x")
