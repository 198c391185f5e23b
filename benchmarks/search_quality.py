"""How well passages are found: every mode of search, and a peer, on the same collections in one run.

    python benchmarks/search_collections.py --data ../shared/data --out collections/
    python benchmarks/search_quality.py --collections collections/ [--encoder NAME ...]

Peers: bm25s over the same passages with stems and its stop words (Lù 2024), and the rankings of words and of meaning
joined by their ranks (reciprocal rank fusion, as search did before). All count a document by its best passage.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from report import figure

from api.settings import Settings
from api.wiring import Parts
from evaluation.retrieval import collection, indexing, run
from retrieval.model import Filter, Hit
from retrieval.search import Searcher

RRF = 60
ALL = Filter(access=None)
MODES = ("lexical", "dense", "hybrid", "rerank")


def rrf(searcher: Searcher) -> run.Search:
    """The same two rankings, joined by their ranks."""

    def search(query: str, k: int) -> Sequence[Hit]:
        found: dict[str, Hit] = {}
        scores: dict[str, float] = {}
        for mode in ("lexical", "dense"):
            for rank, hit in enumerate(searcher.search(query, filter=ALL, k=k, mode=mode), 1):
                found[hit.passage.id] = hit
                scores[hit.passage.id] = scores.get(hit.passage.id, 0) + 1 / (RRF + rank)
        best = sorted(scores, key=lambda id: (-scores[id], id))[:k]
        return [replace(found[id], score=scores[id]) for id in best]

    return search


def bm25s(hits: Mapping[str, Hit]) -> run.Search:
    """The peer, over the passages of `hits`."""
    import bm25s as peer
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    every = list(hits.values())
    texts = [f"{hit.document.title}\n{hit.passage.text}" for hit in every]
    index = peer.BM25()
    index.index(peer.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)

    def search(query: str, k: int) -> Sequence[Hit]:
        words = peer.tokenize([query], stopwords="en", stemmer=stemmer, show_progress=False)
        rows, scores = index.retrieve(words, k=min(k, len(every)), show_progress=False)
        pairs = zip(rows[0], scores[0], strict=True)
        return [replace(every[int(row)], score=float(score)) for row, score in pairs if score > 0]

    return search


def measure(folder: Path, encoder: str) -> None:
    queries = collection.queries(folder / "queries.jsonl")
    judged = collection.judgements(folder / "qrels.tsv")
    asked = run.asked(queries, judged)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.read().model_copy(update={"home": Path(home), "encoder": encoder})
        with Parts(settings) as parts:
            passages, searcher = parts.passages(), parts.searcher()
            for _ in indexing.index(collection.documents(folder / "corpus.jsonl"), passages, parts.encoder()):
                pass
            searcher.refresh()
            documents, count, _ = passages.counts()
            every = {
                hit.id: Hit(hit, info, 0.0)
                for info in passages.documents(_ids(folder)).values()
                for hit in passages.passages_of(info.id, access=None)
            }
            ways: dict[str, Callable[[], run.Search]] = {
                mode: lambda mode=mode: lambda text, k: searcher.search(text, filter=ALL, k=k, mode=mode)  # type: ignore[misc]
                for mode in MODES
            }
            ways |= {"rank fusion": lambda: rrf(searcher), "bm25s": lambda: bm25s(every)}
            for way, opening in ways.items():
                found = run.figures(list(run.rankings(asked, judged, opening(), several=count > documents)))
                context = {
                    "way": way, "encoder": encoder, "collection": folder.name, "documents": documents,
                    "passages": count, "queries": found.queries, "p50": round(found.p50, 1), "p95": round(found.p95, 1),
                }  # fmt: skip
                for name, one in found.measures.items():
                    figure(f"retrieval {name}", one.mean, "", interval=one.interval, **context)


def _ids(folder: Path) -> list[str]:
    return [document.id for document in collection.documents(folder / "corpus.jsonl")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--collections", type=Path, required=True)
    parser.add_argument("--encoder", action="append", help="by default the one of the settings")
    given = parser.parse_args()
    for encoder in given.encoder or [Settings.read().encoder]:
        for folder in sorted(path.parent for path in given.collections.glob("*/corpus.jsonl")):
            measure(folder, encoder)


if __name__ == "__main__":
    main()
