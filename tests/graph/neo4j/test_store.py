"""What is particular to the Neo4j store; what every store promises is in the contract suite."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreCorrupt, StoreUnavailable
from graph.model import Assertion, Contribution, Entity, Mention, Name, PassageNode, Source
from graph.neo4j import read_cypher, write_cypher
from graph.neo4j.connection import Connection
from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore
from storage.deadline import Deadline, TimeOver, working_until

pytestmark = pytest.mark.neo4j

CURATED = Source("CURATED", "curated", title="A curated set")
ASPIRIN = Entity("EX:1", "Drug", "aspirin", (Name("乙酰水杨酸", "zh"),))
FEVER = Entity("EX:2", "Phenotype", "fever", (Name("发热", "zh"),))
BLEEDING = Entity("EX:3", "Phenotype", "bleeding")
SERVER = Path(__file__).resolve().parents[3] / "deploy" / "neo4j" / "server.py"


@pytest.fixture
def driver(neo4j_server: Any) -> Iterator[Any]:
    """The test's own way to the server, which it finds empty."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(
        neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password), notifications_min_severity="OFF"
    ) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        yield driver


@pytest.fixture
def query(driver: Any) -> Callable[..., list[Any]]:
    """Runs Cypher of the test's own."""
    return lambda statement, **parameters: list(driver.execute_query(statement, parameters).records)


@pytest.fixture
def neo4j(neo4j_server: Any, query: Callable[..., list[Any]]) -> Iterator[Neo4jStore]:
    store = opened(neo4j_server)
    yield store
    store.close()


def test_a_statement_that_takes_too_long_is_broken_off(neo4j_server: Any) -> None:
    connection = Connection(neo4j_server.url, neo4j_server.user, neo4j_server.password, "neo4j")
    endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 RETURN count(a)"
    with closing(connection):
        with working_until(Deadline(1)), pytest.raises(TimeOver):
            connection.read(lambda tx: tx.run(endless).values())
        assert connection.read(lambda tx: tx.run("RETURN 1").values()) == [[1]]


def opened(server: Any) -> Neo4jStore:
    return Neo4jStore(server.url, server.user, server.password)


@pytest.mark.parametrize("seed", range(2))
def test_what_many_documents_declare_is_the_same_in_both_stores(neo4j: Neo4jStore, tmp_path: Path, seed: int) -> None:
    """Documents that declare much the same come, change and go in any order; only some change what an entity is."""
    chance = random.Random(seed)
    sqlite = SqliteStore(tmp_path / "graph.db")
    shapes = [("fever", "Phenotype", "public"), ("fever", "Disease", "public"), ("pyrexia", "Phenotype", "patient:1")]
    ids = [f"PMID:{n}" for n in range(10)]
    for step in range(30):
        if step == 15:
            for store in (sqlite, neo4j):
                store.load(CURATED, [Entity("EX:1", "Phenotype", "curated fever")])
        written = []
        for id in chance.sample(ids, chance.randint(1, 3)):
            declared = []
            for entity in chance.sample(["EX:1", "EX:2", "EX:3"], chance.randint(0, 3)):
                name, type, label = chance.choices(shapes, (8, 1, 1))[0]
                declared.append(Entity(entity, type, name, access=frozenset({label})))
            passage = PassageNode(f"{id}#0", id, "abstract", 0, 5, "fever")
            mentions = [Mention(passage.id, entity.id, 0, 5, "fever") for entity in declared]
            written.append(Contribution(Source(id, "document"), tuple(declared), (passage,), tuple(mentions)))
        gone = chance.sample(ids, 2) if chance.random() < 0.3 else []
        for store in (sqlite, neo4j):
            store.replace(written)
            store.delete(gone)
        assert neo4j.fingerprint() == sqlite.fingerprint()
        for reader in (None, frozenset({"public"}), frozenset({"patient:1"})):
            shown = neo4j.entities(["EX:1", "EX:2", "EX:3"], access=reader)
            assert shown == sqlite.entities(["EX:1", "EX:2", "EX:3"], access=reader)
    sqlite.close()


def report(number: int, polarity: Any = "affirmed", access: frozenset[str] = frozenset({"public"})) -> Contribution:
    """A document of one passage in which aspirin is said to cause bleeding."""
    id = f"PMID:{number}"
    text = f"Report {number} about aspirin and bleeding in one hospital."
    passage = PassageNode(f"{id}#0", id, "abstract", 0, len(text), text, access)
    said = Assertion.new(
        ASPIRIN.id, "causes", BLEEDING.id, source=id, sentence=text, polarity=polarity, passage=passage.id,
        start=0, end=len(text), confidence=0.5, access=access,
    )  # fmt: skip
    mention = Mention(passage.id, ASPIRIN.id, 15, 22, "aspirin")
    return Contribution(Source(id, "document", access=access), (), (passage,), (mention,), (said,))


