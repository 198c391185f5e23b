"""Mappings of ids that are in Neo4j already: several transactions, the same end, and what a killed server leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import graph.neo4j.store
from graph.errors import StoreUnavailable
from graph.model import Assertion, Contribution, Entity, Mention, PassageNode, Source
from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore

pytestmark = pytest.mark.neo4j

SERVER = Path(__file__).resolve().parents[3] / "deploy" / "neo4j" / "server.py"
LINKS = Source("LINKS", "curated")


def write(store: GraphStore, count: int) -> None:
    """Two vocabularies that say much the same, and a document that names both."""
    for id in ("A", "B"):
        store.load(
            Source(id, "curated"),
            [Entity(f"{id}:{n}", "Gene", f"gene {n}") for n in range(count)],
            [
                Assertion.new(f"{id}:{n}", "interacts_with", f"{id}:{n * 7 % count}", source=id, sentence="s")
                for n in range(count)
            ],
        )
    passage = PassageNode("PMID:1#0", "PMID:1", "text", 0, 4, "gene")
    store.replace([
        Contribution(
            Source("PMID:1", "document"), (), (passage,),
            (Mention(passage.id, "B:1", 0, 4, "gene"), Mention(passage.id, "A:1", 0, 4, "gene")),
            (Assertion.new("B:1", "regulates", "A:2", source="PMID:1", sentence="s", passage=passage.id, start=0),),
        )
    ])  # fmt: skip


def pairs(count: int) -> list[tuple[str, str]]:
    return [(f"B:{n}", f"A:{n}") for n in range(count)]


def emptied(server: Any) -> Neo4jStore:
    from neo4j import GraphDatabase

    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return Neo4jStore(server.url, server.user, server.password)


def test_mappings_in_several_transactions_come_to_what_one_does(
    neo4j_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.neo4j.store, "PAIRS", 2)
    sqlite, neo4j = SqliteStore(tmp_path / "graph.db"), emptied(neo4j_server)
    both = (sqlite, neo4j)
    for store in both:
        write(store, 5)
    before = sqlite.fingerprint()
    assert neo4j.fingerprint() == before
    for store in both:
        assert store.add_mappings([*pairs(5), ("B:3", "B:4")], LINKS) == 6
    assert neo4j.fingerprint() == sqlite.fingerprint() != before
    assert neo4j.refused() == sqlite.refused()
    assert neo4j.mentions(source="PMID:1", access=None) == sqlite.mentions(source="PMID:1", access=None)
    for store in both:
        assert store.delete(["LINKS"]) == 1
    assert neo4j.fingerprint() == sqlite.fingerprint() == before
    for store in both:
        store.close()


def test_a_server_killed_in_the_middle_is_taken_up(
    throwaway_neo4j: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.neo4j.store, "PAIRS", 20)
    count = 200
    sqlite = SqliteStore(tmp_path / "graph.db")
    write(sqlite, count)
    before = sqlite.fingerprint()
    sqlite.add_mappings(pairs(count), LINKS)
    server = throwaway_neo4j()
    store = Neo4jStore(server.url, server.user, server.password)
    write(store, count)
    told: list[BaseException] = []

    def add() -> None:
        try:
            store.add_mappings(pairs(count), LINKS)
        except StoreUnavailable as error:
            told.append(error)

    adding = threading.Thread(target=add)
    adding.start()
    while not store.mappings():  # the first part is there
        time.sleep(0.02)
    os.kill(process_of(server), signal.SIGKILL)
    adding.join(60)
    assert not adding.is_alive()
    server.restart()
    if told:
        assert 0 < len(store.mappings()) < count
    store.add_mappings(pairs(count), LINKS)
    assert store.fingerprint() == sqlite.fingerprint()
    store.delete(["LINKS"])
    assert store.fingerprint() == before
    store.close()
    sqlite.close()


def process_of(server: Any) -> int:
    command = [sys.executable, SERVER, "status", "--json", "--home", server.home]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(json.loads(done.stdout)["pid"])
