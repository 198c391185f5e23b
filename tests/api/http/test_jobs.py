"""Who sees, cancels and forgets which job, over a real server on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from filelock import FileLock

LABELS = ["public", "ward:7"]
KEYS = {
    "ward-key-0123456789": {"name": "ward", "labels": LABELS, "scopes": ["write"]},
    "ward-next-0123456789": {"name": "ward-next", "owner": "ward", "labels": ["public"], "scopes": ["write"]},
    "lab-key-0123456789": {"name": "lab", "labels": LABELS, "scopes": ["write"]},
    "chief-key-0123456789": {"name": "chief", "labels": LABELS, "scopes": ["admin"]},
    "other-key-0123456789": {"name": "other", "labels": ["public"], "scopes": ["admin"]},
    "reader-key-0123456789": {"name": "reader", "labels": LABELS, "scopes": ["read"]},
}


def test_a_job_is_its_owners(start: Callable[..., Any], home: Path, wait_for: Callable[..., None]) -> None:
    server = start(home, MEDGRAPH_API_KEYS=json.dumps(KEYS), MEDGRAPH_JOBS_PER_KEY="2", MEDGRAPH_TAGGER="dictionary")

    def ask(who: str, method: str, path: str, **more: Any) -> httpx.Response:
        (key,) = (key for key, given in KEYS.items() if given["name"] == who)
        reply: httpx.Response = server.client.request(
            method, path, headers={"Authorization": f"Bearer {key}", "X-Request-ID": "same"}, **more
        )
        return reply

    def seen(who: str, path: str) -> httpx.Response:
        reply = ask(who, "GET", path)
        listed = ask(who, "GET", "/v1/jobs").json()
        assert listed["total"] == len(listed["jobs"])
        assert (reply.status_code == 200) == (path in [f"/v1/jobs/{job['id']}" for job in listed["jobs"]])
        return reply

    def same_as_unknown(method: str, who: str, path: str) -> bool:
        known, unknown = (ask(who, method, place) for place in (path, "/v1/jobs/none"))
        return (known.status_code, known.text) == (unknown.status_code, unknown.text) != (200, "")

    upload: dict[str, Any] = {"files": {"files": ("Jane Roe.txt", b"Aspirin is old.")}, "data": {"access": ["ward:7"]}}
    with FileLock(home / "ingest.lock"):
        job = ask("ward", "POST", "/v1/documents", **upload).headers["location"]
        assert [seen(who, job).status_code for who in ("ward", "ward-next", "chief")] == [200, 200, 200]
        for who in ("lab", "other", "reader"):
            assert same_as_unknown("GET", who, job)
            assert seen(who, job).status_code == 404
            assert same_as_unknown("DELETE", who, job)
        # One owner's full queue is nobody else's, and all keys of an owner have one.
        second = ask("ward-next", "POST", "/v1/documents", files=upload["files"]).headers["location"]
        assert [ask(who, "POST", "/v1/documents", **upload).status_code for who in ("ward", "lab")] == [429, 202]
        assert ask("reader", "DELETE", job).status_code == 403
        assert ask("ward", "DELETE", job).status_code == 204
        assert (seen("ward", job).json()["state"], len(list((home / "uploads").iterdir()))) == ("cancelled", 2)
        assert ask("chief", "DELETE", job).status_code == 204
        assert same_as_unknown("GET", "ward", job)
        assert ask("ward-next", "DELETE", second).status_code == 204
        lines = b'{"pmid": 9, "text": "Aspirin is old.", "access": "ward:7"}\n{broken\n'
        sent = ask("ward", "POST", "/v1/documents", files={"files": ("Jane Roe.jsonl", lines)}).headers["location"]
        assert b"Jane Roe" in (home / "jobs.sqlite").read_bytes(), "of the lab's job"
    wait_for(lambda: seen("ward", sent).json()["state"] == "done")
    for who, files, documents, record in (
        ("ward", ["Jane Roe.jsonl"], ["PMID:9"], "line 2"),
        ("chief", ["Jane Roe.jsonl"], ["PMID:9"], "line 2"),
        ("ward-next", [""], [], ""),
    ):
        listed = [one for one in ask(who, "GET", "/v1/jobs").json()["jobs"] if sent.endswith(one["id"])]
        assert [seen(who, sent).json()] == listed
        (shown,) = listed
        assert (shown["files"], shown["documents"], shown["failed"][0]["record"]) == (files, documents, record)
    assert "Roe" not in server.log.read_text()
    assert server.stop() == 0