def test_the_browser_sees_the_model_it_was_promised(neo4j: Neo4jStore, query: Callable[..., list[Any]]) -> None:
    neo4j.load(CURATED, [ASPIRIN, FEVER, BLEEDING])
    neo4j.replace([report(1), report(2, "negated"), report(3, access=frozenset({"patient:1"}))])

    (row,) = query(
        "MATCH (d:Document:Source {id: 'PMID:2'})-[:HAS_PASSAGE]->(p:Passage)-[m:MENTIONS]->(e:Entity:Drug)"
        " MATCH (a:Assertion)-[:STATED_IN]->(p) MATCH (a)-[:STATED_IN]->(d) MATCH (a)-[:SUBJECT]->(e)"
        " MATCH (a)-[:OBJECT]->(o) RETURN d.name, p.name, m.surface, e.name, a.caption, o.name"
    )
    assert list(row) == [
        "PMID:2", "abstract: Report 2 about aspirin and bleeding in one",
        "aspirin", "aspirin", "aspirin causes bleeding (negated)", "bleeding",
    ]  # fmt: skip
    edges = query(
        "MATCH (:Drug)-[r:CAUSES]->(:Phenotype) RETURN r.access, r.affirmed, r.negated, r.sources ORDER BY r.access"
    )
    assert [list(edge) for edge in edges] == [[["patient:1"], 1, 0, 1], [["public"], 1, 1, 2]]
    nameless = query("MATCH (n) WHERE n.name IS NULL AND n.caption IS NULL AND NOT n:Name RETURN labels(n)")
    assert nameless == []
    (found,) = query("CALL db.index.fulltext.queryNodes('entity_names', '\"发热\"') YIELD node RETURN node.id")
    assert found[0] == "EX:2"


def test_captions_follow_the_names(neo4j: Neo4jStore, query: Callable[..., list[Any]]) -> None:
    neo4j.load(CURATED, [ASPIRIN, BLEEDING])
    neo4j.replace([report(1)])
    neo4j.load(Source("ALPHA", "curated"), [Entity("EX:1", "Drug", "acetylsalicylic acid")])
    (row,) = query("MATCH (a:Assertion) RETURN a.caption")
    assert row[0] == "acetylsalicylic acid causes bleeding"


def test_reads_by_id_and_name_use_an_index(neo4j: Neo4jStore, driver: Any) -> None:
    def operators(plan: dict[str, Any]) -> Iterator[str]:
        yield plan["operatorType"].partition("@")[0]
        for child in plan.get("children", ()):
            yield from operators(child)

    neo4j.load(CURATED, [Entity(f"EX:{n}", "Drug", f"drug {n}") for n in range(200)])
    # The plan rests on counts that the server takes now and then: take them now, and forget the plans made before.
    driver.execute_query("CALL db.prepareForReplanning(60)")
    for statement, parameters in (
        (read_cypher.NAMED, {"names": ["aspirin"], "access": None}),
        (read_cypher.ENTITIES, {"ids": ["EX:1"], "access": None}),
        (read_cypher.neighbours(None), {"id": "EX:1", "type": None, "access": None, "offset": 0, "limit": 1}),
        (write_cypher.AGGREGATE, {"triples": [[1, "a", "b", "c"]], "gone": [], "outdated": [], "writing": []}),
    ):
        plan = driver.execute_query("EXPLAIN " + statement, parameters).summary.plan
        used = set(operators(plan))
        assert used & {"NodeUniqueIndexSeek", "NodeIndexSeek", "NodeUniqueIndexSeek(Locking)"}, (statement, used)
        assert not used & {"AllNodesScan", "NodeByLabelScan"}, (statement, used)


def test_a_wrong_password_is_told_without_the_password(neo4j_server: Any) -> None:
    with pytest.raises(StoreUnavailable) as told:
        Neo4jStore(neo4j_server.url, neo4j_server.user, "not-the-secret")
    assert neo4j_server.url in str(told.value)
    assert "not-the-secret" not in str(told.value)


def test_an_unreachable_server_is_told_soon() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.monotonic()
    with pytest.raises(StoreUnavailable, match=f"127.0.0.1:{port}"):
        Neo4jStore(f"neo4j://127.0.0.1:{port}", "neo4j", "secret-word")
    assert time.monotonic() - begun < 30


def test_a_database_of_another_layout_is_refused(neo4j_server: Any, query: Callable[..., list[Any]]) -> None:
    query("CREATE (:Graph {id: 'medgraph', layout: 999})")
    with pytest.raises(StoreCorrupt, match="999"):
        opened(neo4j_server)


