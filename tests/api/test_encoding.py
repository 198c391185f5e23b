"""The process that encodes beside an ingestion: what comes of it when one of the two is killed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api import encoding
from api.settings import Settings
from api.wiring import Parts, beside, open_encoder

Spawn = Callable[..., subprocess.Popen[str]]


def test_the_program_gives_the_vectors_of_the_encoder_that_is_set() -> None:
    settings = Settings(threads=1)
    here = open_encoder(settings)
    texts = [f"Fever on day {n}." for n in range(40)]
    with beside(settings, here) as other:
        assert type(other) is not type(here)
        assert np.array_equal(other.encode(texts), here.encode(texts))
    here.close()
    assert encoding.main.__doc__


def children(process: int) -> list[int]:
    """The living children of a process whose program encodes."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat, command = (folder / "stat").read_text(), (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it ended while we looked
        parent = int(stat.rpartition(")")[2].split()[1])
        if parent == process and b"api.encoding" in command:
            found.append(int(folder.name))
    return found


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes where Linux lists them")
@pytest.mark.parametrize("killed", ["encoder", "ingestion", "interrupted"])
def test_whichever_is_killed_the_same_command_ends_it(
    killed: str,
    spawn: Spawn,
    run: Callable[..., Any],
    jsonl: Callable[..., Path],
    made: Callable[[int], list[dict[str, Any]]],
    wait_for: Callable[..., None],
    home: Path,
) -> None:
    settings = {"home": home, "MEDGRAPH_TAGGER": "dictionary"}
    file = jsonl("many.jsonl", made(1200))
    with spawn("ingest", str(file), **settings) as process:
        wait_for(lambda: bool(children(process.pid)) or process.poll() is not None)
        (encoder,) = children(process.pid)
        if killed == "encoder":
            os.kill(encoder, signal.SIGKILL)
        else:
            process.send_signal(signal.SIGTERM if killed == "ingestion" else signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert process.returncode != 0
    if killed == "encoder":
        assert "killed by signal 9" in err
    assert "Traceback" not in err
    wait_for(lambda: not alive(encoder))
    with Parts(Settings(home=home, tagger="dictionary")) as parts:
        assert len(parts.ledger()) < 1200
    again = run("ingest", str(file), "--json", **settings)
    assert again.code == 0, again.err
    with Parts(Settings(home=home, tagger="dictionary")) as parts:
        assert len(parts.ledger()) == 1200 + 6
        assert parts.passages().counts()[0] == parts.graph().stats().documents == 1200 + 6


def test_the_environment_holds_the_settings_and_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = {
        "MEDGRAPH_API_KEY": "secret-key-0123456789", "MEDGRAPH_GRAPH_PASSWORD": "secret-word",
        "MEDGRAPH_API_KEYS": '{"secret-key-9876543210": ["public"]}', "MEDGRAPH_THREADS": "3",
        "MEDGRAPH_HOSTS": '["medgraph.example"]', "MEDGRAPH_HOME": str(tmp_path),
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings.read()
    passed = settings.environment()
    assert "secret" not in str({name: value for name, value in passed.items() if name.startswith("MEDGRAPH_")})
    for name in given:
        monkeypatch.delenv(name)
    for name, value in passed.items():
        monkeypatch.setenv(name, value)
    there = Settings.read()
    assert (there.threads, there.home, there.hosts) == (3, tmp_path, frozenset({"medgraph.example"}))
    assert not there.keys
