"""What a store or a label changes in a differential: nothing, and all that the label hides."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from tests.api.differential.conftest import fill

Command = Callable[..., Any]

CASES = (
    ("HP:0001083", "HP:0001166", "--not", "HP:0001945", "--age", "12"),
    ("fever", "cough", "--season", "winter", "--drug", "lisinopril"),
    ("头痛", "zzzz"),
    ("--text", "34F with chest pain and cough for two days, no fever"),
)


@pytest.mark.neo4j
def test_both_stores_rank_alike(
    neo4j_server: Any, clinic: Path, medgraph: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from neo4j import GraphDatabase

    from graph.neo4j.store import Neo4jStore

    with GraphDatabase.driver(neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    store = Neo4jStore(neo4j_server.url, neo4j_server.user, neo4j_server.password)
    fill(store)
    store.close()
    embedded = [medgraph("differential", *case, "--json", home=clinic).json for case in CASES]
    monkeypatch.setenv("MEDGRAPH_GRAPH_URL", neo4j_server.url)
    monkeypatch.setenv("MEDGRAPH_GRAPH_USER", neo4j_server.user)
    monkeypatch.setenv("MEDGRAPH_GRAPH_PASSWORD", neo4j_server.password)
    assert [medgraph("differential", *case, "--json", home=tmp_path / "home").json for case in CASES] == embedded


def test_what_is_labelled_shows_for_those_who_hold_the_label_alone(
    medgraph: Command, clinic: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(clinic, tmp_path / "home"))
    ward = frozenset({"ward:7"})
    closed = Source("closed", "curated", access=ward)
    store = SqliteStore(home / "graph.sqlite")
    rows = [
        Assertion.new(id, "has_phenotype", "HP:0000098", source="closed", sentence="hidden words", access=ward,
                      qualifiers={"frequency": "90%"})
        for id in ("X:1", "OMIM:236200")
    ]  # fmt: skip
    store.load(closed, [Entity("X:1", "Disease", "Hidden disease")], rows)
    store.close()
    asked = ("differential", "tall stature", "ectopia lentis", "--json")
    before, seen, open_ones = (
        medgraph(*asked, *more, home=at).json for at, more in ((clinic, ()), (home, ("--access", "ward:7")), (home, ()))
    )
    assert open_ones == before
    assert "idden" not in json.dumps(open_ones)
    assert "Hidden disease" in [one["name"] for one in seen["candidates"]]
    assert "hidden words" in json.dumps(seen)
