"""Uploads that mean no good: their forms, their names, and a disk that is full."""

from __future__ import annotations

import errno
import io
import os
import socket
import stat
from collections import namedtuple
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.http import upload
from api.http.app import create_app
from api.http.doorkeeper import UPLOADS_AT_ONCE
from api.http.upload import FIELD_BYTES, FIELDS, FILES, NAME_CHARACTERS, named
from api.settings import Settings
from tests.api.http.test_http import Served, assert_problem

FORM = {"content-type": "multipart/form-data; boundary=x"}


def part(disposition: str, content: bytes, header: bytes = b"") -> bytes:
    return (
        b"--x\r\nContent-Disposition: form-data; "
        + disposition.encode()
        + b"\r\n"
        + header
        + b"\r\n"
        + content
        + b"\r\n"
    )


FILE = part('name="files"; filename="a.txt"', b"Metformin causes nausea.")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 422),
        (b"no form at all", 422),
        (FILE, 422),  # it has no end
        (FILE * (FILES + 1) + b"--x--", 422),
        (FILE + part('name="access"', b"public") * (FIELDS + 1) + b"--x--", 422),
        (FILE + part('name="format"', b"a" * (FIELD_BYTES + 1)) + b"--x--", 422),
        (part('name="files"; filename="a.txt"', b"x", b"X: " + b"a" * 100_000 + b"\r\n") + b"--x--", 422),
        (part('name="files"; filename="a.txt"', b"x", b"X: a\r\n" * 1000) + b"--x--", 422),
        (part('name="files"; filename="' + "a" * 100_000 + '"', b"x") + b"--x--", 422),
        (part("filename=a.txt", b"x") + b"--x--", 422),
        (b"\r\n" * 200_000 + b"x", 422),
        (b"--x\r\n" * 50_000, 422),
        (b"--" * 400_000, 422),
        (FILE.replace(b"nausea", b"\r\n--" * 200_000) + b"--x--nonsense" * 1000, 202),
    ],
)
def test_a_form_is_read_within_limits(sent: bytes, status: int, hall: httpx.Client) -> None:
    reply = hall.post("/v1/documents", content=sent, headers=FORM)
    assert reply.status_code == status, reply.text


@pytest.mark.parametrize("boundary", ["", "; boundary=", f"; boundary={'x' * 300}", "; boundary=x; charset=no-such"])
def test_a_form_without_a_sound_boundary(boundary: str, hall: httpx.Client) -> None:
    reply = hall.post("/v1/documents", content=b"x", headers={"content-type": f"multipart/form-data{boundary}"})
    assert_problem(reply, 422, "invalid-request")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("notes.txt", "notes.txt"),
        ("病历.txt", "病历.txt"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\doctor\notes.txt", "notes.txt"),
        ("a\x00b\nc\x1b[31m.txt", "a_b_c_[31m.txt"),
        ("\u202etxt.exe", "_txt.exe"),
        ("half \ud83d.txt", "half _.txt"),
        ("", ""),
        ("..", ".."),
    ],
)
def test_a_file_name_is_the_last_part_of_it_without_what_a_terminal_obeys(name: str, shown: str) -> None:
    assert named(name) == shown


def test_a_long_name_keeps_its_end() -> None:
    assert named("a" * 100_000 + ".jsonl.gz").endswith("a.jsonl.gz")
    assert len(named("a" * 100_000)) == NAME_CHARACTERS


def test_names_over_http(hall: httpx.Client, settings: Settings) -> None:
    names = ["../../../../x.txt", "a\nb.txt", "/etc/passwd", "x" * 3000 + ".txt"]
    job = hall.post("/v1/documents", files=[("files", (name, b"Metformin causes nausea.")) for name in names]).json()
    assert job["files"][::2] == ["x.txt", "passwd"]
    for folder in (settings.home / "uploads").iterdir():
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert all(len(path.name) < 20 for path in folder.iterdir())


@pytest.fixture(scope="module")
def settings(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    import shutil

    home = Path(shutil.copytree(filled, tmp_path_factory.mktemp("hall") / "home"))
    return Settings(home=home, tagger="dictionary")


@pytest.fixture(scope="module")
def hall(settings: Settings) -> Any:
    """A client of an application in this process, over a home of its own."""
    with Served(create_app(settings)) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def test_an_upload_lies_in_the_home_while_it_comes(
    hall: httpx.Client,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    wait_for: Callable[..., None],
) -> None:
    elsewhere = tmp_path / "no-space-here"
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))  # which does not exist
    seen: list[str] = []

    def open_files() -> list[str]:
        found = []
        for number in os.listdir("/proc/self/fd"):
            with suppress(OSError):
                found.append(os.readlink(f"/proc/self/fd/{number}"))
        return found

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 3 << 20 and not seen:
                wait_for(lambda: any(path.startswith(str(settings.home / "uploads")) for path in open_files()), 30)
                seen.extend(open_files())
            return super().read(size)

    reply = hall.post("/v1/documents", files={"files": ("a.txt", Slow(b"Metformin causes nausea. " * 200_000))})
    assert reply.status_code == 202, reply.text
    assert any(path.startswith(str(settings.home / "uploads")) for path in seen)


def test_a_full_disk_is_told_before_and_while_an_upload_comes(
    hall: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"files": ("a.txt", b"Metformin causes nausea. " * 100_000)}
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as patch:
        patch.setattr(upload.shutil, "disk_usage", lambda path: usage(10**12, 10**12, 1 << 20))  # type: ignore[attr-defined]
        assert_problem(hall.post("/v1/documents", files=files), 507, "storage-full")
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):

        def full(*args: Any, number: int = number, **options: Any) -> Any:
            raise OSError(number, "no room")

        with monkeypatch.context() as patch:
            patch.setattr("tempfile.TemporaryFile", full)  # when a file outgrows the memory
            assert_problem(hall.post("/v1/documents", files=files), 507, "storage-full")
    assert hall.get("/healthz").status_code == 200


def test_what_breaks_off_leaves_nothing(hall: httpx.Client, settings: Settings, wait_for: Callable[..., None]) -> None:
    before = {path.name for path in (settings.home / "uploads").iterdir()}

    def broken() -> Any:
        yield FILE
        yield part('name="files"; filename="b.txt"', b"a" * (3 << 20))
        raise RuntimeError("the client is gone")

    with pytest.raises(RuntimeError, match="gone"):
        hall.post("/v1/documents", content=broken(), headers=FORM)
    assert {path.name for path in (settings.home / "uploads").iterdir()} <= before


def test_so_many_uploads_of_one_owner_come_at_once(hall: httpx.Client, wait_for: Callable[..., None]) -> None:
    address = (hall.base_url.host, hall.base_url.port or 0)
    head = f"POST /v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {FORM['content-type']}\r\n".encode()
    half = head + b"Content-Length: 1000000\r\n\r\n" + FILE
    coming = [socket.create_connection(address) for _ in range(UPLOADS_AT_ONCE)]
    try:
        for one in coming:
            one.sendall(half)
        whole = {"files": ("a.txt", b"Metformin causes nausea.")}
        wait_for(lambda: hall.post("/v1/documents", files=whole).status_code == 429)
        assert_problem(hall.post("/v1/documents", files=whole), 429, "queue-full")
        assert hall.get("/v1/stats").status_code == 200
        coming.pop().close()
        wait_for(lambda: hall.post("/v1/documents", files=whole).status_code == 202)
    finally:
        for one in coming:
            one.close()
