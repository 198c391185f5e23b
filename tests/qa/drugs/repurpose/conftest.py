"""A small network in a real store, of invented facts: two drugs bind what an illness depends on, one treats it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Contribution, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.repurpose.metapaths import parse
from qa.drugs.repurpose.rank import Repurposing
from qa.drugs.repurpose.weights import Kind, Weights

STORES = [pytest.param("sqlite", id="sqlite"), pytest.param("neo4j", id="neo4j", marks=pytest.mark.neo4j)]
NET = Source("net", "curated", title="A network", licence="CC0-1.0")
SHUT = Source("shut", "curated", title="A closed network", licence="CC-BY-NC-4.0", access=RESTRICTED)
OLD = Source("PMID:2", "document", title="A withdrawn paper", retracted=True)
PAPER = Source("PMID:1", "document", title="A paper")

ENTITIES = [
    *(Entity(f"DRUG:{n}", "Drug", f"Drug {name}", (Name(f"药{name}", "zh"),)) for n, name in enumerate("ABCDE", 1)),
    *(Entity(f"GENE:{n}", "Gene", f"G{n}") for n in range(1, 5)),
    Entity("DISEASE:1", "Disease", "Pallor of Mars", (Name("火星苍白病", "zh"),)),
    Entity("DISEASE:2", "Disease", "Pallor of Venus"),
    Entity("DISEASE:3", "Disease", "Pallor", ()),
    Entity("DISEASE:9", "Disease", "Pallor of nobody"),
    Entity("CLASS:1", "Concept", "Brighteners"),
    Entity("MEDGRAPH:group-brightener", "Concept", "brightener"),
    Entity("UBERON:1", "Anatomy", "Skin"),
]
STATED = [
    ("DRUG:1", "binds", "GENE:1"), ("DRUG:2", "binds", "GENE:1"), ("DRUG:2", "inhibits", "GENE:2"),
    ("DRUG:3", "binds", "GENE:3"), ("DRUG:1", "treats", "DISEASE:1"), ("DRUG:3", "treats", "DISEASE:2"),
    ("DRUG:2", "resembles", "DRUG:3"), ("GENE:1", "gene_associated_with", "DISEASE:1"),
    ("GENE:2", "gene_associated_with", "DISEASE:1"), ("GENE:3", "gene_associated_with", "DISEASE:2"),
    ("GENE:3", "interacts_with", "GENE:4"), ("GENE:1", "interacts_with", "GENE:4"),
    ("DISEASE:1", "resembles", "DISEASE:2"), ("DISEASE:1", "subclass_of", "DISEASE:3"),
    ("DRUG:2", "has_role", "MEDGRAPH:group-brightener"),
    ("MEDGRAPH:group-brightener", "contraindicated_in", "DISEASE:3"),
]  # fmt: skip


def said(triple: tuple[str, str, str], source: Source, sentence: str = "a row", **rest: str) -> Assertion:
    return Assertion.new(*triple, source=source.id, sentence=sentence, access=source.access, **rest)  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=STORES)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    store: GraphStore
    if request.param == "sqlite":
        store = SqliteStore(tmp_path_factory.mktemp("network") / "graph.db")
    else:
        from neo4j import GraphDatabase

        from graph.neo4j.store import Neo4jStore

        server = request.getfixturevalue("neo4j_server")
        with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n")
        store = Neo4jStore(server.url, server.user, server.password)
    store.load(NET, ENTITIES, [said(triple, NET, record=str(n)) for n, triple in enumerate(STATED)])
    denied = ("DRUG:4", "treats", "DISEASE:1")
    store.load(NET, (), [said(denied, NET, polarity="negated", record="no"), said(("DRUG:4", "binds", "GENE:2"), NET)])
    store.load(SHUT, (), [said(("DRUG:5", "binds", "GENE:1"), SHUT)])
    for source, rows in (
        (PAPER, [said(("DRUG:2", "treats", "DISEASE:1"), PAPER, "B helps."),
                 said(("DRUG:2", "causes", "DISEASE:1"), PAPER, "B harms.")]),
        (OLD, [said(("DRUG:3", "treats", "DISEASE:1"), OLD, "C helps.")]),
    ):  # fmt: skip
        store.replace([Contribution(source, assertions=tuple(rows))])
    yield store
    store.close()


@pytest.fixture
def view(world: GraphStore) -> GraphView:
    return GraphView(world, PUBLIC)


@pytest.fixture
def engine() -> Repurposing:
    return Repurposing(
        {
            "C": Weights("C", -3.0, 0.1, (Kind(parse("CbGaD"), 0.5, 2.0), Kind(parse("CrCtDrD"), 0.5, 1.0))),
            "G": Weights("G", -2.0, 0.0, (Kind(parse("GiGiGaD"), 0.5, 1.0), Kind(parse("GbCtD"), 0.5, 2.0))),
        }
    )
