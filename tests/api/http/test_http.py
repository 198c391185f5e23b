"""The HTTP API over a real server on loopback."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import openapi_spec_validator
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from api import problems
from api.http.app import create_app
from api.http.doorkeeper import BODY_LIMIT
from api.settings import Settings

QUESTION = "What are the adverse effects of metformin?"


def events(reply: httpx.Response) -> list[tuple[str, dict[str, Any]]]:
    """Server-sent events as (event, data)."""
    found = []
    for block in reply.text.strip().split("\n\n"):
        event, data = block.split("\n")
        found.append((event.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def assert_problem(reply: httpx.Response, status: int, slug: str) -> None:
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    body = reply.json()
    assert body["status"] == status
    assert body["type"] == (f"urn:medgraph:problem:{slug}" if slug else "about:blank")
    assert body["title"]
    assert body["detail"]


def test_an_answer_is_cited(client: httpx.Client) -> None:
    reply = client.post("/v1/answers", json={"question": QUESTION})
    assert reply.status_code == 200
    body = reply.json()
    assert body["abstained"] is False
    known = {piece["id"] for piece in body["evidence"]}
    assert body["sentences"]
    assert all(sentence["citations"] and set(sentence["citations"]) <= known for sentence in body["sentences"])
    assert "MESH:D008687" in {entity["id"] for entity in body["entities"]}
    stated = [piece for piece in body["evidence"] if piece["assertion"]]
    assert all(client.get(f"/v1/assertions/{piece['assertion']}").status_code == 200 for piece in stated)
    for listed in body["lists"]:
        assert client.get(listed["url"]).json()["total"] >= listed["total"] > 0
    chinese = client.post("/v1/answers", json={"question": "二甲双胍有哪些不良反应？", "k": 3}).json()
    assert chinese["language"] == "zh"
    assert len(chinese["evidence"]) <= 3


def test_a_name_that_nobody_knows_is_told(client: httpx.Client) -> None:
    body = client.post("/v1/answers", json={"question": "What are the side effects of zanubrutinib?"}).json()
    assert (body["abstained"], body["reason"], body["unknown"]) == (True, "unknown_name", ["zanubrutinib"])


@pytest.mark.parametrize(("headers", "body"), [({"Accept": "text/event-stream"}, {}), ({}, {"stream": True})])
def test_an_answer_is_streamed_when_asked(headers: dict[str, str], body: dict[str, bool], client: httpx.Client) -> None:
    whole = client.post("/v1/answers", json={"question": QUESTION}).json()
    reply = client.post("/v1/answers", json={"question": QUESTION, **body}, headers=headers)
    assert reply.headers["content-type"].startswith("text/event-stream")
    told = events(reply)
    assert [kind for kind, _ in told][:2] == ["understanding", "evidence"]
    assert [data for kind, data in told if kind == "sentence"] == whole["sentences"]
    kind, done = told[-1]
    assert kind == "done"
    assert (done["answer"], done["evidence"]) == (whole["answer"], whole["evidence"])


def test_abstaining_is_an_answer(client: httpx.Client) -> None:
    reply = client.post("/v1/answers", json={"question": "Who won the football cup?"})
    assert reply.status_code == 200
    assert reply.json()["abstained"] is True
    assert reply.json()["message"]


def test_search_and_its_filters(client: httpx.Client) -> None:
    hits = client.get("/v1/search", params={"q": "lactic acidosis", "k": 2}).json()["hits"]
    assert hits[0]["document"] == "PMID:102"
    assert len(hits) <= 2
    params: dict[str, Any] = {"q": "metformin warfarin", "language": ["zh", "fr"]}
    assert {hit["document"] for hit in client.get("/v1/search", params=params).json()["hits"]} == {"PMID:104"}


def test_the_sentences_that_answer(client: httpx.Client) -> None:
    params: dict[str, Any] = {"q": "does metformin cause lactic acidosis", "k": 2}
    ranked = client.get("/v1/search/sentences", params=params).json()["sentences"]
    assert ranked[0]["document"] == "PMID:102"
    assert len(ranked) == 2
    assert client.get("/v1/search/sentences", params=params | {"language": ["fr"]}).json()["sentences"] == []


def test_entities(client: httpx.Client) -> None:
    found = client.get("/v1/entities", params={"name": "二甲双胍"}).json()["entities"]
    assert found[0]["id"] == "MESH:D008687"
    entity = client.get("/v1/entities/MESH:D008687").json()
    assert (entity["name"], entity["type"]) == ("Metformin", "Drug")


@pytest.mark.parametrize("path", ["X:a/b", "X%3Aa%2Fb", "X:a%2Fb"])
def test_ids_hold_colons_and_slashes(path: str, client: httpx.Client) -> None:
    assert client.get(f"/v1/entities/{path}").json()["name"] == "Slashed concept"
    assert client.get(f"/v1/entities/{path}/neighbours").json()["entity"]["id"] == "X:a/b"


def test_neighbours_and_paths(client: httpx.Client) -> None:
    near = client.get("/v1/entities/MESH:D008687/neighbours", params={"predicate": "treats"}).json()
    assert [n["other"]["id"] for n in near["neighbours"]] == ["MESH:D003924"]
    found = client.get("/v1/paths", params={"from": "MESH:D003924", "to": "HP:0002018"}).json()["paths"]
    assert [node["id"] for node in found[0]["nodes"]] == ["MESH:D003924", "MESH:D008687", "HP:0002018"]


def test_health(client: httpx.Client, wait_for: Callable[..., None]) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    wait_for(lambda: "opening" not in client.get("/readyz").json()["parts"].values())
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["ready"] is True
    assert ready.json()["parts"]["language model"] == "off"


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "slug"),
    [
        ("POST", "/v1/answers", {"json": {}}, 422, "invalid-request"),
        ("POST", "/v1/answers", {"json": {"question": 7}}, 422, "invalid-request"),
        ("POST", "/v1/answers", {"json": {"question": "why?", "k": 0}}, 422, "invalid-request"),
        ("POST", "/v1/answers", {"json": {"question": "why?", "language": "fr"}}, 422, "invalid-request"),
        ("POST", "/v1/answers", {"content": b'{"question": ', "headers": {"content-type": "application/json"}}, 422,
         "invalid-request"),
        ("POST", "/v1/answers", {"json": {"question": "why?", "access": ["patient:42"]}}, 403, "forbidden"),
        ("POST", "/v1/answers", {"json": {"question": "why?", "patient": "patient:42"}}, 404, "no-such-patient"),
        ("POST", "/v1/answers", {"json": {"question": "x" * BODY_LIMIT}}, 413, "too-large"),
        ("GET", "/v1/answers", {}, 405, ""),
        ("GET", "/v1/search", {}, 422, "invalid-request"),
        ("GET", "/v1/search?q=x&access=patient:42", {}, 403, "forbidden"),
        ("GET", "/v1/search?q=x&k=many", {}, 422, "invalid-request"),
        ("GET", "/v1/search?q=x&k=0", {}, 422, "invalid-request"),
        ("GET", "/v1/search/sentences?q=x&k=0", {}, 422, "invalid-request"),
        ("GET", "/v1/search?q=x&mode=luck", {}, 422, "invalid-request"),
        ("GET", "/v1/search?q=x&cursor=none", {}, 422, "bad-cursor"),
        ("GET", "/v1/search?q=x&entity=MESH:D0", {}, 404, "unknown-entity"),
        ("GET", "/v1/search?q=x&entity=nothing", {}, 404, "not-found"),
        ("GET", f"/v1/search?q={'x' * 50_000}", {}, 422, "invalid-request"),
        ("GET", "/v1/entities", {}, 422, "invalid-request"),
        ("GET", "/v1/entities?name=x&type=Thing", {}, 422, "schema-violation"),
        ("GET", "/v1/entities/MESH:D0", {}, 404, "unknown-entity"),
        ("GET", "/v1/entities/nothing", {}, 404, "not-found"),
        ("GET", "/v1/entities/MESH:D0/neighbours", {}, 404, "unknown-entity"),
        ("GET", "/v1/entities/MESH:D008687/neighbours?predicate=eats", {}, 422, "schema-violation"),
        ("GET", "/v1/paths?from=MESH:D0&to=MESH:D008687", {}, 404, "unknown-entity"),
        ("GET", "/v1/paths?from=MESH:D008687", {}, 422, "invalid-request"),
        ("POST", "/v1/documents", {}, 422, "invalid-request"),
        ("POST", "/v1/documents", {"files": {"files": ("a.txt", b"")}}, 422, "bad-upload"),
        ("POST", "/v1/documents", {"files": {"files": ("a.txt", b"text")}, "data": {"format": "xlsx"}}, 422,
         "unreadable-source"),
        ("POST", "/v1/documents", {"files": {"files": ("a.txt", b"text")}, "data": {"access": "patient:42"}}, 403,
         "forbidden"),
        ("GET", "/v1/jobs/0", {}, 404, "not-found"),
        ("DELETE", "/v1/documents/PMID:0", {}, 404, "not-found"),
        ("DELETE", "/v1/documents/small", {}, 404, "not-found"),
        ("DELETE", "/v1/documents/letter:1", {}, 404, "not-found"),
        ("GET", "/v1/nothing", {}, 404, ""),
        ("GET", "/docs", {}, 404, ""),
    ],
)  # fmt: skip
def test_errors_are_problems(
    method: str, path: str, sent: dict[str, Any], status: int, slug: str, client: httpx.Client
) -> None:
    assert_problem(client.request(method, path, **sent), status, slug)


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", "/v1/answers", {"json": {"question": ["Jane Roe"]}}),
        ("POST", "/v1/answers", {"json": {"question": "why?", "language": "Jane Roe"}}),
        ("POST", "/v1/answers", {"json": {"question": "why?", "Jane Roe": 1}}),
        ("POST", "/v1/answers", {"content": b"Jane Roe {", "headers": {"content-type": "application/json"}}),
        ("POST", "/v1/answers", {"content": b"Jane Roe"}),
        ("GET", "/v1/search?q=&k=Jane Roe", {}),
        ("GET", "/v1/entities/Jane Roe", {}),
        ("GET", "/v1/entities?name=x&type=Jane Roe", {}),
        ("GET", "/v1/paths?from=Jane Roe&to=Jane Roe", {}),
        ("DELETE", "/v1/documents/Jane Roe", {}),
        ("GET", "/v1/jobs/Jane Roe", {}),
        ("GET", "/Jane Roe", {}),
    ],
)
def test_an_error_repeats_nothing_of_the_request(
    method: str, path: str, sent: dict[str, Any], client: httpx.Client
) -> None:
    reply = client.request(method, path, **sent)
    assert reply.status_code >= 400
    assert "Roe" not in reply.text
    assert "Roe" not in str(reply.headers)


def test_the_log_holds_no_question_and_no_path(client: httpx.Client, server: Any) -> None:
    client.get("/v1/search", params={"q": "unmistakable words"})
    client.get("/v1/entities/unmistakable:id")
    client.post("/v1/answers", json={"question": "Is there anything unmistakable here?"})
    log = server.log.read_text()
    assert "GET /v1/search 200" in log
    assert "GET /v1/entities/{id:path} 404" in log
    assert "POST /v1/answers 200" in log
    assert "unmistakable" not in log


def test_a_body_without_length_is_limited_too(client: httpx.Client) -> None:
    def endless() -> Any:
        yield b'{"question": "'
        for _ in range(40):
            yield b"x" * (BODY_LIMIT // 20)
        yield b'"}'

    reply = client.post("/v1/answers", content=endless(), headers={"content-type": "application/json"})
    assert_problem(reply, 413, "too-large")


def test_a_page_of_another_site_is_turned_away(client: httpx.Client) -> None:
    sent = {"files": {"files": ("a.txt", b"text")}}
    reply = client.post("/v1/documents", headers={"Sec-Fetch-Site": "cross-site"}, **sent)  # type: ignore[arg-type]  # of httpx
    assert_problem(reply, 403, "foreign-page")
    assert_problem(client.get("/v1/search?q=x", headers={"Host": "evil.example:8765"}), 400, "unknown-host")
    assert client.get("/healthz", headers={"Host": "localhost:1"}).status_code == 200


def test_a_key_is_asked_for_and_holds_labels(keyed: httpx.Client) -> None:
    def asked(key: str | None, **body: Any) -> httpx.Response:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        return keyed.post("/v1/answers", json={"question": "Does warfarin cause nausea?", **body}, headers=headers)

    for key in (None, "public", "wrong-key-0123456789"):
        reply = asked(key)
        assert_problem(reply, 401, "unauthorised")
        assert reply.headers["www-authenticate"] == "Bearer"
    doctor, reader = "doctor-key-0123456789", "reader-key-0123456789"
    assert "letter:1" in {piece["source"] for piece in asked(doctor, patient="patient:42").json()["evidence"]}
    # What a patient has is brought up where the question is about that patient, and nowhere else.
    assert "letter:1" not in {piece["source"] for piece in asked(doctor).json()["evidence"]}
    assert "letter:1" in _found(keyed, doctor)
    assert "letter:1" not in _found(keyed, doctor, access="public")
    assert "letter:1" not in _found(keyed, reader)
    assert_problem(asked(reader, patient="patient:42"), 404, "no-such-patient")
    assert keyed.get("/healthz").status_code == 200
    assert keyed.get("/").status_code == 200


def _found(client: httpx.Client, key: str, **params: str) -> set[str]:
    """The documents that a search finds with this key."""
    reply = client.get(
        "/v1/search", params={"q": "warfarin nausea", **params}, headers={"Authorization": f"Bearer {key}"}
    )
    return {hit["document"] for hit in reply.json()["hits"]}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/search?q=x"), ("GET", "/v1/entities?name=x"), ("GET", "/v1/entities/X:a/b"),
        ("GET", "/v1/entities/X:a/b/neighbours"), ("GET", "/v1/paths?from=X:a/b&to=X:a/b"), ("POST", "/v1/documents"),
        ("GET", "/v1/jobs/0"), ("DELETE", "/v1/documents/PMID:101"), ("GET", "/v1/documents"), ("GET", "/v1/sources"),
        ("GET", "/v1/documents/PMID:101"), ("GET", "/v1/stats"), ("GET", "/v1/jobs"), ("GET", "/v1/assertions/x"),
    ],
)  # fmt: skip
def test_every_route_asks_for_the_key(method: str, path: str, keyed: httpx.Client) -> None:
    sent = {"files": {"files": ("a.txt", b"text")}} if method == "POST" else {}
    assert_problem(keyed.request(method, path, **sent), 401, "unauthorised")  # type: ignore[arg-type]  # of httpx


def test_a_document_that_a_key_may_not_see_cannot_be_deleted_with_it(keyed_once: httpx.Client) -> None:
    def delete(key: str) -> httpx.Response:
        return keyed_once.delete("/v1/documents/letter:1", headers={"Authorization": f"Bearer {key}-key-0123456789"})

    assert_problem(delete("reader"), 404, "not-found")
    assert_problem(delete("doctor"), 403, "forbidden")  # it may be seen, and is another's


def test_the_page_works_without_a_network(client: httpx.Client) -> None:
    reply = client.get("/")
    assert reply.status_code == 200
    assert "/v1/answers" in reply.text
    assert "http://" not in reply.text
    assert "https://" not in reply.text
    assert "script-src 'sha256-" in reply.headers["content-security-policy"]


def test_the_openapi_document(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    openapi_spec_validator.validate(document)
    assert {
        "/v1/answers", "/v1/search", "/v1/search/sentences", "/v1/search/sources", "/v1/entities", "/v1/entities/{id}",
        "/v1/entities/{id}/neighbours", "/v1/paths",
        "/v1/documents", "/v1/jobs/{id}", "/v1/documents/{id}", "/v1/chat/completions", "/v1/models", "/healthz",
        "/readyz", "/v1/relations", "/v1/assertions", "/v1/assertions/{id}", "/v1/why", "/v1/sources", "/v1/stats",
        "/v1/jobs", "/v1/drugs/check", "/v1/drugs", "/v1/drugs/for", "/v1/drugs/{id}", "/v1/repurpose",
        "/v1/differential", "/v1/differential/{id}", "/v1/differential/{id}/answers", "/v1/me", "/metrics",
    } == set(document["paths"])  # fmt: skip
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"]
            if path.startswith("/v1/"):
                writes = method in ("post", "delete") and path.startswith(("/v1/documents", "/v1/jobs"))
                scopes = [] if path == "/v1/me" else ["write" if writes else "read"]
                assert operation["security"] == [{"HTTPBearer": scopes}]
                assert ("scope-not-held" in json.dumps(operation["responses"].get("403", ""))) is bool(scopes)
                assert ("foreign-page" in json.dumps(operation["responses"].get("403", ""))) is (method != "get")
                for status in ("401", "422", "500", "503"):
                    assert "application/problem+json" in operation["responses"][status]["content"]
            for parameter in operation.get("parameters", []):
                if parameter["required"]:
                    assert parameter["schema"].get("examples"), f"{path}: {parameter['name']} has no example"
    assert document["components"]["schemas"]["QuestionBody"]["examples"]
    assert "HTTPValidationError" not in json.dumps(document)


def test_what_is_documented_is_what_is_sent(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    responses = document["paths"]["/v1/entities/{id}"]["get"]["responses"]
    example = responses["404"]["content"]["application/problem+json"]["examples"]["unknown-entity"]["value"]
    assert client.get("/v1/entities/MESH:D0").json() == example


@pytest.mark.parametrize("path", ["/v1/drugs?name=qqqq", "/v1/drugs/qqqq", "/v1/drugs/for?disease=qqqq"])
def test_a_name_that_nothing_bears_is_documented(path: str, client: httpx.Client) -> None:
    reply = client.get(path)
    route = path.split("?")[0].replace("qqqq", "{id}")
    documented = client.get("/openapi.json").json()["paths"][route]["get"]["responses"]["404"]["content"]
    assert reply.status_code == 404
    assert (
        reply.json()["type"].removeprefix("urn:medgraph:problem:") in documented["application/problem+json"]["examples"]
    )


def test_a_body_that_is_nested_too_deep_is_invalid(client: httpx.Client) -> None:
    reply = client.post("/v1/drugs/check", content=b"[" * 100_000, headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["type"]) == (422, "urn:medgraph:problem:invalid-request")


def test_beyond_loopback_a_key_is_needed(run: Callable[..., Any], filled: Path) -> None:
    done = run("serve", "--host", "0.0.0.0", "--port", "0", home=filled)  # noqa: S104  # this is what must be refused
    assert done.code == problems.USAGE
    assert "MEDGRAPH_API_KEYS" in done.err
    assert done.out == ""


def test_an_address_that_is_taken(run: Callable[..., Any], filled: Path, server: Any) -> None:
    done = run("serve", "--port", str(urlsplit(server.url).port), home=filled)
    assert done.code == problems.UNAVAILABLE
    assert "cannot listen on 127.0.0.1" in done.err


def test_a_server_starts_before_its_graph_and_says_so(
    start: Callable[..., Any], home: Path, wait_for: Callable[..., None]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lonely = start(home, MEDGRAPH_GRAPH_URL=f"bolt://127.0.0.1:{port}")
    assert lonely.client.get("/healthz").status_code == 200
    wait_for(lambda: "opening" not in lonely.client.get("/readyz").json()["parts"].values())
    ready = lonely.client.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["graph"]) == (503, "unreachable")
    reply = lonely.client.get("/v1/entities/MESH:D008687")
    assert_problem(reply, 503, "store-unavailable")
    assert reply.headers["retry-after"]
    assert str(port) not in reply.text
    assert lonely.stop() == 0


def test_an_unexpected_error_shows_and_logs_nothing_of_the_request(
    filled: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(name: str) -> None:
        raise RuntimeError(f"cannot make sense of {name}")

    def breaking() -> StreamingResponse:
        def parts() -> Iterator[str]:
            yield "a beginning"
            raise RuntimeError("cannot go on with Jane Roe")

        return StreamingResponse(parts())

    monkeypatch.setenv("MEDGRAPH_HOME", str(filled))
    app = create_app(Settings.read())
    app.add_api_route("/broken", broken)
    app.add_api_route("/breaking", breaking)
    with Served(app) as url, caplog.at_level(logging.INFO, "medgraph"):
        assert_problem(httpx.get(f"{url}/broken", params={"name": "Jane Roe"}), 500, "internal")
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{url}/breaking")
        assert httpx.get(f"{url}/healthz").status_code == 200
    assert "unexpected RuntimeError" in caplog.text
    assert "GET /broken 500" in caplog.text
    assert "Roe" not in caplog.text.replace('RuntimeError("cannot go on with Jane Roe")', "")


class Served:
    """An application of these tests on a real socket, in a thread."""

    def __init__(self, app: FastAPI) -> None:
        config = uvicorn.Config(app, port=0, log_config=None, access_log=False)
        self._server, self._socket = uvicorn.Server(config), config.bind_socket()
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
