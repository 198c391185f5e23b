"""Many at once: searches beside an ingestion, bad input among good, and more than the server takes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.http.app import create_app
from api.schemas.state import CheckOut
from api.settings import Settings
from tests.api.http.test_http import Served

Command = Callable[..., Any]
GOOD = {"q": "metformin lactic acidosis"}
BAD = [
    {"q": "fever " * 8000},
    {"q": ""},
    {},
    {"q": "fever", "k": "0"},
    {"q": "fever", "k": "101"},
    {"q": "fever", "k": "many"},
    {"q": "fever", "mode": "best"},
    {"q": "fever", "cursor": "\x00"},
]
STRANGE = ["\x00\x01\x02", "aspirin\x00\x1b[31m", "的", "the of and", '"" OR NOT *', "\U0001f48a"]


def test_bad_input_is_told_among_many_good_searches(client: httpx.Client) -> None:
    expected = client.get("/v1/search", params=GOOD).json()

    def ask(number: int) -> tuple[int, httpx.Response]:
        asked: dict[str, str] = (GOOD, BAD[number % len(BAD)], {"q": STRANGE[number % len(STRANGE)]})[number % 3]
        return number, client.get("/v1/search", params=asked)

    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(ask, range(96)))
    for number, reply in replies:
        if number % 3 == 0:
            assert reply.json() == expected
        elif number % 3 == 1:
            assert reply.status_code == 422, reply.text
            assert reply.headers["content-type"] == "application/problem+json"
            assert "fever" not in reply.text
        else:
            assert reply.status_code == 200, reply.text


def test_searches_go_on_while_documents_are_read_in(
    start: Command, home: Path, jsonl: Command, made: Command, wait_for: Command
) -> None:
    server = start(home, MEDGRAPH_TAGGER="dictionary")
    location = server.upload(jsonl("many.jsonl", made(600)))
    totals: list[int] = []
    over = threading.Event()

    def search() -> int:
        asked = 0
        while not over.is_set():
            reply = server.client.get("/v1/search", params={"q": "metformin causes nausea"})
            assert reply.status_code == 200, reply.text
            body = reply.json()
            assert body["hits"]
            totals.append(body["total"])
            asked += 1
        return asked

    with ThreadPoolExecutor(4) as pool:
        searching = [pool.submit(search) for _ in range(4)]
        wait_for(lambda: server.client.get(location).json()["state"] in ("done", "failed"))
        over.set()
        assert all(one.result() for one in searching)
    assert server.client.get(location).json()["state"] == "done"
    # Every state that a search saw is one that stood: batches are there whole or not at all.
    stages = [6 + min(600, 128 * batch) for batch in range(6)]
    assert set(totals) <= {stage - 1 for stage in stages}
    assert server.stop() == 0


def test_more_than_the_server_takes_is_told_at_once(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(filled))
    monkeypatch.setattr("api.http.doorkeeper.AT_ONCE", 2)
    let_go, inside = threading.Event(), threading.Semaphore(0)
    app = create_app(Settings.read())

    def slow() -> str:
        inside.release()
        assert let_go.wait(60)
        return "done"

    app.add_api_route("/slow", slow)
    with Served(app) as url, ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(httpx.get, f"{url}/slow", timeout=60) for _ in range(2)]
        assert all(inside.acquire(timeout=60) for _ in waiting)
        refused = httpx.get(f"{url}/v1/search", params=GOOD)
        assert (refused.status_code, refused.json()["type"]) == (503, "urn:medgraph:problem:overloaded")
        assert refused.headers["retry-after"]
        assert httpx.get(f"{url}/healthz").status_code == 200
        let_go.set()
        assert [one.result().json() for one in waiting] == ["done", "done"]
        assert httpx.get(f"{url}/v1/search", params=GOOD, timeout=60).status_code == 200


def test_probes_take_one_thread_however_many_come(
    filled: Path, monkeypatch: pytest.MonkeyPatch, wait_for: Callable[..., None]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(filled))
    let_go = threading.Event()
    looks: list[int] = []

    def slow(*_: object) -> list[CheckOut]:
        looks.append(threading.get_ident())
        assert let_go.wait(60)
        return [CheckOut(part="graph", state="ok", detail="")]

    monkeypatch.setattr("api.http.routes.health.ready", slow)
    app = create_app(Settings.read())
    with Served(app) as url, ThreadPoolExecutor(12) as pool:
        waiting = [pool.submit(httpx.get, f"{url}/readyz", timeout=60) for _ in range(12)]
        wait_for(lambda: b"medgraph_requests_in_flight 12.0" in app.state.metrics.text())
        let_go.set()
        assert [one.result().json()["ready"] for one in waiting] == [True] * 12
        assert len(looks) == 1
        assert httpx.get(f"{url}/readyz").status_code == 200
        assert len(looks) == 2


def test_one_owner_does_not_take_all_the_room(
    filled: Path, monkeypatch: pytest.MonkeyPatch, wait_for: Callable[..., None]
) -> None:
    names = {name: f"{name}-key-0123456789" for name in ("ward", "again", "lab")}
    owners = {"ward": "ward", "again": "ward", "lab": "lab"}
    keys = {key: {"name": name, "owner": owners[name], "scopes": ["read"]} for name, key in names.items()}
    held = {name: {"Authorization": f"Bearer {key}"} for name, key in names.items()}
    monkeypatch.setenv("MEDGRAPH_HOME", str(filled))
    monkeypatch.setenv("MEDGRAPH_API_KEYS", json.dumps(keys))
    monkeypatch.setattr("api.http.doorkeeper.AT_ONCE", 4)
    let_go, inside = threading.Event(), threading.Semaphore(0)
    app = create_app(Settings.read())

    def slow() -> str:
        inside.release()
        assert let_go.wait(60)
        return "done"

    app.add_api_route("/slow", slow)
    with Served(app) as url, ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(httpx.get, f"{url}/slow", headers=held["ward"], timeout=60) for _ in range(2)]
        assert all(inside.acquire(timeout=60) for _ in waiting)
        for name, status in (("ward", 429), ("again", 429), ("lab", 200), ("again", 429)):
            assert httpx.get(f"{url}/v1/me", headers=held[name]).status_code == status
        let_go.set()
        assert [one.result().json() for one in waiting] == ["done", "done"]
        wait_for(lambda: httpx.get(f"{url}/v1/me", headers=held["again"]).status_code == 200)
