"""A full disk, a lock that nobody gives back, a damaged file: one reading, whichever file and door it is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api import problems
from api.http.app import create_app
from api.jobs.table import JobTable
from api.settings import Settings

STORES = ("ledger.sqlite", "passages.sqlite", "graph.sqlite")
FAULTS = {
    "full": (507, "storage-full", problems.FULL),
    "locked": (503, "store-unavailable", problems.UNAVAILABLE),
    "damaged": (500, "store-corrupt", problems.CORRUPT),
}


BESIDE = """
import os, sqlite3
real = sqlite3.connect
def connect(file, *args, **options):
    db = real(file, *args, **{**options, "timeout": 0.05})
    if str(file) == os.environ.get("FULL"):
        db.execute("PRAGMA max_page_count = 1")
    return db
sqlite3.connect = connect
"""
"""What the same fault takes in the process that does the jobs."""


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Read by the names alone, and wait for no lock."""
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    beside = tmp_path / "beside"
    beside.mkdir()
    (beside / "sitecustomize.py").write_text(BESIDE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{beside}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    real = sqlite3.connect

    def impatient(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*args, **{**options, "timeout": 0.05})
        return connection

    monkeypatch.setattr(sqlite3, "connect", impatient)


@contextmanager
def fault(kind: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Bring a fault about for the file at `path`: no page more, another process that writes on, or rubbish in it."""
    if kind == "full":
        connect = sqlite3.connect
        monkeypatch.setenv("FULL", str(path))

        def limited(file: Any, *args: Any, **options: Any) -> sqlite3.Connection:
            db: sqlite3.Connection = connect(file, *args, **options)
            if Path(file) == path:
                db.execute("PRAGMA max_page_count = 1")  # no fewer than there are
            return db

        monkeypatch.setattr(sqlite3, "connect", limited)
        yield
    elif kind == "locked":
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            yield
    else:
        for log in path.parent.glob(f"{path.name}-*"):
            log.unlink()
        with path.open("r+b") as file:
            file.write(b"\x01rubbish" * 512)
        yield


def assert_problem(reply: Any, kind: str) -> None:
    status, slug, _ = FAULTS[kind]
    assert (reply.status_code, reply.json()["type"]) == (status, f"urn:medgraph:problem:{slug}")


@contextmanager
def served(home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(home=home, tagger="dictionary")), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("name", STORES)
def test_a_store_at_the_command_line(
    name: str,
    kind: str,
    home: Path,
    medgraph: Callable[..., Any],
    jsonl: Callable[..., Path],
    made: Callable[[int], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with fault(kind, home / name, monkeypatch):
        done = medgraph("ingest", str(jsonl("many.jsonl", made(150))), "-q", home=home)
    assert done.code == FAULTS[kind][2]
    assert done.err.startswith("medgraph: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("kind", ["locked", "damaged"])
@pytest.mark.parametrize("name", STORES)
def test_a_store_over_http(name: str, kind: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fault(kind, home / name, monkeypatch), served(home) as client:
        assert_problem(client.delete("/v1/documents/PMID:101"), kind)


@pytest.mark.parametrize("name", STORES)
def test_a_full_store_is_the_problem_of_an_upload(
    name: str,
    home: Path,
    jsonl: Callable[..., Path],
    made: Callable[[int], list[dict[str, Any]]],
    wait_for: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = jsonl("many.jsonl", made(150)).read_bytes()
    with fault("full", home / name, monkeypatch), served(home) as client:
        job = client.post("/v1/documents", files={"files": ("many.jsonl", content)}).headers["location"]
        wait_for(lambda: client.get(job).json()["state"] == "failed")
        assert client.get(job).json()["problem"] == "urn:medgraph:problem:storage-full"


@pytest.mark.parametrize("kind", FAULTS)
def test_the_table_of_jobs_over_http(
    kind: str, home: Path, monkeypatch: pytest.MonkeyPatch, wait_for: Callable[..., None]
) -> None:
    path = home / "jobs.sqlite"
    JobTable(path).close()
    files = [("files", (f"{number}{'x' * 2000}.txt", b"Aspirin is old.")) for number in range(300)]
    if kind == "damaged":
        with served(home) as client:
            with closing(sqlite3.connect(path)) as db:
                db.execute("DROP TABLE job")
            assert_problem(client.post("/v1/documents", files=files), kind)
    elif kind == "full":
        with fault(kind, path, monkeypatch), served(home) as client:
            assert_problem(client.post("/v1/documents", files=files), kind)
    else:
        with served(home) as client:
            with fault(kind, path, monkeypatch):
                assert_problem(client.post("/v1/documents", files=files), kind)
            job = client.post("/v1/documents", files=files).headers["location"]
            wait_for(lambda: client.get(job).json()["state"] == "done")
    assert list((home / "uploads").iterdir()) == []


def test_a_worker_outlives_a_table_that_cannot_be_used(
    home: Path, monkeypatch: pytest.MonkeyPatch, wait_for: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("api.jobs.worker._RETRY_SECONDS", 0.1)
    table = JobTable(home / "jobs.sqlite")
    table.add("waiting", ["a.jsonl"], format=None, access=None, writer=None)
    table.close()
    upload = home / "uploads" / "waiting"
    upload.mkdir(parents=True)
    (upload / "0000.jsonl").write_text('{"pmid": 1, "title": "Cough", "abstract": "Metformin causes cough."}\n')
    with fault("locked", home / "ledger.sqlite", monkeypatch), served(home) as client:
        wait_for(lambda: client.get("/v1/jobs/waiting").json()["attempts"] > 0)
        with fault("locked", home / "jobs.sqlite", monkeypatch):
            wait_for(lambda: "the table of jobs" in caplog.text)
        before = client.get("/v1/jobs/waiting").json()["attempts"]
        wait_for(lambda: client.get("/v1/jobs/waiting").json()["attempts"] > before)


def test_a_server_whose_table_of_jobs_is_damaged_does_not_start(home: Path, run: Callable[..., Any]) -> None:
    path = home / "jobs.sqlite"
    JobTable(path).close()
    path.write_bytes(b"\x01rubbish" * 512)
    done = run("serve", "--port", "0", home=home)
    assert done.code == problems.CORRUPT
    assert done.out == ""
    assert f"{path} is damaged" in done.err
    assert "Traceback" not in done.err


def test_a_server_that_finds_a_file_damaged_while_it_warms_up_ends(home: Path, spawn: Callable[..., Any]) -> None:
    path = home / "passages.sqlite"
    size = path.stat().st_size
    with path.open("r+b") as file:  # all but the page that says what is in it
        file.seek(4096)
        file.write(b"\x05\xff" * ((size - 4096) // 2))
    process = spawn("serve", "--port", "0", home=home, MEDGRAPH_TAGGER="dictionary")
    try:
        _, told = process.communicate(timeout=100)
    finally:
        process.kill()
    assert process.returncode == problems.CORRUPT
    assert told.splitlines()[-1].startswith(f"medgraph: {path} is damaged")
    assert "Traceback" not in told
