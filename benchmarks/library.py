"""What a whole library says, and how that compares with what curated sources state.

    python benchmarks/library.py --data DATA [--abstracts N] [--articles N] [--processes 2] [--contradictions OUT.tsv]

DATA is the folder with `literature`. Reads PubMed abstracts and full texts (JATS) into the graph of MEDGRAPH_HOME and
MEDGRAPH_GRAPH_URL, all but the vectors of passages, in as many processes as are asked for: give it a copy of a home
with curated sources, for it writes. Then counts what `medgraph review` counts, by statement and by pair.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from report import figure, peak_memory

from api.settings import Settings
from api.wiring import Parts
from graph.model import Assertion, Contribution
from graph.review import Reviewed, review
from graph.store import GraphStore
from ingest.jobs.steps import contributions, mentions, passages
from ingest.model import Document, Failure, Section
from ingest.sources.detect import documents

_BATCH = 32
_parts: list[Parts] = []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--abstracts", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--contradictions", type=Path)
    given = parser.parse_args()
    literature = given.data / "literature"
    kinds = {
        "abstract": islice(_abstracts(literature / "pubmed_abstracts.jsonl.gz"), given.abstracts),
        "article": islice(_articles(literature / "jats"), given.articles),
    }
    os.environ |= {"OMP_NUM_THREADS": "1"} | ({"MEDGRAPH_THREADS": "1"} if given.processes > 1 else {})
    with Parts(Settings.read()) as parts:
        graph = parts.graph()
        with ProcessPoolExecutor(given.processes, get_context("spawn"), _open) as pool:
            for kind, texts in kinds.items():
                read(pool, given.processes, graph, kind, texts)
        compared(list(review(graph, access=None)), given.contradictions, graph)


def read(pool: ProcessPoolExecutor, processes: int, graph: GraphStore, kind: str, texts: Iterable[Document]) -> None:
    """Write what the texts say, and tell how much and how fast it was."""
    began, count = perf_counter(), Counter[str]()
    by_predicate, peak = Counter[str](), 0.0
    for made, held in _made(pool, processes, texts):
        graph.replace(made)
        peak = max(peak, held)
        count["texts"] += len(made)
        for one in made:
            kept = [a for a in one.assertions if a.certainty != "hypothetical"]
            count["facts"] += len(one.assertions)
            count["told"] += len(kept)
            count["empty"] += not kept
            count["loops"] += sum(a.subject == a.object for a in kept)
            by_predicate.update(a.predicate for a in kept)
    seconds = perf_counter() - began
    if not count["texts"]:
        return
    about = {"data": kind, "texts": count["texts"], "processes": processes, "vectors": False}
    figure("library: facts a text", count["facts"] / count["texts"], "facts", **about)
    figure("library: facts a text, aims left out", count["told"] / count["texts"], "facts", **about)
    figure("library: texts without a fact", count["empty"], "texts", **about)
    figure("library: facts of a thing with itself", count["loops"], "facts", **about)
    figure("library: by predicate", count["told"], "facts", predicates=dict(by_predicate.most_common()), **about)
    figure("library: texts a second, written", count["texts"] / seconds, "texts/s", **about)
    figure("library: peak memory of a reading process", peak, "MiB", **about)


def compared(reviewed: list[Reviewed], out: Path | None, graph: GraphStore) -> None:
    """Tell how much agrees, contradicts, is other or new, by predicate and by pair; what contradicts goes to `out`."""
    verdicts = Counter(one.verdict for one in reviewed)
    apart = {(frozenset((one.statement.subject, one.statement.object)), one.verdict) for one in reviewed}
    pairs = Counter(verdict for _, verdict in apart)
    table: dict[str, Counter[str]] = {}
    for one in reviewed:
        table.setdefault(one.statement.predicate, Counter())[one.verdict] += 1
    figure("library: statements compared", len(reviewed), "statements", verdicts=dict(verdicts), pairs=dict(pairs),
           by_predicate={name: dict(counts) for name, counts in sorted(table.items())})  # fmt: skip
    wrong = [one for one in reviewed if one.verdict == "contradicts"]
    if out is None:
        return
    names = graph.entities({end for r in wrong for end in (r.statement.subject, r.statement.object)}, access=None)

    def told(statement: Assertion) -> str:
        denied = "not " if statement.polarity == "negated" else ""
        return f"{names[statement.subject].name} {denied}{statement.predicate} {names[statement.object].name}"

    with out.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t")
        rows.writerow(("text states", "document", "sentence", "curated", "source"))
        for one in wrong:
            beside = one.beside
            rows.writerow((
                told(one.statement), one.statement.source, one.statement.sentence,
                told(beside) if beside else "", beside.source if beside else "",
            ))  # fmt: skip


def _made(
    pool: ProcessPoolExecutor, processes: int, texts: Iterable[Document]
) -> Iterator[tuple[list[Contribution], float]]:
    """What the pool makes of the texts, as it comes, with no more than a few batches on their way."""
    rest = iter(texts)
    running: set[Future[tuple[list[Contribution], float]]] = set()
    while True:
        while len(running) < 2 * processes and (block := list(islice(rest, _BATCH))):
            running.add(pool.submit(_contributions, block))
        if not running:
            return
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for one in done:
            yield one.result()


def _open() -> None:
    _parts.append(Parts(Settings.read()))


def _contributions(block: list[Document]) -> tuple[list[Contribution], float]:
    tagger, relator = _parts[0].tagger(), _parts[0].relator()
    rows = mentions(block, tagger)
    return contributions(block, rows, passages(block), tagger, relator, 1), peak_memory()


def _abstracts(path: Path) -> Iterator[Document]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row.get("abstract"):
                parts = Section("title", row["title"]), Section("abstract", row["abstract"])
                yield Document(f"PMID:{row['pmid']}", row["title"], parts)


def _articles(folder: Path) -> Iterator[Document]:
    failed = 0
    for path in sorted(folder.iterdir()):
        for record in documents(path):
            failed += isinstance(record, Failure)
            if isinstance(record, Document):
                yield record
    figure("library: records that could not be read", failed, "records", data="article")


if __name__ == "__main__":
    main()
