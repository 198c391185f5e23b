"""Requests that take too long, or whose client has gone, over a real socket."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.http.app import create_app
from api.http.protocol import Connection, Connections, Deadlines
from api.settings import Settings
from storage.sqlite import Errors, SqliteFile

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000000) SELECT count(*) FROM n"
OVER = "urn:medgraph:problem:deadline-exceeded"


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application behind the connections of the server, in a thread; where it is."""
    http = partial(Connection, Connections(Deadlines(), 12, 12))
    config = uvicorn.Config(app, http=http, ws="none", port=0, log_config=None, access_log=False)  # type: ignore[arg-type]
    server, listening = uvicorn.Server(config), config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def test_what_reads_ends_with_its_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(home))
    monkeypatch.setenv("MEDGRAPH_DEADLINE", "1e-6")
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    question = {"question": "What is the treatment of type 2 diabetes mellitus?"}
    with served(create_app(Settings.read())) as url:
        for reply in (
            httpx.get(f"{url}/v1/entities/MESH:D008687", timeout=60),
            httpx.get(f"{url}/v1/search", params={"q": "metformin"}, timeout=60),
            httpx.post(f"{url}/v1/answers", json=question, timeout=60),
        ):
            assert (reply.status_code, reply.json()["type"]) == (503, OVER)
            assert int(reply.headers["retry-after"]) > 0
        events = httpx.post(f"{url}/v1/answers", json=question | {"stream": True}, timeout=60).text
        name, data = events.strip().split("\n\n")[-1].split("\n")
        assert (name, json.loads(data.removeprefix("data: "))["type"]) == ("event: error", OVER)
        assert httpx.get(f"{url}/healthz").status_code == 200
        # What changes something is not broken off half-way.
        assert httpx.delete(f"{url}/v1/documents/PMID:101", timeout=60).status_code == 204


def test_what_nobody_waits_for_ends(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(home))
    monkeypatch.setenv("MEDGRAPH_DEADLINE", "0")
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    file = SqliteFile(tmp_path / "x.sqlite", Errors(full=OSError, unavailable=RuntimeError, corrupt=ValueError))
    begun, ended = threading.Event(), threading.Event()

    def endless() -> None:
        try:
            with file.reading() as db:
                begun.set()
                db.execute(ENDLESS).fetchone()
        finally:
            ended.set()

    app = create_app(Settings.read())
    app.add_api_route("/v1/endless", endless)
    with served(app) as url:
        client = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))
        client.sendall(b"GET /v1/endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert begun.wait(60)
        client.close()
        assert ended.wait(10), "it went on for nobody"
        counted = 'route="/v1/endless",status="499"'
        for _ in range(100):  # until the request is through
            if counted in (figures := httpx.get(f"{url}/metrics").text):
                break
        assert counted in figures
