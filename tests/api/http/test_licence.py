"""A source under a licence of its own, over a real server on loopback: left out where the question says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

INTERACTIONS = "DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level\nDDInter1,Metformin,DDInter2,Aspirin,Major\n"
QUESTION = "What does metformin interact with?"


def test_the_licence_field_leaves_restricted_sources_out(
    home: Path, tmp_path: Path, medgraph: Callable[..., Any], start: Callable[..., Any]
) -> None:
    (tmp_path / "d.csv").write_text(INTERACTIONS)
    assert medgraph("load", str(tmp_path / "d.csv"), "--accept-licence", "ddinter", home=home).code == 0
    client = start(home).client

    def sources(**body: str) -> set[str]:
        reply = client.post("/v1/answers", json={"question": QUESTION, **body})
        assert reply.status_code == 200
        return {evidence["source"] for evidence in reply.json()["evidence"]}

    assert "ddinter" in sources()
    assert "ddinter" in sources(licence="all")
    assert "ddinter" not in sources(licence="open")
    wrong = client.post("/v1/answers", json={"question": QUESTION, "licence": "some"})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "urn:medgraph:problem:invalid-request")
    told = {source["id"]: source["licence"] for source in client.get("/v1/sources").json()["sources"]}
    assert told["ddinter"] == "CC-BY-NC-SA-4.0"


def test_a_restricted_source_is_not_loaded_by_an_upload(
    home: Path, tmp_path: Path, start: Callable[..., Any], wait_for: Callable[..., None]
) -> None:
    (tmp_path / "d.csv").write_text(INTERACTIONS)
    server = start(home)
    job = server.upload(tmp_path / "d.csv")
    wait_for(lambda: server.client.get(job).json()["state"] in ("done", "failed"))
    told = server.client.get(job).json()
    assert "ddinter is no format of documents; `medgraph load` reads it" in str(told)
    assert str(home) not in str(told)
    assert "ddinter" not in {source["id"] for source in server.client.get("/v1/sources").json()["sources"]}
