"""What it takes to load all that is at hand, in one go and in random orders, into either store.

    python benchmarks/knowledge.py [--store sqlite|neo4j] [--orders N] [--part N] FILE_OR_FOLDER ...

In one go: one call with everything, in which mappings and ontologies go first. In an order: one call a file, the files
shuffled, whatever needs what. All must end in one fingerprint. Every run is a process of its own with an empty store,
so that its memory is its own; Neo4j is our deploy/neo4j, started afresh. `--part N` keeps every N-th file.
Licences count as accepted: only for who may use these sources.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from report import figure, peak_memory

from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.twins import twins
from ingest.jobs.load import load
from ingest.model import Progress
from ingest.sources.curated.formats import FORMATS
from ingest.sources.files.company import accompanies
from ingest.sources.files.files import walk

SERVER = Path(__file__).resolve().parent.parent / "deploy" / "neo4j" / "server.py"
SEED = 7
LICENCES = sorted({format.licence for format in FORMATS.values()} - {""})


def measure(graph: GraphStore, calls: Sequence[Sequence[Path]], bytes_in: Path, **context: object) -> None:
    begun = perf_counter()
    tally = [_last(graph, paths) for paths in calls]
    seconds = perf_counter() - begun
    records = sum(last.done.read for last in tally)
    stats = graph.stats()
    figure("knowledge_load", seconds, "s", records=records, calls=len(calls), **context)
    figure("knowledge_load_records", records / seconds, "records/s", **context)
    figure("knowledge_assertions", stats.assertions, "assertions", **context)
    figure("knowledge_entities", stats.entities, "entities", **context)
    figure("knowledge_failures", sum(last.done.failures for last in tally), "records", **context)
    figure("knowledge_refused", len(graph.refused()), "mappings", **context)
    figure("knowledge_waiting", graph.waiting(limit=0)[0], "assertions", **context)
    figure("knowledge_memory", peak_memory(), "MiB", **context)
    figure("knowledge_disk", _size(bytes_in) / 2**20, "MiB", **context)
    begun = perf_counter()
    found = twins(graph)
    figure("knowledge_twins", len(found), "pairs", seconds=round(perf_counter() - begun, 1), **context)
    print(json.dumps({"fingerprint": graph.fingerprint(), **context}), flush=True)


def _last(graph: GraphStore, paths: Sequence[Path]) -> Progress:
    *_, last = load(paths, graph=graph, accepted=LICENCES)
    return last


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run(kind: str, calls: Sequence[Sequence[Path]], **context: object) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kind == "sqlite":
            store: GraphStore = SqliteStore(folder / "graph.db")
            measure(store, calls, folder, store=kind, **context)
            store.close()
            return
        command = [sys.executable, str(SERVER)]
        start = [*command, "start", "--json", "--home", name, "--bolt-port", "0", "--http-port", "0"]
        server = json.loads(subprocess.run(start, stdout=subprocess.PIPE, check=True).stdout)
        try:
            store = Neo4jStore(server["url"], server["user"], server["password"])
            measure(store, calls, folder, store=kind, **context)
            store.close()
        finally:
            with suppress(subprocess.CalledProcessError):
                subprocess.run([*command, "stop", "--home", name], check=True, capture_output=True)


def orders(paths: Sequence[Path], part: int) -> list[Path]:
    """What is loaded one after another: Hetionet as the folder that it is, else each file that holds something."""
    networks = [edges.parent for path in paths for edges in sorted(path.rglob("edges")) if edges.is_dir()]
    files = [
        file
        for file in walk(paths)
        if not accompanies(file) and not any(network in file.parents for network in networks)
    ]
    return [*networks, *files][::part]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--store", choices=("sqlite", "neo4j"), default="sqlite")
    parser.add_argument("--orders", type=int, default=3)
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--order", type=int, help="run this one only, in this process; 0: all in one call")
    options = parser.parse_args()
    units = orders(options.paths, options.part)
    if options.order is not None:
        random.Random(SEED + options.order).shuffle(units)
        calls = [[unit] for unit in units] if options.order else [units]
        run(options.store, calls, order=options.order, files=len(units))
        return
    prints = set()
    for order in range(options.orders + 1):
        command = [sys.executable, __file__, *map(str, options.paths), "--store", options.store]
        command += ["--part", str(options.part), "--order", str(order)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ)
        for line in done.stdout.splitlines():
            print(line, flush=True)
        prints |= {row["fingerprint"] for row in map(json.loads, done.stdout.splitlines()) if "fingerprint" in row}
    figure("knowledge_fingerprints", len(prints), "different", store=options.store, runs=options.orders + 1)


if __name__ == "__main__":
    main()
