"""A home that cannot be used: of every command one line that names the file, the documented exit code, no traceback."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from api import problems
from api.cli.main import COMMANDS

EVERY: dict[str, tuple[tuple[str, ...], ...]] = {
    "load": (("load", "NAMES"),),
    "ingest": (("ingest", "DOCUMENTS", "-q"),),
    "tag": (("tag", "DOCUMENTS", "--to", "jsonl", "-o", "OUT", "-q"),),
    "ask": (("ask", "What does metformin cause?"),),
    "differential": (("differential", "nausea"),),
    "drug": (("drug", "metformin"),),
    "drugs": (("drugs", "check", "metformin", "aspirin"), ("drugs", "for", "heart failure")),
    "repurpose": (("repurpose", "heart failure"),),
    "search": (("search", "nausea"),),
    "entity": (("entity", "Nausea"),),
    "neighbours": (("neighbours", "Nausea"),),
    "why": (("why", "Metformin", "Nausea"),),
    "paths": (("paths", "Metformin", "Nausea"),),
    "twins": (("twins",), ("twins", "--all-above", "0.1")),
    "review": (("review",), ("review", "--list", "new")),
    "reindex": (("reindex",),),
    "delete": (("delete", "PMID:101"),),
    "unload": (("unload", "small"),),
    "export": (("export", "kgx", "-o", "OUT"),),
    "stats": (("stats",),),
    "fingerprint": (("fingerprint",),),
    "keys": (("keys", "add", "ward"), ("keys", "list"), ("keys", "revoke", "ward")),
    "jobs": (("jobs", "list"), ("jobs", "cancel", "one")),
    "serve": (("serve", "--port", "TAKEN"),),
    "check": (("check",), ("check", "--patient", "42")),
}
"""What reads or writes the home, by command."""
ELSEWHERE = {
    "evaluate": "measures files, or a home of its own",
    "train": "writes weights",
    "audit": "has its own tests",
}


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that is in use: a server that comes so far ends there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def told(
    tmp_path: Path, inputs: Path, medgraph: Callable[..., Any], taken: int
) -> Callable[[Path, tuple[str, ...], int, str], None]:
    """Run a command over a home and hold it to its code and to one line about this file."""
    places: dict[str, object] = {"NAMES": inputs / "names.tsv", "DOCUMENTS": inputs / "documents.jsonl"}
    places |= {"OUT": tmp_path / "out", "TAKEN": taken}

    def ran(home: Path, command: tuple[str, ...], code: int, file: str) -> None:
        done = medgraph(*(str(places.get(word, word)) for word in command), home=home)
        shown = f"{command}: {done.code}\n{done.out}\n{done.err}"
        if command == ("check",):  # it goes on, and tells which part it is
            assert (done.code, file in done.out) == (problems.UNAVAILABLE, True), shown
            return
        lines = [line for line in done.err.splitlines() if line.startswith("medgraph: ")]
        assert (done.code, len(lines)) == (code, 1), shown
        assert file in lines[0], shown
        assert "Traceback" not in done.err, shown

    return ran


def _rubbish(path: Path) -> None:
    for log in path.parent.glob(f"{path.name}-*"):
        log.unlink()
    path.write_bytes(b"\x01rubbish" * 512)


def _foreign(path: Path) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (x)")


def test_every_command_is_tried() -> None:
    assert EVERY.keys() | ELSEWHERE.keys() == set(COMMANDS)


def test_a_home_that_is_a_file(tmp_path: Path, told: Callable[..., None]) -> None:
    home = tmp_path / "home"
    home.write_text("")
    for commands in EVERY.values():
        for command in commands:
            told(home, command, problems.UNAVAILABLE, str(home))


OF_GRAPH = [name for name in EVERY if name not in ("jobs", "keys", "reindex", "search", "tag")]


@pytest.mark.parametrize(
    ("name", "commands"),
    [
        ("graph.sqlite", OF_GRAPH),
        ("passages.sqlite", ["ingest", "ask", "search", "reindex", "delete", "fingerprint", "serve", "check"]),
        ("ledger.sqlite", ["ingest", "delete", "serve", "check"]),
        ("keys.sqlite", ["keys", "serve", "check"]),
        ("jobs.sqlite", ["jobs", "serve"]),
    ],
)
@pytest.mark.parametrize("damage", [_rubbish, _foreign])
def test_a_damaged_or_foreign_file(
    name: str, commands: list[str], damage: Callable[[Path], None], home: Path, told: Callable[..., None]
) -> None:
    for command in (command for kind in commands for command in EVERY[kind][:1]):
        damage(home / name)
        told(home, command, problems.CORRUPT, str(home / name))


def test_a_damaged_salt(home: Path, tmp_path: Path, told: Callable[..., None]) -> None:
    chart = tmp_path / "chart.ndjson"
    chart.write_text(json.dumps({"resourceType": "Patient", "id": "p", "gender": "female"}) + "\n")
    (home / "salt").write_bytes(b"\xff\xfe\x00 rubbish")
    for command in (("ingest", str(chart), "-q"), ("serve", "--port", "TAKEN"), ("check",)):
        told(home, command, problems.CORRUPT, str(home / "salt"))


def test_a_file_in_the_place_of_a_folder(home: Path, tmp_path: Path, inputs: Path, told: Callable[..., None]) -> None:
    shutil.rmtree(home / "releases", ignore_errors=True)
    (home / "releases").write_text("")
    newer = tmp_path / "names.tsv"
    newer.write_text((inputs / "names.tsv").read_text().replace("# version: 1", "# version: 2"))
    told(home, ("load", str(newer)), problems.UNAVAILABLE, str(home / "releases"))
    (home / "ingest.lock").unlink(missing_ok=True)
    (home / "ingest.lock").mkdir()
    told(home, ("delete", "PMID:101"), problems.UNAVAILABLE, str(home / "ingest.lock"))


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without the rights of root, which may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def readonly(filled: Path) -> Iterator[Path]:
    """A copy of the filled home that may be read and not written, where nobody may come, too."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home = Path(shutil.copytree(filled, Path(folder) / "home"))
        for place in [home, *home.rglob("*")]:
            place.chmod(0o555 if place.is_dir() else 0o444)
        yield home
        home.chmod(0o755)


def test_a_home_that_cannot_be_written(readonly: Path, home: Path, told: Callable[..., None]) -> None:
    # What is imported by a server that starts is imported while the files of Python may be read.
    (home / "jobs.sqlite").write_bytes(b"rubbish" * 1000)
    told(home, EVERY["serve"][0], problems.CORRUPT, "jobs.sqlite")
    for kind in ("load", "ingest", "ask", "search", "delete", "unload", "reindex", "keys", "jobs", "serve", "check"):
        with _as_nobody():
            told(readonly, EVERY[kind][0], problems.UNAVAILABLE, str(readonly))


@contextmanager
def _no_byte_more() -> Iterator[None]:
    """No file may grow, as if the disk were full."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_home_on_a_full_disk(home: Path, tmp_path: Path, told: Callable[..., None]) -> None:
    for kind in ("load", "ingest", "delete", "unload", "reindex", "keys", "jobs", "serve", "stats", "check"):
        for where in (home, tmp_path / "new"):
            with _no_byte_more():
                told(where, EVERY[kind][0], problems.FULL, str(where))
