"""How fast abstracts become what the graph keeps of them, relations included; another tree of medgraph beside this one.

    python benchmarks/text_to_facts.py [--count 200] [--processes 2] [--rounds 2] [--than TREE]

Recognised, linked, judged, related: all but passages' vectors and the writing. With the graph of MEDGRAPH_HOME and the
weights of each tree. Each round runs every tree once, in processes of its own that share the abstracts; the best round
of each counts, by processor time where others use the machine too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

from report import figure, peak_memory

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("MEDGRAPH_DATA", "../shared/data"))
_BATCH = 32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--than", type=Path, help="another checkout of medgraph")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        part, parts = map(int, given.child.split("/"))
        print(json.dumps(read(given.count, part, parts)))
        return
    trees = {"this": ROOT} | ({"that": given.than.resolve()} if given.than else {})
    best: dict[str, dict[str, float]] = {}
    for _ in range(given.rounds):
        for name, tree in trees.items():
            got = side_by_side(tree, given.count, given.processes)
            if name not in best or got["processor"] < best[name]["processor"]:
                best[name] = got
    for name, got in best.items():
        about = {"tree": name, "abstracts": given.count, "processes": given.processes}
        figure("facts: abstracts a second", given.count / got["seconds"], "abstracts/s", **about)
        figure("facts: processor time an abstract", 1000 * got["processor"] / given.count, "ms", **about)
        figure("facts: an abstract", got["facts"] / given.count, "facts", **about)
        figure("facts: peak memory of a process", got["peak"], "MiB", **about)
    if "that" in best:
        ratio = best["that"]["processor"] / best["this"]["processor"]
        figure("facts: processor time of that tree over this", ratio, "times", abstracts=given.count)


def side_by_side(tree: Path, count: int, processes: int) -> dict[str, float]:
    """What as many processes take together; the seconds are those of the slowest, without its start."""
    environment = os.environ | {"PYTHONPATH": str(tree), "OMP_NUM_THREADS": "1", "MEDGRAPH_DATA": str(DATA.resolve())}
    environment |= {"MEDGRAPH_THREADS": "1"} if processes > 1 else {}
    running = [
        subprocess.Popen(
            [sys.executable, __file__, "--count", str(count), "--child", f"{part}/{processes}"],
            env=environment, cwd=tree, stdout=subprocess.PIPE, text=True,
        )
        for part in range(processes)
    ]  # fmt: skip
    rows = [json.loads(one.communicate()[0].splitlines()[-1]) for one in running]
    joined = {name: sum(row[name] for row in rows) for name in ("processor", "facts")}
    return joined | {name: max(row[name] for row in rows) for name in ("seconds", "peak")}


def read(count: int, part: int, parts: int) -> dict[str, float]:
    """What reading every so many of `count` abstracts takes in this process."""
    from api.settings import Settings
    from api.wiring import Parts, threads
    from ingest.jobs.steps import contributions, mentions, passages
    from ingest.model import Document, Section

    with gzip.open(DATA / "literature" / "pubmed_abstracts.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row.get("abstract")]
    random.Random(1).shuffle(rows)
    documents = [
        Document(
            f"PMID:{row['pmid']}",
            row["title"],
            (Section("title", row["title"]), Section("abstract", row["abstract"])),
        )
        for row in rows[part:count:parts]
    ]
    facts = 0
    with Parts(Settings.read()) as opened:
        tagger, relator = opened.tagger(), opened.relator()
        tagger.tag(["Aspirin treats pain.", "Aspirin treats pain."], "en")
        began, worked = perf_counter(), process_time()
        for at in range(0, len(documents), _BATCH):
            block: Sequence[Document] = documents[at : at + _BATCH]
            made = contributions(
                block, mentions(block, tagger), passages(block), tagger, relator, threads(opened.settings)
            )
            facts += sum(len(one.assertions) for one in made)
        seconds, processor = perf_counter() - began, process_time() - worked
    return {"seconds": seconds, "processor": processor, "facts": facts, "peak": peak_memory()}


if __name__ == "__main__":
    main()
