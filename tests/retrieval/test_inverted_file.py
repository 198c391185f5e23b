from __future__ import annotations

from itertools import count

import faiss
import numpy as np
import pytest

from retrieval.encoder import Vectors
from retrieval.index_choice import Choice, Code
from retrieval.inverted_file import ROUNDS, assigned, copied, put, replace_lists, trained

DIMENSION = 16


def clusters(seed: int, rows: int) -> tuple[Vectors, list[int]]:
    """Rows about ten centres that lie far apart, and the centre of each."""
    chance = np.random.default_rng(seed)
    centres = np.linalg.qr(np.random.default_rng(1).normal(size=(DIMENSION, 10)))[0].T
    which = chance.integers(0, 10, rows)
    vectors = centres[which] + 0.05 * chance.normal(size=(rows, DIMENSION))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), which.tolist()


def choice(code: Code = "SQ8", graph: bool = False, lists: int = 10) -> Choice:
    return Choice(code=code, reason="many", made_for=1000, dimension=DIMENSION, lists=lists, graph=graph)


@pytest.mark.parametrize("graph", [False, True])
def test_rows_of_one_kind_come_into_one_list(graph: bool) -> None:
    index = trained(faiss, choice(graph=graph, lists=30), clusters(0, 1200)[0], lambda: False)
    rows, which = clusters(5, 200)
    lists = assigned(index, rows).tolist()
    together = {(one, other) for one, other in zip(lists, which, strict=True)}
    assert len({one for one, _ in together}) == len(together), "a list holds rows of one centre alone"


@pytest.mark.parametrize(("code", "near"), [("SQfp16", 1e-3), ("SQ8", 0.01), ("SQ4", 0.1)])
def test_what_is_put_in_is_found_as_its_code_has_it(code: Code, near: float) -> None:
    sample, _ = clusters(0, 1000)
    index = trained(faiss, choice(code), sample, lambda: False)
    put(faiss, index, np.arange(1000, dtype=np.int64) + 7, sample, assigned(index, sample))
    index.nprobe = 10
    scores, found = index.search(sample[:50], 1000)
    for row in range(50):
        truth = sample @ sample[row]
        assert np.abs(truth[found[row] - 7] - scores[row]).max() < near


def test_a_list_that_is_mapped_is_copied_and_can_be_written(tmp_path: object) -> None:
    sample, _ = clusters(0, 1000)
    index = trained(faiss, choice(), sample, lambda: False)
    put(faiss, index, np.arange(1000, dtype=np.int64), sample, assigned(index, sample))
    faiss.write_index(index, f"{tmp_path}/index.faiss")
    mapped = faiss.read_index(f"{tmp_path}/index.faiss", faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
    _, before = mapped.search(sample[:20], 5)
    replace_lists(mapped, copied(faiss, mapped))
    _, after = mapped.search(sample[:20], 5)
    assert np.array_equal(before, after)
    put(faiss, mapped, np.array([5000]), sample[:1], assigned(mapped, sample[:1]))
    assert mapped.ntotal == 1001
    assert 5000 in mapped.search(sample[:1], 2)[1]


def test_training_stops_between_two_rounds() -> None:
    for most in (0, 3, ROUNDS - 1):
        rounds = count()
        assert trained(faiss, choice(), clusters(0, 1000)[0], lambda n=most, c=rounds: next(c) >= n) is None  # type: ignore[misc]  # lambdas with defaults
        assert next(rounds) == most + 1
