"""What the trail keeps of requests to a real server, and the names of requests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.audit.trail import Trail
from api.audit.verify import verify

QUESTION = "What are the adverse effects of metformin?"
DOCTOR = {"Authorization": "Bearer doctor-key-0123456789", "X-Purpose-Of-Use": "TREAT", "X-Request-ID": "ward-7"}


def test_a_request_keeps_the_name_that_its_client_gave(client: httpx.Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "ward-7.1"}).headers["X-Request-ID"] == "ward-7.1"
    assert re.fullmatch("[0-9a-f]{16}", client.get("/v1/search", params={"q": "cough"}).headers["X-Request-ID"])


@pytest.fixture(scope="module")
def told(filled: Path, tmp_path_factory: pytest.TempPathFactory, keyed_over: Any) -> Iterator[Callable[..., Any]]:
    """Ask a server with keys; the reply and the lines that the trail has of it."""
    folder = tmp_path_factory.mktemp("trail")
    clients = keyed_over(filled, folder)
    client = next(clients)
    trail = Trail(folder / "home" / "audit", folder / "home" / "audit.key")

    def ask(method: str, path: str, **options: Any) -> tuple[httpx.Response, list[dict[str, Any]]]:
        before = trail.head()
        reply = client.request(method, path, **{"headers": DOCTOR, **options})
        assert verify(trail).faults == ()
        return reply, [row for row in trail.entries() if before is None or row["n"] > before.n]

    ask.trail = trail  # type: ignore[attr-defined]
    yield ask
    next(clients, None)


def test_who_asked_what_for_and_what_was_used(told: Callable[..., Any]) -> None:
    reply, (line,) = told("POST", "/v1/answers", json={"question": QUESTION})
    assert reply.headers["X-Request-ID"] == line["request"] == "ward-7"
    assert (line["event"], line["door"], line["purpose"], line["status"]) == ("done", "http", "TREAT", 200)
    assert (line["method"], line["route"]) == ("POST", "/v1/answers")
    assert {"MESH:D008687", "PMID:104"} <= set(line["touched"])
    assert line["of"] >= len(line["touched"])
    assert line["generations"].keys() == {"graph", "passages"}
    assert "metformin" not in json.dumps(line).lower()
    _, (again,) = told("POST", "/v1/answers", json={"question": QUESTION, "stream": True})
    assert again["question"] == line["question"]
    assert "PMID:104" in again["touched"]
    asked = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    _, (chat,) = told("POST", "/v1/chat/completions", json=asked)
    assert (chat["question"], set(chat["touched"])) == (line["question"], set(again["touched"]))


@pytest.mark.parametrize(
    ("method", "path", "options", "touched"),
    [
        ("GET", "/v1/search", {"params": {"q": "lactic acidosis"}}, "PMID:102"),
        ("GET", "/v1/search/sentences", {"params": {"q": "lactic acidosis"}}, "PMID:102"),
        ("GET", "/v1/entities", {"params": {"name": "metformin"}}, "MESH:D008687"),
        ("GET", "/v1/entities/MESH:D008687/neighbours", {}, "HP:0002018"),
        ("GET", "/v1/why", {"params": {"subject": "Metformin", "object": "Nausea"}}, "PMID:101"),
        ("GET", "/v1/paths", {"params": {"from": "Metformin", "to": "Nausea"}}, "HP:0002018"),
        ("GET", "/v1/documents", {}, "letter:1"),
        ("GET", "/v1/documents/PMID:101", {}, "PMID:101"),
        ("GET", "/v1/sources", {}, "PMID:101"),
        ("POST", "/v1/answers", {"json": {"question": "Which drugs?", "patient": "patient:42"}}, "patient:42"),
    ],
)
def test_every_route_tells_what_was_used(
    method: str, path: str, options: dict[str, Any], touched: str, told: Callable[..., Any]
) -> None:
    _, (line,) = told(method, path, **options)
    assert touched in line["touched"]


def test_a_deletion_is_told_before_and_after(told: Callable[..., Any]) -> None:
    reply, (asked, done) = told("DELETE", "/v1/documents/letter:1")
    assert (asked["event"], done["event"], done["status"]) == ("asked", "done", reply.status_code)
    assert asked["touched"] == done["touched"] == ["letter:1"]
    assert "status" not in asked


def test_ids_that_a_sender_made_up_stand_as_hashes(told: Callable[..., Any]) -> None:
    _, (asked, _) = told("DELETE", "/v1/documents/Jane%20Roe%20has%20gout")
    (touched,) = asked["touched"]
    assert re.fullmatch("#[0-9a-f]{32}", touched)


def test_no_word_of_a_path_stands_in_the_trail(told: Callable[..., Any]) -> None:
    _, lines = told("DELETE", "/v1/documentsJaneRoe")
    assert [line["route"] for line in lines] == ["-", "-"]
    # The id is read as the route reads it, and so not once more.
    _, (asked, _) = told("DELETE", "/v1/documents/X:%2541")
    assert asked["touched"][0].startswith("#")


def test_keys_that_nobody_holds_are_counted(told: Callable[..., Any]) -> None:
    for _ in range(3):
        reply, lines = told("GET", "/v1/documents", headers={"Authorization": "Bearer wrong"})
        assert (reply.status_code, lines) == (401, [])
    _, (line,) = told("GET", "/v1/documents")
    assert line["refused"] == 3


def test_probes_and_pages_leave_nothing(told: Callable[..., Any]) -> None:
    for path in ("/healthz", "/readyz", "/", "/openapi.json", "/guide.html"):
        assert told("GET", path)[1] == []


def test_a_job_tells_what_it_wrote_and_for_whom(told: Callable[..., Any], wait_for: Callable[..., None]) -> None:
    line = b'{"id": "doi:10.1/x", "title": "Jane Roe", "access": "patient:42", "text": "Aspirin causes nausea."}'
    key = {"Authorization": DOCTOR["Authorization"]}
    reply, lines = told("POST", "/v1/documents", headers=key, files={"files": ("roe.jsonl", line)})
    asked, done = (row for row in lines if row["request"] == reply.headers["X-Request-ID"])
    assert (asked["route"], done["status"]) == ("/v1/documents", 202)
    location = reply.headers["location"]
    wait_for(lambda: told("GET", location)[0].json()["state"] == "done")
    *_, job = (row for row in told.trail.entries() if row["door"] == "job")  # type: ignore[attr-defined]
    assert (job["request"], job["owner"], job["outcome"]) == (location.rpartition("/")[2], done["owner"], "done")
    assert job["counts"]["added"] == 1
    assert "roe" not in json.dumps([asked, done, job]).lower()
