"""Figures of a running server, in the format of Prometheus."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.errors import HomeUnavailable
from api.http.metrics import Metrics

KEYS = {
    "reader-key-0123456789": ["public"],
    "prometheus-0123456789": {"name": "prometheus", "labels": ["public"], "scopes": ["metrics"]},
}


@pytest.fixture
def client(start: Callable[..., Any], home: Path) -> httpx.Client:
    client: httpx.Client = start(home, MEDGRAPH_API_KEYS=json.dumps(KEYS)).client
    return client


def test_what_a_server_did_is_counted_and_no_word_of_it_told(client: httpx.Client) -> None:
    reader = {"Authorization": "Bearer reader-key-0123456789"}
    scraper = {"Authorization": "Bearer prometheus-0123456789"}
    question = "What are the adverse effects of metformin?"
    client.post("/v1/answers", json={"question": question}, headers=reader)
    client.post("/v1/answers", json={"question": "Who is Jane Roe?"}, headers=reader)
    for path in ("/Jane/Roe", "/v1/documents/Jane", "/v1/Roe?q=Jane"):
        client.get(path, headers=reader)
    client.request("JANE", "/v1/stats", headers=reader)
    client.get("/v1/stats", headers={"Authorization": "Bearer Jane"})
    assert client.get("/metrics", headers=reader).status_code == 403
    assert client.get("/v1/stats", headers=scraper).status_code == 403
    reply = client.get("/metrics", headers=scraper)
    assert reply.headers["content-type"].startswith("text/plain")
    assert not re.search("jane|roe|metformin|reader-key|PMID", reply.text, re.IGNORECASE)
    samples: dict[tuple[Any, ...], float] = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(reply.text)
        for sample in family.samples
    }
    answers = [value for key, value in samples.items() if key[0] == "medgraph_answers_total"]
    assert sum(answers) == 2
    assert samples["medgraph_answers_total", ("outcome", "answered")] == 1
    assert samples["medgraph_refused_total", ("reason", "unauthorised")] == 1
    assert samples["medgraph_refused_total", ("reason", "scope-not-held")] == 2
    assert samples["medgraph_documents",] == 6
    assert samples["medgraph_jobs", ("state", "queued")] == 0
    assert samples["medgraph_requests_in_flight",] == 1
    assert samples["medgraph_audit_lines_lost",] == 0
    assert samples["process_resident_memory_bytes",] > 1e6
    routes = {dict(key[1:])["route"] for key in samples if key[0] == "medgraph_requests_total"}
    assert routes <= {"-", "/v1/answers", "/v1/documents/{id:path}", "/v1/stats", "/metrics", "/healthz", "/readyz"}


def test_methods_that_are_made_up_are_one() -> None:
    metrics = Metrics()
    for number in range(100):
        metrics.done(f"METHOD{number}", "-", 405, 0.1)
    assert metrics.text().count(b"medgraph_requests_total{") == 1


def test_a_store_that_is_down_leaves_the_other_figures() -> None:
    def down() -> Any:
        raise HomeUnavailable("gone")

    assert b"medgraph_info" in Metrics(down).text()
