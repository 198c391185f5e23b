"""The same commands over a real Neo4j: only the address differs."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.sources.fhir.deidentify import kept_salt
from tests.ingest.jobs.test_job import patients

Command = Callable[..., Any]


@pytest.fixture
def neo4j(neo4j_server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty Neo4j in the settings, with a home of its own."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    monkeypatch.setenv("MEDGRAPH_GRAPH_URL", neo4j_server.url)
    monkeypatch.setenv("MEDGRAPH_GRAPH_USER", neo4j_server.user)
    monkeypatch.setenv("MEDGRAPH_GRAPH_PASSWORD", neo4j_server.password)
    return tmp_path / "home"


@pytest.mark.neo4j
def test_everything_is_the_same_on_neo4j(
    neo4j: Path, inputs: Path, filled: Path, medgraph: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert medgraph("load", str(inputs / "names.tsv"), home=neo4j).code == 0
    assert medgraph("ingest", str(inputs / "documents.jsonl"), home=neo4j).code == 0
    checked = {check["part"]: check for check in medgraph("check", "--json", home=neo4j).json["checks"]}
    assert (checked["graph"]["state"], "Neo4j" in checked["graph"]["detail"]) == ("ok", True)
    commands = (
        ("stats", "--json"),
        ("fingerprint",),
        ("neighbours", "Metformin", "--json"),
        ("paths", "Type 2 diabetes mellitus", "Nausea", "--json"),
        ("entity", "二甲双胍"),
        ("ask", "What are the adverse effects of metformin?"),
    )
    on_neo4j = [medgraph(*command, home=neo4j).out for command in commands]
    monkeypatch.delenv("MEDGRAPH_GRAPH_URL")
    assert on_neo4j == [medgraph(*command, home=filled).out for command in commands]


@pytest.mark.neo4j
def test_pages_of_patients_add_up_on_neo4j_over_a_kill(
    neo4j: Path, tmp_path: Path, medgraph: Command, spawn: Command, wait_for: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [str(page) for page in patients(tmp_path, 150)]
    kept_salt(neo4j)
    embedded = Path(shutil.copytree(neo4j, tmp_path / "embedded"))
    names = ("MEDGRAPH_GRAPH_URL", "MEDGRAPH_GRAPH_USER", "MEDGRAPH_GRAPH_PASSWORD")
    settings = {name: os.environ[name] for name in names}
    ledger = neo4j / "ledger.sqlite"
    with spawn("ingest", "-q", *pages, home=neo4j, MEDGRAPH_TAGGER="dictionary", **settings) as process:
        wait_for(lambda: ledger.exists() and medgraph("stats", "--json", home=neo4j).json["documents"] > 0)
        process.send_signal(signal.SIGKILL)
    monkeypatch.setenv("MEDGRAPH_TAGGER", "dictionary")
    before = medgraph("stats", "--json", home=neo4j).json["documents"]
    on_neo4j = medgraph("ingest", "-q", "--json", *pages, home=neo4j).json
    assert before < medgraph("stats", "--json", home=neo4j).json["documents"]
    told = [medgraph(*command, home=neo4j).out for command in (("stats", "--json"), ("fingerprint",))]
    for name in names:
        monkeypatch.delenv(name)
    alone = medgraph("ingest", "-q", "--json", *pages, home=embedded).json
    assert on_neo4j["read"] == alone["read"]
    assert on_neo4j["failed"] == alone["failed"]
    assert told == [medgraph(*command, home=embedded).out for command in (("stats", "--json"), ("fingerprint",))]


@pytest.mark.neo4j
def test_a_neo4j_that_stops_and_comes_back(
    throwaway_neo4j: Command, inputs: Path, run: Command, start: Command, home: Path, wait_for: Command
) -> None:
    neo4j = throwaway_neo4j()
    settings = {
        "MEDGRAPH_GRAPH_URL": neo4j.url,
        "MEDGRAPH_GRAPH_USER": neo4j.user,
        "MEDGRAPH_GRAPH_PASSWORD": neo4j.password,
    }
    assert run("load", str(inputs / "names.tsv"), home=home, **settings).code == 0
    server = start(home, **settings)
    assert server.client.get("/v1/entities/MESH:D008687").status_code == 200
    neo4j.stop()
    asked = server.client.post("/v1/answers", json={"question": "What are the adverse effects of metformin?"})
    assert asked.status_code == 503
    assert asked.json()["type"] == "urn:medgraph:problem:store-unavailable"
    assert server.client.get("/readyz").status_code == 503
    assert server.client.get("/healthz").status_code == 200
    stopped = run("stats", home=home, **settings)
    assert stopped.code == 5
    assert neo4j.password not in stopped.err
    neo4j.restart()
    wait_for(lambda: server.client.get("/readyz").status_code == 200)
    assert server.client.get("/v1/entities/MESH:D008687").json()["name"] == "Metformin"
    assert neo4j.password not in server.log.read_text()
