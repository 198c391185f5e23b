"""Relations, assertions and why over a real server on loopback."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

DOCTOR = {"Authorization": "Bearer doctor-key-0123456789"}
READER = {"Authorization": "Bearer reader-key-0123456789"}


def assert_problem(reply: httpx.Response, status: int, slug: str) -> None:
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    assert reply.json()["type"] == f"urn:medgraph:problem:{slug}"


def test_from_an_edge_to_the_sentence_behind_it(client: httpx.Client) -> None:
    edges = client.get("/v1/relations", params={"subject": "metformin", "predicate": "treats"}).json()
    (edge,) = edges["relations"]
    assert (edges["total"], edges["cursor"]) == (1, None)
    assert edge["words"]["en"] == "Metformin treats Type 2 diabetes mellitus."
    assert edge["words"]["zh"] == "二甲双胍用于治疗2型糖尿病。"
    behind = client.get("/v1/assertions", params={"subject": edge["subject"], "object": edge["object"]}).json()
    assert behind["total"] == len(behind["statements"]) == edge["affirmed"] + edge["negated"]
    for row in behind["statements"]:
        assert client.get(f"/v1/assertions/{row['id']}").json() == row
        text = client.get("/v1/documents/" + row["source"]["id"]).json()["text"]
        assert text[row["start"] : row["end"]] == row["text"]


def test_why_is_told_for_and_against(client: httpx.Client) -> None:
    told = client.get("/v1/why", params={"subject": "二甲双胍", "object": "Type 2 diabetes mellitus"}).json()
    (relation,) = told["relations"]
    assert relation["total"] == len(relation["affirmed"]) == 2
    assert client.get("/v1/why", params={"subject": "X:a/b", "object": "Nausea"}).json()["relations"] == []


def test_pages_of_relations(client: httpx.Client) -> None:
    every = client.get("/v1/relations", params={"subject": "MESH:D008687"}).json()
    seen: list[Any] = []
    cursor = None
    while True:
        params = {"subject": "MESH:D008687", "limit": "1", **({"cursor": cursor} if cursor else {})}
        page = client.get("/v1/relations", params=params).json()
        seen += page["relations"]
        assert page["total"] == every["total"] == len(every["relations"])
        if (cursor := page["cursor"]) is None:
            break
    assert seen == every["relations"]
    near = client.get("/v1/entities/MESH:D008687/neighbours", params={"limit": 1}).json()
    assert near["total"] == every["total"]
    params = {"limit": 1, "cursor": near["cursor"]}
    assert client.get("/v1/entities/MESH:D008687/neighbours", params=params).json()["neighbours"] != near["neighbours"]


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/v1/relations", 422, "invalid-request"),
        ("/v1/assertions?predicate=treats", 422, "invalid-request"),
        ("/v1/relations?subject=MESH:D0", 404, "unknown-entity"),
        ("/v1/relations?subject=no such name", 404, "not-found"),
        ("/v1/relations?subject=metformin&predicate=eats", 422, "schema-violation"),
        ("/v1/relations?subject=metformin&cursor=x", 422, "bad-cursor"),
        ("/v1/assertions?subject=metformin&cursor=x", 422, "bad-cursor"),
        ("/v1/entities/MESH:D008687/neighbours?cursor=x", 422, "bad-cursor"),
        ("/v1/relations?subject=metformin&limit=0", 422, "invalid-request"),
        ("/v1/assertions/nothing", 404, "not-found"),
        ("/v1/why?subject=metformin", 422, "invalid-request"),
        ("/v1/why?subject=metformin&object=no such name", 404, "not-found"),
    ],
)
def test_bad_requests_are_problems(path: str, status: int, slug: str, client: httpx.Client) -> None:
    assert_problem(client.get(path), status, slug)


def test_labels_count(keyed: httpx.Client) -> None:
    params = {"subject": "warfarin", "object": "nausea"}
    seen = keyed.get("/v1/assertions", params=params, headers=DOCTOR).json()
    assert "letter:1" in {row["source"]["id"] for row in seen["statements"]}
    hidden = keyed.get("/v1/assertions", params=params, headers=READER).json()
    assert (hidden["total"], hidden["statements"]) == (0, [])
    for row in seen["statements"]:
        assert_problem(keyed.get(f"/v1/assertions/{row['id']}", headers=READER), 404, "not-found")
    for path in ("/v1/relations?subject=X:a/b", "/v1/assertions?subject=X:a/b", "/v1/why?subject=X:a/b&object=X:a/b"):
        assert_problem(keyed.get(path), 401, "unauthorised")
