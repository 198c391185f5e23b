"""What `vector_index.py` compares, each run in a process of its own: medgraph's index, LangChain's store, NumPy."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval import passage_sql
from retrieval.encoder import Vectors
from retrieval.faiss_index import FaissIndex, FaissIndexes
from retrieval.index import Keys
from retrieval.passage_rows import arrays

BATCH = 20_000
WRITTEN = 10_000
"""Rows that are removed and added again."""
Figures = dict[str, tuple[float, str]]


@dataclass(frozen=True)
class Case:
    """The rows, the questions and what is true of them, as `vector_index.py` wrote them into a folder."""

    work: Path

    @cached_property
    def rows(self) -> NDArray[np.float16]:
        rows: NDArray[np.float16] = np.load(self.work / "rows.npy", mmap_mode="r")
        return rows

    @cached_property
    def questions(self) -> Vectors:
        questions: Vectors = np.load(self.work / "questions.npy")
        return questions

    def truth(self, share: str = "") -> NDArray[np.int64]:
        truth: NDArray[np.int64] = np.load(self.work / f"truth{share}.npy")
        return truth

    def batches(self) -> Iterator[tuple[Keys, Vectors]]:
        for begin in range(0, len(self.rows), BATCH):
            block = np.asarray(self.rows[begin : begin + BATCH], np.float32)
            yield np.arange(begin, begin + len(block), dtype=np.int64), block


def run(subject: str, case: Case) -> Figures:
    """Every figure of one subject."""
    return SUBJECTS[subject](case)


def memory() -> float:
    """The resident memory of this process that is no file's, in MiB: what is mapped can be had back at any time."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["RssAnon"].split()[0]) / 1024


def timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def asked(case: Case, ask: Callable[[Vectors], list[int]], name: str = "", share: str = "") -> Figures:
    """Recall and times of one question after another, after ten that do not count."""
    for question in case.questions[:10]:
        ask(question)
    found, clock, processor = [], [], time.thread_time()
    for question in case.questions:
        began = time.perf_counter()
        found.append(set(ask(question)))
        clock.append((time.perf_counter() - began) * 1000)
    processor = (time.thread_time() - processor) * 1000 / len(clock)
    truth = case.truth(share)
    recall = [len(ids & set(true.tolist())) / len(true) for ids, true in zip(found, truth, strict=True)]
    figures: Figures = {
        f"recall@10{name}": (float(np.mean(recall)), ""),
        f"p50{name}": (float(np.percentile(clock, 50)), "ms"),
        f"processor{name}": (processor, "ms a question"),
    }
    if not share:
        figures[f"p95{name}"] = float(np.percentile(clock, 95)), "ms"
        figures[f"throughput{name}"] = 1000 / float(np.mean(clock)), "questions/s"
    return figures


def recorded(case: Case) -> Callable[[Keys], tuple[Keys, Vectors]]:
    """What gives vectors of record from a file, by the statement of the passage store."""
    db = sqlite3.connect(case.work / "record.sqlite")
    return lambda keys: arrays(db.execute(passage_sql.VECTORS_OF, (json.dumps(keys.tolist()),)).fetchall())


def searched(case: Case, index: FaissIndex) -> Figures:
    """The figures of its searches, without a selection of rows and with some."""
    figures = asked(case, lambda question: [key for key, _ in index.search(question, 10)])
    for share in (0.01, 0.1, 0.5):
        allowed = np.flatnonzero(np.load(case.work / f"allowed-{share}.npy"))
        allowed.flags.writeable = False

        def ask(question: Vectors, allowed: Keys = allowed) -> list[int]:
            return [key for key, _ in index.search(question, 10, allowed)]

        figures |= asked(case, ask, f" of {share:.0%} allowed", f"-{share}")
    return figures


