"""Uploads on disk."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from api.errors import BadUpload, HomeUnavailable
from api.jobs.uploads import Uploads, in_words_of_the_client, stored_name
from ingest.model import Failure


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("baseline.xml.gz", "0000.xml.gz"),
        ("Notes.MD", "0000.md"),
        ("a.jsonl", "0000.jsonl"),
        ("noname", "0000"),
        ("../../etc/passwd", "0000"),
        ("/etc/cron.d/x.txt", "0000.txt"),
        ("a.txt/../../b", "0000"),
        ("x.sh", "0000"),
        ("..", "0000"),
        ("", "0000"),
        ("a\x00.pdf", "0000.pdf"),
        ("note.HTML", "0000.html"),
        ("letter.docx.gz", "0000.docx.gz"),
        ("x" * 5000 + ".json", "0000.json"),
    ],
)
def test_a_name_from_a_client_is_never_a_path(name: str, stored: str) -> None:
    assert stored_name(0, name) == stored


def test_uploads_are_kept_until_they_are_removed(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    names = uploads.keep("job", [("a/b.txt", io.BytesIO(b"one")), ("c.json", io.BytesIO(b""))])
    assert names == ["a/b.txt", "c.json"]
    paths = uploads.paths("job", names)
    assert list(paths.values()) == names
    assert [Path(path).read_bytes() for path in paths] == [b"one", b""]
    uploads.remove("job")
    uploads.remove("job")
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize("contents", [[], [b""], [b"", b""]])
def test_an_upload_of_nothing_leaves_nothing(tmp_path: Path, contents: list[bytes]) -> None:
    uploads = Uploads(tmp_path / "uploads")
    with pytest.raises(BadUpload):
        uploads.keep("job", [("a.txt", io.BytesIO(content)) for content in contents])
    assert list((tmp_path / "uploads").iterdir()) == []


def test_uploads_of_no_job_go(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    for job in ("kept", "left"):
        uploads.keep(job, [("a.txt", io.BytesIO(b"one"))])
    assert uploads.size("kept") == 3
    uploads.clear(["kept"])
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_place_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnavailable):
        Uploads(tmp_path / "file" / "uploads")


def test_a_failure_names_the_file_as_its_sender_does() -> None:
    names = {"/home/uploads/1/0000.txt": "Roe.txt"}
    told = in_words_of_the_client(Failure("/home/uploads/1/0000.txt", "", "/home/uploads/1/0000.txt: empty"), names)
    assert told == Failure("Roe.txt", "", "Roe.txt: empty")
