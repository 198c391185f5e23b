"""The program that does jobs beside the server."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from api.jobs.child import COMMAND, Child
from api.jobs.process import main
from api.settings import Settings

ORDER = {"job": "one", "format": None, "access": "null", "writer": "null"}


def test_it_does_one_job_after_another_and_heeds_the_server_alone(
    home: Path, jsonl: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main.__module__ == COMMAND[-1]
    monkeypatch.setenv("MEDGRAPH_HOME", str(home))
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    child = Child(Settings.read())
    heard: list[Any] = []

    def until(*ends: str) -> str:
        while True:
            message = child.receive(120)
            assert message is not None
            heard.append(message)
            if message["what"] in ends:
                return str(message["what"])

    until("ready")
    if psutil.LINUX:
        assert Path(f"/proc/{child.pid}/oom_score_adj").read_text(encoding="ascii").strip() == "800"
    for sent in (signal.SIGTERM, signal.SIGINT):
        psutil.Process(child.pid).send_signal(sent)
    good = jsonl("good.jsonl", [{"pmid": 900, "title": "More", "abstract": "Metformin causes cough."}])
    child.send({**ORDER, "paths": {str(good): "Jane Roe.jsonl"}})
    assert until("done", "failed") == "done"
    assert heard[-2]["tally"]["added"] == 1
    child.send({**ORDER, "paths": {str(good.with_name("gone.jsonl")): "Jane Roe.jsonl"}})
    assert until("done", "failed") == "failed"
    assert heard[-1]["problem"] == "unreadable-source"
    assert "Roe" not in str(heard)
    child.close()
