"""How fast a graph store takes a curated graph, and how fast it answers once it holds one.

    python benchmarks/graph_load.py [--data synthetic|hetionet] [--nodes N] [--edges N]

Synthetic: nodes of four types and edges between them, drawn so that some nodes are hubs. Hetionet: the edges under
`$MEDGRAPH_DATA/graph/hetionet`. Loading time is the time spent inside `load`; making the assertions is not counted.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from report import figure, median_ms, peak_memory

from graph.model import Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore

T = TypeVar("T")

BATCH = 10_000
SEED = 7

KINDS = ("Drug", "Disease", "Gene", "Phenotype")
EDGES = {
    ("Drug", "Disease"): "treats", ("Drug", "Gene"): "binds", ("Drug", "Drug"): "interacts_with",
    ("Drug", "Phenotype"): "has_adverse_effect", ("Disease", "Phenotype"): "has_phenotype",
    ("Gene", "Disease"): "gene_associated_with", ("Gene", "Gene"): "covaries_with",
}  # fmt: skip

HETIONET_PREDICATES = {
    "Downregulates": "downregulates", "Upregulates": "upregulates", "Binds": "binds", "Palliates": "palliates",
    "Resembles": "resembles", "Treats": "treats", "Associates": "associated_with", "Localizes": "located_in",
    "Covaries": "covaries_with", "Interacts": "interacts_with", "Regulates": "regulates",
}  # fmt: skip
HETIONET_TYPES = {"Anatomy": "Anatomy", "Gene": "Gene", "Compound": "Drug", "Compund": "Drug", "Disease": "Disease"}


@dataclass(frozen=True)
class Graph:
    """A curated graph to be loaded: entities in memory, assertions made while they are asked for."""

    name: str
    source: Source
    entities: list[Entity]
    assertions: Iterator[Assertion]


def synthetic(nodes: int, edges: int) -> Graph:
    draw = random.Random(SEED)
    entities = [
        Entity(f"EX:{n:07d}", KINDS[n % 4], f"{KINDS[n % 4].lower()} number {n}", (Name(f"synonym {n}"),))
        for n in range(nodes)
    ]

    def made() -> Iterator[Assertion]:
        n = 0
        while n < edges:
            # A product of uniform numbers: few nodes take many edges.
            one, other = (entities[int(draw.random() * draw.random() * nodes)] for _ in range(2))
            predicate = EDGES.get((one.type, other.type))
            if predicate is None or one.id == other.id:
                continue
            n += 1
            sentence = f"{one.name} and {other.name}, line {n}"
            yield Assertion.new(one.id, predicate, other.id, source="EX", sentence=sentence, record=str(n))

    return Graph("synthetic", Source("EX", "curated"), entities, made())


def hetionet(folder: Path) -> Graph:
    with gzip.open(folder / "nodes.tsv.gz", "rt", encoding="utf-8", newline="") as lines:
        entities = [
            Entity(_hetionet_id(row["id"].partition("::")[2]), HETIONET_TYPES[row["kind"]], row["name"])
            for row in csv.DictReader(lines, delimiter="\t")
            if row["kind"] in HETIONET_TYPES
        ]
    known = {entity.id for entity in entities}

    def made() -> Iterator[Assertion]:
        for path in sorted((folder / "edges").glob("*.tsv.gz")):
            predicate = HETIONET_PREDICATES[path.name.split("_")[1]]
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                next(lines)
                for number, line in enumerate(lines, 2):
                    one, other = map(_hetionet_id, line.split())
                    if one in known and other in known:
                        record = f"{path.name}:{number}"
                        yield Assertion.new(one, predicate, other, source="Hetionet", sentence=line, record=record)

    return Graph("hetionet", Source("Hetionet", "curated", version="1.0", licence="CC0"), entities, made())


def _hetionet_id(id: str) -> str:
    if id.startswith("DB"):
        return f"DRUGBANK:{id}"
    return id if ":" in id else f"NCBIGene:{id}"


def load(store: GraphStore, name: str, graph: Graph) -> int:
    """Load all of it, print the rates and the memory, return how many assertions there were."""
    begun = perf_counter()
    for batch in _batches(graph.entities):
        store.load(graph.source, entities=batch)
    seconds = perf_counter() - begun
    context = {"store": name, "data": graph.name, "batch": BATCH}
    figure("graph_load_entities", len(graph.entities) / seconds, "entities/s", sizes=len(graph.entities), **context)

    seconds, processor, loaded, slowest, first_peak = 0.0, 0.0, 0, 0.0, 0.0
    for some in _batches(graph.assertions):
        begun, busy = perf_counter(), process_time()
        store.load(graph.source, assertions=some)
        took = perf_counter() - begun
        processor += process_time() - busy
        seconds, loaded, slowest = seconds + took, loaded + len(batch), max(slowest, took)
        first_peak = first_peak or peak_memory()
    # The second figure is what an idle machine would give: of the processor's time, not of the clock's.
    figure("graph_load_assertions", loaded / seconds, "assertions/s", sizes=loaded, **context)
    figure("graph_load_assertions_processor", loaded / processor, "assertions/s of processor", sizes=loaded, **context)
    figure("graph_load_slowest_batch", slowest, "s", sizes=BATCH, **context)
    figure("graph_load_memory_first", first_peak, "MiB", sizes=BATCH, **context)
    figure("graph_load_memory_peak", peak_memory(), "MiB", sizes=loaded, **context)
    return loaded


def read(store: GraphStore, name: str, data: str, entities: list[Entity], edges: int) -> None:
    """Print the median time of reads around nodes drawn at random."""
    draw = random.Random(SEED)
    ids = [entity.id for entity in entities]
    sizes = {"nodes": len(ids), "edges": edges}

    def two_hops() -> None:
        near = store.neighbours(draw.choice(ids), limit=25)
        beyond = {relation.object for relation in near}
        if beyond:
            store.relations(subjects=beyond, limit=25)

    reads = {
        "graph_one_hop": lambda: store.neighbours(draw.choice(ids), limit=25),
        "graph_two_hops": two_hops,
        "graph_path": lambda: store.paths(draw.choice(ids), draw.choice(ids), limit=1),
        "graph_paths_five": lambda: store.paths(draw.choice(ids), draw.choice(ids)),
        "graph_entity": lambda: store.entity(draw.choice(ids)),
        "graph_named": lambda: store.named([draw.choice(entities).name]),
        "graph_find": lambda: store.find_entities(draw.choice(entities).name + " unknown"),
    }
    for what, call in reads.items():
        figure(what, median_ms(call), "ms, median", store=name, data=data, sizes=sizes)
    for what, whole in (("graph_stats", store.stats), ("graph_fingerprint", store.fingerprint)):
        begun = perf_counter()
        whole()
        figure(what, perf_counter() - begun, "s", store=name, data=data, sizes=sizes)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", choices=("synthetic", "hetionet"), default="synthetic")
    parser.add_argument("--nodes", type=int, default=50_000)
    parser.add_argument("--edges", type=int, default=500_000)
    options = parser.parse_args()
    if options.data == "hetionet":
        graph = hetionet(Path(os.environ.get("MEDGRAPH_DATA", "../shared/data")) / "graph" / "hetionet")
    else:
        graph = synthetic(options.nodes, options.edges)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.db"
        store = SqliteStore(path)
        loaded = load(store, "sqlite", graph)
        read(store, "sqlite", graph.name, graph.entities, loaded)
        store.close()
        figure("graph_bytes", path.stat().st_size / loaded, "bytes/assertion", store="sqlite", data=graph.name)


if __name__ == "__main__":
    main()