def test_a_source_larger_than_a_transaction_goes_whole(
    neo4j: Neo4jStore, query: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import graph.neo4j.store

    neo4j.load(CURATED, [ASPIRIN, FEVER, BLEEDING])
    neo4j.replace([report(1)])
    before = neo4j.fingerprint()
    large = Source("LARGE", "curated")
    said = [
        Assertion.new("EX:1", predicate, "EX:3", source="LARGE", sentence="s", record=f"{n}")
        for n in range(5)
        for predicate in ("causes", "treats")
    ]
    neo4j.load(large, [Entity("EX:9", "Drug", "other")], said)
    monkeypatch.setattr(graph.neo4j.store, "PART", 3)
    assert neo4j.delete(["LARGE"]) == 1
    assert neo4j.fingerprint() == before
    assert query("MATCH (n) WHERE n:Assertion AND n.source = 'LARGE' OR n.id = 'EX:9' RETURN n") == []


def test_two_writers_at_once_leave_what_one_would(neo4j_server: Any, neo4j: Neo4jStore, tmp_path: Path) -> None:
    """They state the same triples, in opposite order, while a third declares and takes back the entities' names."""
    ids = [f"EX:{n}" for n in range(10, 30)]
    entities = [Entity(id, "Gene", f"gene {id}") for id in ids]
    neo4j.load(CURATED, entities)

    def documents(writer: int) -> list[Contribution]:
        draw = random.Random(writer)
        made = []
        for number in range(12):
            id = f"PMID:{writer}{number:03d}"
            said = tuple(
                Assertion.new(draw.choice(ids), "regulates", draw.choice(ids), source=id, sentence="s", record=str(n))
                for n in range(20)
            )
            made.append(Contribution(Source(id, "document"), (), (), (), said))
        return made

    failures: list[BaseException] = []

    def run(work: Callable[[Neo4jStore], None]) -> None:
        store = opened(neo4j_server)
        try:
            work(store)
        except BaseException as failure:  # noqa: BLE001  # whatever it is, the test shows it
            failures.append(failure)
        finally:
            store.close()

    def write(contributions: list[Contribution]) -> Callable[[Neo4jStore], None]:
        def work(store: Neo4jStore) -> None:
            for contribution in contributions:
                store.replace([contribution])

        return work

    def rename(store: Neo4jStore) -> None:
        for _ in range(6):
            store.load(Source("ALPHA", "curated"), [Entity(id, "Gene", f"other {id}") for id in ids])
            store.delete(["ALPHA"])

    works = (write(documents(1)), write(documents(2)[::-1]), rename)
    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []

    alone = SqliteStore(tmp_path / "alone.db")
    alone.load(CURATED, entities)
    alone.replace([*documents(1), *documents(2)])
    assert neo4j.fingerprint() == alone.fingerprint()
    assert neo4j.names_version() != ""
    alone.close()


def test_a_server_that_dies_leaves_nothing_half_kept(throwaway_neo4j: Callable[..., Any]) -> None:
    """Killed in the middle of a write; then, started again, killed in the middle of a read."""
    server = throwaway_neo4j()
    store = opened(server)
    entities = [Entity(f"EX:{n}", "Gene", f"gene {n}", (Name(f"synonym {n}"),)) for n in range(4000)]
    store.load(CURATED, entities)
    before = store.fingerprint()
    said = [
        Assertion.new(
            f"EX:{n % 4000}", "regulates", f"EX:{n * 7 % 4000}", source="CURATED", sentence="s", record=f"{n}"
        )
        for n in range(20_000)
    ]
    told: list[BaseException] = []

    def write() -> None:
        try:
            store.load(CURATED, (), said)
        except StoreUnavailable as error:
            told.append(error)

    writing = threading.Thread(target=write)
    writing.start()
    time.sleep(0.7)
    killed = time.monotonic()
    os.kill(process_of(server), signal.SIGKILL)
    writing.join(60)
    assert not writing.is_alive()
    assert time.monotonic() - killed < 60
    assert len(told) == 1
    assert server.url in str(told[0])
    assert server.password not in str(told[0])
    with pytest.raises(StoreUnavailable):
        store.ping()

    server.restart()
    assert store.fingerprint() == before
    store.load(CURATED, (), said[:2000])
    assert store.stats().assertions == 2000

    names = store.names()
    assert len(list(islice(names, 10))) == 10
    # Not stopped in peace: then the server waits for the reader.
    os.kill(process_of(server), signal.SIGKILL)
    with pytest.raises(StoreUnavailable):
        list(names)
    store.close()


def process_of(server: Any) -> int:
    command = [sys.executable, SERVER, "status", "--json", "--home", server.home]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(json.loads(done.stdout)["pid"])
