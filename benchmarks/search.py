"""Milliseconds of a search in process, words and meaning, over a whole corpus.

    python benchmarks/search.py --data pubmed_abstracts.jsonl.gz

The words are the corpus's own; the vectors are random, which costs a flat index the same as real ones and saves
the hour of encoding. Questions are encoded for real.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
from pathlib import Path

import numpy as np
from report import figure, peak_memory

from retrieval.encoder import Encoder
from retrieval.faiss_index import FaissIndexes
from retrieval.model import PUBLIC, DocumentInfo, Filter, Passage, passage_id
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore
from retrieval.search import Searcher

ROOT = Path(__file__).resolve().parents[1]
CHARACTERS = 600
ASKED = ("What is the treatment of {}?", "Does {} have adverse effects in elderly patients?", "Which drugs help {}?")


def fill(store: PassageStore, data: Path, encoder: Encoder) -> list[str]:
    """Write the corpus, cut every 600 characters; returns its titles."""
    rng = np.random.default_rng(0)
    titles, batch = [], []
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            id, text = f"D:{number}", f"{row['title']}\n{row.get('abstract', '')}"
            cuts = range(0, len(text), CHARACTERS)
            spans = [(begin, min(begin + CHARACTERS, len(text))) for begin in cuts]
            passages = [
                Passage(passage_id(id, a, b, text[a:b]), id, ordinal, "abstract", a, b, text[a:b])
                for ordinal, (a, b) in enumerate(spans)
            ]
            vectors = rng.normal(size=(len(passages), encoder.dimension)).astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            batch.append((DocumentInfo(id, row["title"], 1980 + number % 40), passages, vectors))
            titles.append(row["title"])
            if len(batch) == 500:
                store.replace(batch, encoder=encoder.name)
                batch = []
    store.replace(batch, encoder=encoder.name)
    return titles


def questions(titles: list[str], count: int) -> list[str]:
    """Questions about what stands in titles: three words in a row of one."""
    chance = random.Random(0)
    found = []
    for title in chance.sample(titles, count):
        words = title.rstrip(".").split()
        begin = chance.randrange(max(1, len(words) - 3))
        found.append(chance.choice(ASKED).format(" ".join(words[begin : begin + 3])))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="JSON lines with title and abstract, gzip")
    parser.add_argument("--count", type=int, default=200)
    given = parser.parse_args()
    encoder = OnnxEncoder(ROOT / "models" / "bge-small-en-medical")
    with tempfile.TemporaryDirectory() as home:
        store = PassageStore(Path(home, "passages.sqlite"))
        began = time.perf_counter()
        titles = fill(store, given.data, encoder)
        written = time.perf_counter() - began
        documents, passages, _ = store.counts()
        context = {"documents": documents, "passages": passages, "vectors": "random"}
        figure("passages written", passages / written, "passages/s", **context)
        size = sum(file.stat().st_size for file in Path(home).iterdir())
        figure("passages on disk", size / documents, "bytes/document", **context)
        searcher = Searcher(store, encoder, FaissIndexes(), Path(home, "index"))
        for name, call in (("rebuild", searcher.refresh), ("save", searcher.save)):
            began = time.perf_counter()
            call()
            figure(f"index {name}", time.perf_counter() - began, "s", **context)
        began = time.perf_counter()
        Searcher(store, encoder, FaissIndexes(), Path(home, "index")).refresh()
        figure("index load", time.perf_counter() - began, "s", **context)
        filters = {"public": Filter(access=PUBLIC), "one year": Filter(PUBLIC, year_from=2000, year_to=2000)}
        for name, filter in filters.items():
            times = []
            for question in questions(titles, given.count):
                began = time.perf_counter()
                searcher.search(question, filter=filter)
                times.append((time.perf_counter() - began) * 1000)
            for percent in (50, 95):
                value = float(np.percentile(times, percent))
                figure(f"search p{percent}", value, "ms", filter=name, questions=len(times), **context)
        figure("search memory", peak_memory(), "MiB", **context)
        store.close()


if __name__ == "__main__":
    main()
