"""A language model behind an OpenAI-compatible address on loopback: asked, missing, refusing, not installed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

KEY = "a-key-for-the-model"
Command = Callable[..., Any]


@dataclass
class ModelServer:
    """Streams one sentence that cites what it was shown first."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def model() -> Iterator[ModelServer]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._status()
            self.wfile.write(b'{"object": "list", "data": [{"id": "little"}]}')

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            served.asked.append(asked)
            if not self._status("text/event-stream"):
                return
            for piece in ("Metformin causes ", "nausea [E1].", None):
                choice = {"index": 0, "delta": {"content": piece} if piece else {}, "finish_reason": None}
                if piece is None:
                    choice["finish_reason"] = "stop"
                chunk = {
                    "id": "1",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": "little",
                    "choices": [choice],
                }
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.write(b"data: [DONE]\n\n")

        def _status(self, kind: str = "application/json") -> bool:
            good = self.headers["authorization"] == f"Bearer {KEY}"
            self.send_response(200 if good else 401)
            self.send_header("content-type", kind)
            self.end_headers()
            return good

        def log_message(self, format: str, *args: object) -> None:
            """Tests read what was asked from `asked`."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        served = ModelServer(f"http://127.0.0.1:{server.server_port}/v1")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield served
        server.shutdown()
        thread.join()


@pytest.fixture
def set_model(model: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    monkeypatch.setenv("MEDGRAPH_LLM_URL", model.url)
    monkeypatch.setenv("MEDGRAPH_LLM_MODEL", "little")
    monkeypatch.setenv("MEDGRAPH_LLM_KEY", KEY)
    return model


def test_a_model_that_is_set_writes_the_answer(set_model: ModelServer, medgraph: Command, filled: Path) -> None:
    pytest.importorskip("langchain_openai", reason="the extra `llm` is not installed")
    done = medgraph("ask", "What are the adverse effects of metformin?", "--json", home=filled)
    assert done.code == 0
    assert done.json["writer"] == "little"
    (asked,) = set_model.asked
    assert (asked["model"], asked["stream"]) == ("little", True)
    assert re.search(r"\bE1\b", json.dumps(asked["messages"]))
    assert KEY not in done.out + done.err


def test_check_asks_the_model(
    set_model: ModelServer, medgraph: Command, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("langchain", reason="the extra `llm` is not installed")
    states = {check["part"]: check for check in medgraph("check", "--json", home=filled).json["checks"]}
    assert states["language model"]["state"] == "ok"
    monkeypatch.setenv("MEDGRAPH_LLM_KEY", "another-key")
    refused = medgraph("check", "--json", home=filled)
    states = {check["part"]: check for check in refused.json["checks"]}
    assert (refused.code, states["language model"]["state"]) == (5, "unreachable")
    assert "MEDGRAPH_LLM_KEY" in states["language model"]["detail"]
    assert "another-key" not in refused.out


def test_a_model_that_is_not_there_is_said_and_done_without(
    medgraph: Command, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("langchain_openai", reason="the extra `llm` is not installed")
    monkeypatch.setenv("MEDGRAPH_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("MEDGRAPH_LLM_MODEL", "little")
    found = medgraph("check", "--json", home=filled)
    states = {check["part"]: check["state"] for check in found.json["checks"]}
    assert (found.code, states["language model"], states["graph"]) == (5, "unreachable", "ok")
    answer = medgraph("ask", "What are the adverse effects of metformin?", "--json", home=filled)
    assert answer.code == 0
    assert answer.json["writer"] == "quote (model unavailable)"
    assert answer.json["sentences"]


@pytest.mark.parametrize(("command", "code"), [(["ask", "why?"], 5), (["check"], 5)])
def test_a_missing_extra_is_answered_with_the_command_that_installs_it(
    command: list[str], code: int, filled: Path
) -> None:
    program = f"""
import os, sys
sys.modules["langchain"] = None  # as it is where it was never installed
os.environ.update(MEDGRAPH_HOME={str(filled)!r}, MEDGRAPH_LLM_MODEL="openai:little")
from api.cli.main import main
sys.exit(main({command!r}))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == code
    said = done.stdout + done.stderr
    assert "pip install" in said
    assert re.search(r"-e '/\S+\[llm\]'", said)
    assert "Traceback" not in said
