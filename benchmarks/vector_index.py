"""The vector index at growing sizes: recall, time, memory, beside LangChain's FAISS store and a scan by NumPy.

    python benchmarks/vector_index.py --data shared/data/literature --kept embeddings.npz --work /tmp/vectors

The vectors are those of 30,000 real texts; beyond them each is repeated with noise, so that it has the cosine to its
original that the real texts have to their nearest. The questions are real, and never among the rows. Every subject runs
in a process of its own, one after another, and searches on one thread. Needs `langchain-community`, which its
maintainers are giving up, so it is in no extra; a subject that cannot be run is told and left out.
Beside the time by the clock stands that of the processor, which says the same on a machine that others use too.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from report import figure
from vector_subjects import SUBJECTS, Case, run
from vector_texts import encoded

from retrieval.encoder import Vectors

K = 10
BLOCK = 30_000
ASKED = 200
SELECTIVITIES = (0.01, 0.1, 0.5)


def replicated(real: Vectors, count: int) -> Iterator[Vectors]:
    """`count` rows in blocks: the real ones, then each again and again with noise."""
    sample = real[:2000] @ real.T
    np.put_along_axis(sample, np.arange(len(sample))[:, None], -1, axis=1)
    near = float(np.median(sample.max(axis=1)))
    scale = np.sqrt((1 / near**2 - 1) / real.shape[1])
    chance = np.random.default_rng(0)
    for begin in range(0, count, len(real)):
        rows = real[: count - begin]
        if begin:
            rows = rows + np.float32(scale) * chance.standard_normal(rows.shape, np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        yield rows.astype(np.float16)


def nearest(rows: Vectors, questions: Vectors, allowed: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """The ids of the K nearest rows of each question, compared one by one in single precision."""
    best = np.full((len(questions), K), -np.inf, np.float32), np.zeros((len(questions), K), np.int64)
    for begin in range(0, len(rows), BLOCK):
        cosines = questions @ rows[begin : begin + BLOCK].astype(np.float32).T
        ids = np.broadcast_to(np.arange(begin, begin + cosines.shape[1]), cosines.shape)
        if allowed is not None:
            cosines = np.where(allowed[begin : begin + cosines.shape[1]], cosines, -np.inf)
        both = np.concatenate([best[0], cosines], axis=1), np.concatenate([best[1], ids], axis=1)
        top = np.argpartition(-both[0], K, axis=1)[:, :K]
        best = np.take_along_axis(both[0], top, 1), np.take_along_axis(both[1], top, 1)
    return best[1]


def prepare(work: Path, real: Vectors, questions: Vectors, count: int) -> None:
    """Write rows, truths, selections, and a file of vectors of record as the passage store keeps them."""
    work.mkdir(parents=True, exist_ok=True)
    rows = np.lib.format.open_memmap(work / "rows.npy", "w+", np.float16, (count, real.shape[1]))
    begin = 0
    for block in replicated(real, count):
        rows[begin : begin + len(block)] = block
        begin += len(block)
    rows.flush()
    np.save(work / "questions.npy", questions)
    np.save(work / "truth.npy", nearest(rows, questions))
    chance = np.random.default_rng(1)
    for share in SELECTIVITIES:
        allowed = np.zeros(count, bool)
        allowed[chance.permutation(count)[: int(share * count)]] = True
        np.save(work / f"allowed-{share}.npy", allowed)
        np.save(work / f"truth-{share}.npy", nearest(rows, questions, allowed))
    (work / "record.sqlite").unlink(missing_ok=True)
    with sqlite3.connect(work / "record.sqlite") as db:
        db.execute("CREATE TABLE passages (row INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE)")
        db.execute("CREATE TABLE vectors (row INTEGER PRIMARY KEY, vector BLOB NOT NULL)")
        db.executemany("INSERT INTO passages VALUES (?, ?)", ((row, row) for row in range(count)))
        db.executemany("INSERT INTO vectors VALUES (?, ?)", ((row, rows[row].tobytes()) for row in range(count)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of abstracts, jats and medquad")
    parser.add_argument("--kept", type=Path, required=True, help="where the vectors are kept (.npz)")
    parser.add_argument("--work", type=Path, required=True, help="a folder for the rows, 2.5 kB a row and subject")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--subjects", default=",".join(SUBJECTS))
    parser.add_argument("--subject", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.subject:
        print(json.dumps(run(given.subject, Case(given.work))), flush=True)
        return
    real, questions = encoded(given.data, given.kept)
    for size in map(int, given.sizes.split(",")):
        work = given.work / str(size)
        if not (work / "record.sqlite").exists():
            prepare(work, real, questions[:ASKED], size)
        context = {"vectors": size, "real": min(size, len(real)), "questions": ASKED, "k": K}
        for subject in given.subjects.split(","):
            command = [sys.executable, __file__, "--subject", subject, "--work", str(work)]
            command += ["--data", str(given.data), "--kept", str(given.kept)]
            threads = {"OPENBLAS_NUM_THREADS": "1"} if subject == "numpy" else {}
            began = time.perf_counter()
            done = subprocess.run(command, env={**os.environ, **threads}, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{subject} at {size}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                continue
            for name, (value, unit) in json.loads(done.stdout).items():
                figure(name, value, unit, subject=subject, **context)
            figure("all of it", time.perf_counter() - began, "s", subject=subject, **context)


if __name__ == "__main__":
    main()
