"""How fast Neo4j takes a curated graph from us, and how fast from `langchain-neo4j`, in one run on one server.

    python benchmarks/graph_load_neo4j.py [--relations N] [--home DIR]

The same relations of Hetionet, drawn evenly from all its edge types, in batches of the same size. Ours keeps a node for
every assertion with edges to its subject, its object and its source, besides the edge between the two entities; the
other keeps that edge alone. It is called as its documentation recommends for speed, with `baseEntityLabel=True`, which
gives it an index. Every side loads a small part first that does not count, so that the server has planned the
statements. Needs `langchain-neo4j`; the server is our own deploy/neo4j with APOC, started under a folder that is
removed afterwards, and emptied between the sides.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from graph_load import BATCH, Graph, hetionet, load, read
from report import figure

from graph.model import Assertion, Entity
from graph.neo4j.store import Neo4jStore
from graph.schema import PREDICATES

SERVER = Path(__file__).resolve().parent.parent / "deploy" / "neo4j" / "server.py"
WARM_UP = 2_000


def ours(server: dict[str, Any], graph: Graph, assertions: list[Assertion]) -> None:
    store = Neo4jStore(server["url"], server["user"], server["password"])
    store.load(graph.source, graph.entities[:WARM_UP])
    store.load(graph.source, (), _among(graph.entities[:WARM_UP], assertions))
    store.delete([graph.source.id])
    loaded = load(store, "neo4j", Graph(graph.name, graph.source, graph.entities, iter(assertions)))
    begun = perf_counter()
    store.load(graph.source, (), assertions[:BATCH])
    replayed = BATCH / (perf_counter() - begun)
    figure("graph_reload_assertions", replayed, "assertions/s", store="neo4j", data=graph.name, sizes=BATCH)
    read(store, "neo4j", graph.name, graph.entities, loaded)
    begun = perf_counter()
    store.delete([graph.source.id])
    seconds = perf_counter() - begun
    figure("graph_delete_source", loaded / seconds, "assertions/s", store="neo4j", data=graph.name, sizes=loaded)
    store.close()


def theirs(server: dict[str, Any], graph: Graph, assertions: list[Assertion]) -> None:
    from langchain_neo4j import Neo4jGraph
    from langchain_neo4j.graphs.graph_document import GraphDocument, Node, Relationship

    other = Neo4jGraph(
        server["url"],
        server["user"],
        server["password"],
        driver_config={"notifications_min_severity": "OFF"},
    )
    types = {entity.id: entity.type for entity in graph.entities}
    names = {entity.id: entity.name for entity in graph.entities}

    def document(some: Iterable[Assertion]) -> GraphDocument:
        nodes: dict[str, Node] = {}
        relationships = []
        for assertion in some:
            for id in (assertion.subject, assertion.object):
                nodes.setdefault(id, Node(id=id, type=types[id], properties={"name": names[id]}))
            relationships.append(
                Relationship(
                    source=nodes[assertion.subject],
                    target=nodes[assertion.object],
                    type=PREDICATES[assertion.predicate].edge,
                    properties={"source": assertion.source, "record": assertion.record},
                )
            )
        return GraphDocument(nodes=list(nodes.values()), relationships=relationships)

    other.add_graph_documents([document(_among(graph.entities[:WARM_UP], assertions))], baseEntityLabel=True)
    other.query("MATCH (n) DETACH DELETE n")
    other.add_graph_documents(
        [GraphDocument(nodes=[Node(id=e.id, type=e.type, properties={"name": e.name}) for e in graph.entities],
                       relationships=[])],
        baseEntityLabel=True,
    )  # fmt: skip
    seconds, slowest, rest = 0.0, 0.0, iter(assertions)
    while batch := list(islice(rest, BATCH)):
        made = document(batch)
        begun = perf_counter()
        other.add_graph_documents([made], baseEntityLabel=True)
        took = perf_counter() - begun
        seconds, slowest = seconds + took, max(slowest, took)
    context = {
        "store": f"langchain-neo4j {importlib.metadata.version('langchain-neo4j')}",
        "data": graph.name,
        "batch": BATCH,
        "sizes": len(assertions),
    }
    figure("graph_load_relations", len(assertions) / seconds, "relations/s", **context)
    figure("graph_load_slowest_batch", slowest, "s", **context)
    other.close()


def _among(entities: list[Entity], assertions: list[Assertion]) -> list[Assertion]:
    ids = {entity.id for entity in entities}
    return [a for a in assertions if a.subject in ids and a.object in ids][:WARM_UP]


def empty(server: dict[str, Any]) -> None:
    """Take out nodes, indexes and constraints."""
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(server["url"], auth=(server["user"], server["password"])) as driver,
        driver.session(notifications_min_severity="OFF") as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS").consume()
        for kind, kinds in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
            for name in [row["name"] for row in session.run(f"SHOW {kinds} YIELD name, type WHERE type <> 'LOOKUP'")]:
                session.run(f"DROP {kind} `{name}`").consume()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relations", type=int, default=100_000, help="0: all of them")
    parser.add_argument("--side", choices=("both", "ours", "theirs"), default="both")
    parser.add_argument("--server", type=Path, help="what `server.py start --json` said of one that runs with APOC")
    options = parser.parse_args()
    graph = hetionet(Path(os.environ.get("MEDGRAPH_DATA", "../shared/data")) / "graph" / "hetionet")
    assertions = list(graph.assertions)
    if options.relations:
        # Every n-th: the same share of every edge type, and a batch is still mostly of one type, as files are.
        assertions = assertions[:: max(1, len(assertions) // options.relations)][: options.relations]
    with tempfile.TemporaryDirectory() as folder:
        server: dict[str, Any]
        if options.server:
            server = json.loads(options.server.read_text(encoding="utf-8"))
        else:
            command = [sys.executable, str(SERVER), "start", "--json", "--apoc", "--home", folder]
            command += ["--bolt-port", "0", "--http-port", "0"]
            server = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        try:
            for name, side in (("ours", ours), ("theirs", theirs)):
                if options.side in ("both", name):
                    empty(server)
                    side(server, graph, assertions)
        finally:
            if not options.server:
                with suppress(subprocess.CalledProcessError):
                    subprocess.run([sys.executable, SERVER, "stop", "--home", folder], check=True, capture_output=True)


if __name__ == "__main__":
    main()
