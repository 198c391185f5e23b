"""Reads a whole library once with the trained models and writes it to SQLite and to Neo4j, batch by batch side by side.

    python benchmarks/literature.py --home DIR [--limit N] [--sample facts.tsv] [--curated PATH …] PATH …

The curated files are loaded before, with exact matches of Hetionet's drugs to MeSH by their preferred names. Prints how
fast it was by stage and store, what was found, how much of it the curated graph did not have, and whether both stores
hold the same. `--sample` writes fifty facts drawn at random, to be read by a person. The home is kept and can be asked:
`MEDGRAPH_HOME=DIR medgraph ask …`. Stopped and called again with the same home, it goes on where it was; its rates are
then those of the last call. The server is our own deploy/neo4j, started under the home on free ports.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

from report import figure, peak_memory

from api.settings import Settings
from api.wiring import Parts, threads
from graph.model import Assertion, Contribution, Entity, Match, Source
from graph.neo4j.store import Neo4jStore
from graph.sqlite.store import SqliteStore
from ingest.jobs.job import ingest
from ingest.jobs.load import load
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from ingest.reading.recognition.recognizer import Span
from ingest.reading.trained_tagger import TrainedTagger

SERVER = Path(__file__).resolve().parent.parent / "deploy" / "neo4j" / "server.py"
SAMPLE = 50


class Both(SqliteStore):
    """SQLite that writes to Neo4j whatever is written to it, and counts the seconds of either."""

    def __init__(self, path: Path, other: Neo4jStore) -> None:
        super().__init__(path)
        self.other = other
        self.seconds = {"sqlite": 0.0, "neo4j": 0.0}

    def replace(self, contributions: Sequence[Contribution]) -> None:
        began = perf_counter()
        super().replace(contributions)
        middle = perf_counter()
        self.other.replace(contributions)
        self.seconds["sqlite"] += middle - began
        self.seconds["neo4j"] += perf_counter() - middle

    def load(self, source: Source, entities: Iterable[Entity] = (), assertions: Iterable[Assertion] = ()) -> None:
        declared, stated = list(entities), list(assertions)
        super().load(source, declared, stated)
        self.other.load(source, declared, stated)

    def delete(self, sources: Collection[str]) -> int:
        self.other.delete(sources)
        return super().delete(sources)

    def add_mappings(self, pairs: Iterable[tuple[str, str] | Match], source: Source) -> int:
        told = list(pairs)
        self.other.add_mappings(told, source)
        return super().add_mappings(told, source)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+", help="files or folders of documents")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--curated", type=Path, action="append", default=[], help="loaded before, in this order")
    parser.add_argument("--compounds", type=Path, help="Hetionet's nodes/compound.tsv.gz, to be matched to MeSH")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--sample", type=Path)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(SERVER), "start", "--json", "--home", str(given.home)]
    started = subprocess.run([*command, "--bolt-port", "0", "--http-port", "0"], stdout=subprocess.PIPE, check=True)
    try:
        with Parts(Settings.read().model_copy(update={"home": given.home})) as parts:
            run(parts, json.loads(started.stdout), given)
    finally:
        with suppress(subprocess.CalledProcessError):
            subprocess.run([sys.executable, SERVER, "stop", "--home", str(given.home)], check=True, capture_output=True)


def run(parts: Parts, server: dict[str, Any], given: argparse.Namespace) -> None:
    graph = Both(given.home / "graph.sqlite", Neo4jStore(server["url"], server["user"], server["password"]))
    curated = list(given.curated)
    if given.compounds:
        matches = given.home / "drugbank_mesh.sssom.tsv"
        matched = match(parts, given.compounds, matches)
        figure("drugs of Hetionet with the preferred name of a MeSH concept", matched, "drugs")
        curated.insert(0, matches)
    if not graph.sources(kind="curated"):
        for path in curated:
            for progress in load([path], graph=graph):
                told = progress.done
            print(path, told.read, "records,", told.failures, "failed", file=sys.stderr, flush=True)
    names = DictionaryTagger(graph, parts.context())
    count = threads(parts.settings)
    began = perf_counter()
    for progress in ingest(
        given.paths, graph=graph, passages=parts.passages(), encoder=parts.encoder(),
        tagger=TrainedTagger(parts.models(), names, threads=count), ledger=parts.ledger(), relator=parts.relator(),
        limit=given.limit, threads=count,
    ):  # fmt: skip
        told, spent = progress.done, progress.seconds
        print(told.read, round(told.read / (perf_counter() - began), 2), "a second", file=sys.stderr, flush=True)
    seconds = perf_counter() - began
    written = told.added + told.updated
    stats = graph.stats()
    about = {"documents": written, "passages": stats.passages, "data": [path.name for path in given.paths]}
    figure("ingest documents per second, graph to both stores", written / seconds, "documents/s", **about)
    for name, took in spent.items():
        figure(f"ingest stage {name}", written / max(took, 1e-9), "documents/s", seconds=round(took, 1), **about)
    for store, took in graph.seconds.items():
        figure(f"graph written to {store}", written / max(took, 1e-9), "documents/s", seconds=round(took, 1), **about)
        rest = seconds - sum(graph.seconds.values()) + took
        figure(f"ingest documents per second, {store} alone", written / rest, "documents/s", **about)
    figure("records that could not be read", told.failures, "records", **about)
    figure("ingest peak memory", peak_memory(), "MiB", **about)
    for name in ("documents", "passages", "mentions", "assertions", "entities"):
        figure(f"stored {name}", getattr(stats, name), name)
    found(given.home / "graph.sqlite", given.sample)
    began = perf_counter()
    same = graph.fingerprint() == graph.other.fingerprint()
    figure("both stores hold the same", int(same), "yes", seconds=round(perf_counter() - began, 1))
    graph.other.close()
    graph.close()


def match(parts: Parts, compounds: Path, target: Path) -> int:
    """Write exact matches by preferred name as an SSSOM table; return how many."""
    linker = parts.models().linker
    rows = []
    with gzip.open(compounds, "rt", encoding="utf-8") as file:
        for id, name in list(csv.reader(file, delimiter="\t"))[1:]:
            (link,) = linker.link(name, [Span(0, len(name), "Chemical", 1.0)])
            concept = next(iter(link.ids), "")
            if concept and linker.entity(concept).name.casefold() == name.casefold():
                rows.append((concept, name, "skos:exactMatch", f"DRUGBANK:{id}", name, "semapv:LexicalMatching"))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("subject_id", "subject_label", "predicate_id", "object_id", "object_label",
                         "mapping_justification"))  # fmt: skip
        writer.writerows(rows)
    return len(rows)


_FACTS = """
SELECT s.id, p.name, o.id, a.extractor, a.polarity, a.certainty, a.confidence, a.sentence, d.id
FROM assertion a JOIN source d ON d.key = a.source JOIN entity s ON s.key = a.subject JOIN entity o ON o.key = a.object
JOIN predicate p ON p.key = a.predicate WHERE d.kind = 'document'
"""
_KNOWN = """
SELECT DISTINCT s.id, p.name, o.id FROM assertion a JOIN source d ON d.key = a.source
JOIN entity s ON s.key = a.subject JOIN entity o ON o.key = a.object JOIN predicate p ON p.key = a.predicate
WHERE d.kind = 'curated'
"""
_MENTIONED = """
SELECT e.type, count(*), count(DISTINCT e.key) FROM mention m JOIN entity e ON e.key = m.entity
GROUP BY e.type ORDER BY 2 DESC
"""
_CURATED = "SELECT DISTINCT e.id FROM declaration d JOIN entity e ON e.key = d.entity WHERE d.place = 0"
_NAME = "SELECT d.name FROM declaration d JOIN entity e ON e.key = d.entity WHERE e.id = ? ORDER BY d.place LIMIT 1"


def found(path: Path, sample: Path | None) -> None:
    """What the documents said, and how much of it was not curated."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        for type, mentions, entities in base.execute(_MENTIONED):
            figure(f"mentions linked, {type}", mentions, "mentions", entities=entities)
        facts = base.execute(_FACTS).fetchall()
        known = {(s, "treats" if p == "palliates" else p, o) for s, p, o in base.execute(_KNOWN)}
        curated = {id for (id,) in base.execute(_CURATED)}
        for (predicate, extractor), number in Counter((row[1], row[3]) for row in facts).most_common():
            figure(f"facts, {predicate}", number, "assertions", extractor=extractor)
        for predicate in sorted({row[1] for row in facts}):
            pairs = {(row[0], predicate, row[2]) for row in facts if row[1] == predicate and row[4] == 0}
            both = {pair for pair in pairs if pair[0] in curated and pair[2] in curated}
            figure(f"distinct affirmed pairs, {predicate}", len(pairs), "pairs", both_ends_curated=len(both),
                   of_these_stated_by_a_curated_source=len(both & known))  # fmt: skip
        if sample:
            names = {id: base.execute(_NAME, (id,)).fetchone() for row in facts for id in (row[0], row[2])}
            drawn = random.Random(7).sample(sorted(facts), min(SAMPLE, len(facts)))
            with sample.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, delimiter="\t", lineterminator="\n")
                for subject, predicate, object, extractor, polarity, certainty, confidence, sentence, document in drawn:
                    ends = [names[id][0] if names[id] else id for id in (subject, object)]
                    writer.writerow((extractor, confidence, ends[0], predicate, ends[1], polarity, certainty, sentence,
                                     document))  # fmt: skip


if __name__ == "__main__":
    main()
