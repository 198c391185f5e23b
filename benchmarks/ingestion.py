"""Documents a second by stage and in all, peak memory, and bytes on disk, at two sizes: the cost must grow linearly.

    python benchmarks/ingestion.py --data pubmed_abstracts.jsonl.gz --ontology hp.obo --sizes 2000,20000

Each size runs in a process of its own on an empty home, with the shipped lexicon and the ontologies given.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import figure, peak_memory

ROOT = Path(__file__).resolve().parents[1]


def measure(data: Path, ontologies: list[Path], size: int, home: Path) -> dict[str, float]:
    """One ingestion in this process."""
    from graph.sqlite.store import SqliteStore
    from ingest.jobs.job import ingest
    from ingest.jobs.ledger import Ledger
    from ingest.jobs.load import load
    from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
    from ingest.sources.curated import lexicon
    from retrieval.onnx_encoder import OnnxEncoder
    from retrieval.passages import PassageStore

    graph = SqliteStore(home / "graph.sqlite")
    for _ in load([*lexicon.shipped(), *ontologies], graph=graph):
        pass
    graph.close()
    loaded = _bytes(home)
    graph = SqliteStore(home / "graph.sqlite")
    passages = PassageStore(home / "passages.sqlite")
    ledger = Ledger(home / "ledger.sqlite")
    encoder = OnnxEncoder(ROOT / "models" / "bge-small-en-medical")
    tagger = DictionaryTagger(graph)
    began = time.perf_counter()
    for progress in ingest(
        [data], graph=graph, passages=passages, encoder=encoder, tagger=tagger, ledger=ledger, limit=size
    ):
        last = progress
    seconds = time.perf_counter() - began
    stats = graph.stats()
    result = {f"seconds_{stage}": spent for stage, spent in last.seconds.items()}
    for part in (graph, passages, ledger):
        part.close()
    return result | {
        "seconds": seconds,
        "documents": stats.documents,
        "passages": stats.passages,
        "mentions": stats.mentions,
        "assertions": stats.assertions,
        "peak_mib": peak_memory(),
        "bytes": _bytes(home) - loaded,
    }


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a file of documents in any format that is read")
    parser.add_argument("--ontology", type=Path, action="append", default=[], help="loaded before, beside the lexicon")
    parser.add_argument("--sizes", default="2000,20000")
    parser.add_argument("--keep", type=Path, help="an empty folder in which the largest home is kept, for ask.py")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        with tempfile.TemporaryDirectory() as folder:
            home = given.keep or Path(folder)
            print(json.dumps(measure(given.data, given.ontology, given.child, home)))
        return
    sizes = [int(size) for size in given.sizes.split(",")]
    rates = []
    for size in sizes:
        arguments = [word for path in given.ontology for word in ("--ontology", str(path))]
        command = [sys.executable, __file__, "--data", str(given.data), *arguments, "--child", str(size)]
        if given.keep and size == max(sizes):
            command += ["--keep", str(given.keep)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        got = json.loads(done.stdout.splitlines()[-1])
        documents = got["documents"]
        rates.append(documents / got["seconds"])
        context = {"data": given.data.name, "documents": documents, "passages": got["passages"]}
        figure("ingest documents per second", rates[-1], "documents/s", **context)
        for stage in ("read", "tag", "split", "relate", "encode", "passages", "graph", "ledger"):
            spent = got[f"seconds_{stage}"]
            figure(f"ingest stage {stage}", documents / spent, "documents/s", seconds=round(spent, 2), **context)
        figure("ingest peak memory", got["peak_mib"], "MiB", **context)
        figure("bytes on disk per document", got["bytes"] / documents, "bytes", **context)
        figure("mentions per document", got["mentions"] / documents, "mentions", **context)
        figure("assertions", got["assertions"], "assertions", **context)
    figure("ingest rate at the largest size over the smallest", rates[-1] / rates[0], "ratio", sizes=sizes)


if __name__ == "__main__":
    main()
