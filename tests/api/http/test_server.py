"""The server process among too many clients, and one that cannot start."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from api.errors import HomeUnavailable, NotStarted
from api.http.app import create_app
from api.http.server import serve
from api.settings import Settings

DESCRIPTORS, CROWD = 200, 400
KEY = {"Authorization": "Bearer reader-key-0123456789"}


def test_a_crowd_that_says_nothing_takes_nothing_away(start: Callable[..., Any], home: Path) -> None:
    server = start(
        home,
        descriptors=DESCRIPTORS,
        MEDGRAPH_TAGGER="dictionary",
        MEDGRAPH_HEAD_SECONDS="1",
        MEDGRAPH_API_KEYS='{"reader-key-0123456789": ["public"]}',
    )
    host, port = urlsplit(server.url).hostname, urlsplit(server.url).port
    with ExitStack() as crowd:
        idle = [crowd.enter_context(socket.create_connection((host, port))) for _ in range(CROWD)]
        for number, client in enumerate(idle):
            client.settimeout(60)
            if number % 2:
                try:
                    client.sendall(b"GET / HTTP/1.1\r\nX: ")
                except ConnectionError:
                    continue
        for client in idle:  # each is ended by the server
            try:
                while client.recv(1 << 16):
                    pass
            except ConnectionError:
                continue
        assert server.client.get("/v1/search", params={"q": "metformin"}, headers=KEY).json()["hits"]
        # Nothing of a body that no key came with reaches a disk, and nobody takes it all.
        with socket.create_connection((host, port)) as keyless:
            keyless.settimeout(60)
            head = f"POST /v1/documents HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {400 << 20}\r\n"
            keyless.sendall(f"{head}Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n".encode())
            sent = 0
            try:
                while sent < 400 << 20:
                    sent += keyless.send(bytes(1 << 16))
            except ConnectionError:
                pass
            assert sent < 64 << 20
            assert keyless.recv(1 << 16).startswith(b"HTTP/1.1 401 ")
        written = Path(f"/proc/{server.process.pid}/io").read_text().split()
        assert int(written[written.index("wchar:") + 1]) < 32 << 20
    assert server.log.stat().st_size < 60_000
    assert "too many connections" in server.log.read_text()
    assert server.stop() == 0


def test_a_server_that_ends_before_it_answers_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(home))
    monkeypatch.setenv("MEDGRAPH_PORT", "0")
    said: list[str] = []

    def late(settings: Settings) -> Any:
        app = create_app(settings)
        shutil.rmtree(home)  # when the address is had and the home was looked at
        home.write_text("a file")
        return app

    monkeypatch.setattr("api.http.server.create_app", late)
    with pytest.raises(HomeUnavailable):
        serve(Settings.read(), said.append)
    assert not said
    assert "Traceback" not in capfd.readouterr().err


def test_a_server_that_cannot_start_exits_with_a_code(
    home: Path, monkeypatch: pytest.MonkeyPatch, medgraph: Callable[..., Any]
) -> None:
    def ends(self: object, sockets: object) -> None:
        raise SystemExit(3)  # what uvicorn does

    monkeypatch.setattr("uvicorn.Server.run", ends)
    done = medgraph("serve", "--port", "0", home=home)
    assert done.code == 5
    assert done.err == "medgraph: the server could not start\n"
    with pytest.raises(NotStarted):
        serve(Settings.read().model_copy(update={"port": 0}), lambda said: None)
    assert os.path.isdir(home)
