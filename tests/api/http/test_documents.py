"""Documents, data sets, counts and jobs over a real server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

DOCTOR = {"Authorization": "Bearer doctor-key-0123456789"}
READER = {"Authorization": "Bearer reader-key-0123456789"}


def assert_problem(reply: httpx.Response, status: int, slug: str) -> None:
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    assert reply.json()["type"] == f"urn:medgraph:problem:{slug}"


def ids(reply: httpx.Response) -> list[str]:
    assert reply.status_code == 200
    return [row["id"] for row in reply.json()["documents"]]


def test_documents_are_listed_the_latest_first(client: httpx.Client) -> None:
    listed = client.get("/v1/documents").json()
    assert (listed["total"], listed["cursor"]) == (5, None)
    assert [row["id"] for row in listed["documents"]] == [
        "DOI:10.1/ab/c",
        "PMID:104",
        "PMID:103",
        "PMID:102",
        "PMID:101",
    ]
    assert listed["documents"][-1]["url"] == "https://pubmed.ncbi.nlm.nih.gov/101/"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("title=RARE", ["PMID:102"]),
        ("title=不良反应", ["PMID:104"]),
        ("year_from=2018&year_to=2019", ["PMID:104", "PMID:103"]),
        ("language=zh", ["PMID:104"]),
        ("language=zh&language=en&year_to=2011", ["PMID:101"]),
        ("source=nowhere", []),
        ("retracted=true", []),
        ("retracted=false&title=first", ["PMID:101"]),
        ("title=%25", []),
    ],
)
def test_documents_are_those_asked_for(query: str, wanted: list[str], client: httpx.Client) -> None:
    assert ids(client.get(f"/v1/documents?{query}")) == wanted


def test_pages_neither_overlap_nor_leave_anything_out(client: httpx.Client) -> None:
    for path, name in (("/v1/documents", "documents"), ("/v1/sources", "sources")):
        every = client.get(path).json()
        seen: list[Any] = []
        params = {"limit": "2"}
        while True:
            page = client.get(path, params=params).json()
            assert page["total"] == every["total"]
            seen += page[name]
            if page["cursor"] is None:
                break
            params["cursor"] = page["cursor"]
        assert seen == every[name]
    used = client.get("/v1/documents?limit=2").json()["cursor"]
    assert_problem(client.get("/v1/documents", params={"limit": "2", "cursor": used, "title": "x"}), 422, "bad-cursor")
    for path in ("/v1/documents", "/v1/sources", "/v1/jobs"):
        assert_problem(client.get(path, params={"cursor": "Jane Roe"}), 422, "bad-cursor")


@pytest.mark.parametrize("path", ["PMID:101", "DOI:10.1/ab/c", "DOI:10.1%2Fab%2Fc"])
def test_a_document_is_shown_whole(path: str, client: httpx.Client) -> None:
    whole = client.get(f"/v1/documents/{path}").json()
    assert "".join(whole["text"][piece["start"] : piece["end"]] for piece in whole["passages"]) == whole["text"]
    assert whole["mentions"]
    for mention in whole["mentions"]:
        assert whole["text"][mention["start"] : mention["end"]] == mention["surface"]
        assert mention["entity"]["name"]
    stated = client.get("/v1/assertions", params={"source": whole["id"]}).json()
    assert stated["total"] == whole["assertions"]


def test_what_is_hidden_is_neither_shown_nor_counted(keyed: httpx.Client) -> None:
    for path in ("/v1/documents", "/v1/sources?kind=document"):
        seen, hidden = (keyed.get(path, headers=key).json()["total"] for key in (DOCTOR, READER))
        assert (seen, hidden) == (6, 5)
    assert keyed.get("/v1/documents?access=patient:42", headers=DOCTOR).json()["total"] == 1
    assert_problem(keyed.get("/v1/documents?access=patient:42", headers=READER), 403, "forbidden")
    assert keyed.get("/v1/documents/letter:1", headers=DOCTOR).json()["title"] == "A letter"
    assert_problem(keyed.get("/v1/documents/letter:1", headers=READER), 404, "not-found")
    assert_problem(keyed.get("/v1/documents/PMID:0", headers=READER), 404, "not-found")
    full, part = (keyed.get("/v1/stats", headers=key).json() for key in (DOCTOR, READER))
    assert (full["documents"], part["documents"]) == (6, 5)
    assert full["passages"] > part["passages"]
    assert (full["sources"], part["sources"]) == (7, 6)
    # The counts of the whole graph are told by right: told where nothing is hidden, they would tell that something is.
    assert full["assertions"] is full["by_type"] is part["assertions"] is part["by_type"] is None


def test_data_sets_tell_version_and_licence(client: httpx.Client) -> None:
    (small,) = client.get("/v1/sources?kind=curated").json()["sources"]
    assert (small["id"], small["version"], small["title"]) == ("small", "1", "a small lexicon")
    assert_problem(client.get("/v1/sources?kind=other"), 422, "invalid-request")


def test_jobs_are_listed_the_latest_first(
    home: Path, start: Callable[..., Any], jsonl: Callable[..., Path], wait_for: Callable[..., None]
) -> None:
    server = start(home)
    first, second = (
        server.upload(jsonl(f"{n}.jsonl", [{"pmid": n, "title": f"Report {n}", "abstract": "Nothing."}]))
        for n in (901, 902)
    )
    wait_for(lambda: all(job["state"] == "done" for job in server.client.get("/v1/jobs").json()["jobs"]))
    listed = server.client.get("/v1/jobs").json()
    assert [f"/v1/jobs/{job['id']}" for job in listed["jobs"]] == [second, first]
    page = server.client.get("/v1/jobs?limit=1").json()
    assert (page["total"], page["jobs"]) == (2, listed["jobs"][:1])
    assert server.client.get(f"/v1/jobs?cursor={page['cursor']}").json()["jobs"] == listed["jobs"][1:]