def written(case: Case, index: FaissIndex) -> Figures:
    """Vectors a second that are taken out and put in."""
    some = np.sort(np.random.default_rng(2).permutation(len(index))[:WRITTEN].astype(np.int64))
    vectors = np.asarray(case.rows[some], np.float32)
    removing = timed(lambda: index.remove(some))
    return {
        "remove": (len(some) / removing, "vectors/s"),
        "add": (len(some) / timed(lambda: index.add(some, vectors)), "vectors/s"),
    }


def medgraph(case: Case, **options: Any) -> Figures:
    """The index as it is made and saved."""
    indexes, folder = FaissIndexes(record=recorded(case), **options), case.work / "index"
    count, dimension = case.rows.shape
    indexes.empty(dimension)  # imports FAISS
    before, made = memory(), list[FaissIndex | None]()
    building = timed(lambda: made.append(indexes.made(count, dimension, case.batches)))
    index = made[0]
    if index is None:
        raise RuntimeError("it was stopped")
    figures: Figures = {
        "build": (building, "s"),
        "memory": (memory() - before, "MiB"),
        "bytes a vector": (index.choice.bytes_a_row, "bytes"),
        "lists": (index.choice.lists, ""),
        "lists read": (index.choice.probes, ""),
    }
    figures |= searched(case, index) | written(case, index)
    figures["save"] = timed(lambda: index.save(folder, encoder="e", sequence=1, store="s")), "s"
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    figures["bytes a vector on disk"] = size / count, "bytes"
    return figures


def opened(case: Case) -> Figures:
    """The saved index of the run before."""
    indexes = FaissIndexes(record=recorded(case))
    indexes.empty(case.rows.shape[1])
    before, loaded = memory(), list[FaissIndex]()
    figures: Figures = {"open": (timed(lambda: loaded.append(indexes.load(case.work / "index")[0])), "s")}
    index = loaded[0]
    figures["first question"] = timed(lambda: index.search(case.questions[0], 10)) * 1000, "ms"
    figures |= asked(case, lambda question: [key for key, _ in index.search(question, 10)])
    figures["memory"] = memory() - before, "MiB"
    return figures


def langchain(case: Case) -> Figures:
    """LangChain's FAISS store as it comes: every row compared, in single precision, texts in a dictionary."""
    import faiss
    from langchain_community.vectorstores import FAISS
    from langchain_core.embeddings import FakeEmbeddings

    before, stores = memory(), list[FAISS]()
    rows = np.asarray(case.rows, np.float32)
    pairs = [(str(row), rows[row]) for row in range(len(rows))]
    embeddings = FakeEmbeddings(size=rows.shape[1])
    figures: Figures = {"build": (timed(lambda: stores.append(FAISS.from_embeddings(pairs, embeddings))), "s")}
    held = rows.nbytes / 2**20
    figures["memory"] = memory() - before - held, "MiB"
    figures["bytes a vector"] = (memory() - before - held) * 2**20 / len(case.rows), "bytes"
    faiss.omp_set_num_threads(1)

    def ask(question: Vectors) -> list[int]:
        hits = stores[0].similarity_search_with_score_by_vector(question, k=10)
        return [int(document.page_content) for document, _ in hits]

    return figures | asked(case, ask)


def numpy(case: Case) -> Figures:
    """Every row compared by one product, in single precision."""
    before = memory()
    rows = np.asarray(case.rows, np.float32)

    def ask(question: Vectors) -> list[int]:
        cosines = rows @ question
        best = np.argpartition(-cosines, 10)[:10]
        return best[np.argsort(-cosines[best])].tolist()  # type: ignore[no-any-return]  # a list of ints

    figures: Figures = {"memory": (memory() - before, "MiB")}
    figures["bytes a vector"] = rows.nbytes / len(rows), "bytes"
    return figures | asked(case, ask)


def tight(case: Case) -> Figures:
    """The index where there is no memory for a byte a dimension."""
    return medgraph(case, budget=1)


SUBJECTS: dict[str, Callable[[Case], Figures]] = {
    "medgraph": medgraph,
    "medgraph-opened": opened,
    "langchain": langchain,
    "numpy": numpy,
    "medgraph-tight": tight,
}
