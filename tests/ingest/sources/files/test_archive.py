from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.files import archive
from ingest.sources.files.archive import is_archive, members


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(f"folder/{name}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("folder/link_txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    return buffer.getvalue()


def test_members_of_a_suffix_and_no_links(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(packed(one_txt=b"1", two_md=b"2"))
    assert list(members(path, "_txt")) == [("folder/one_txt", b"1")]
    assert is_archive(gzip.decompress(path.read_bytes()))


def test_a_file_that_is_no_archive_is_its_own_member(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_bytes(b"1")
    assert list(members(path, ".json")) == [("one.txt", b"1")]
    assert not is_archive(b"1")


def test_a_large_member_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBER_LIMIT", 3)
    path = tmp_path / "a.tar.gz"
    path.write_bytes(packed(one_txt=b"12345", two_txt=b"2"))
    failure, member = members(path, "_txt")
    assert isinstance(failure, Failure)
    assert member == ("folder/two_txt", b"2")


def test_an_archive_cut_off_says_after_what(tmp_path: Path) -> None:
    whole = gzip.decompress(packed(one_txt=b"1" * 5_000, two_txt=b"2" * 5_000))
    path = tmp_path / "a.tar"
    path.write_bytes(whole[:8_000])
    with pytest.raises(MalformedFile, match="two_txt"):
        list(members(path, "_txt"))
