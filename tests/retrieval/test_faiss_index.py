"""What every vector index keeps, over each kind of it: flat, inverted, found by a graph, coarse, mapped, on a GPU."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from retrieval.encoder import Vectors
from retrieval.errors import EncoderMismatch, RetrievalError
from retrieval.faiss_index import FaissIndex, FaissIndexes
from retrieval.index import Keys

DIMENSION = 24
HAS_GPU = hasattr(faiss, "StandardGpuResources") and faiss.get_num_gpus() > 0
KINDS = ("flat", "inverted", "graph", "coarse", "mapped", *(("gpu", "gpu inverted") if HAS_GPU else ()))


def unit(seed: int, count: int, dimension: int = DIMENSION) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)  # as the passage store keeps them


def clustered(seed: int, count: int, centres: int = 12) -> Vectors:
    """Rows about a few centres, as texts lie about their topics."""
    mixed = np.random.default_rng(seed).permutation(np.resize(np.arange(centres), count))
    rows = unit(seed + 1, centres)[mixed] + 0.6 * unit(seed + 2, count)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    halves: Vectors = rows.astype(np.float16).astype(np.float32)
    return halves


def keys(*numbers: int) -> Keys:
    return np.array(numbers, np.int64)


def best(rows: Vectors, held: Keys, query: Vectors, k: int) -> list[int]:
    """The keys of the `k` nearest rows, compared one by one."""
    cosines = rows @ query
    return [int(held[i]) for i in np.lexsort((held, -cosines))[:k]]


def batches(held: Keys, rows: Vectors, size: int = 100) -> Iterator[tuple[Keys, Vectors]]:
    for begin in range(0, len(held), size):
        yield held[begin : begin + size], rows[begin : begin + size]


@dataclass
class Library:
    """An index of one kind, and the vectors of record beside it, as a passage store has them."""

    kind: str
    folder: Path
    record: dict[int, Vectors] = field(default_factory=dict)

    @property
    def indexes(self) -> FaissIndexes:
        many = 100_000 if self.kind in ("flat", "gpu") else 40
        return FaissIndexes(
            gpu=self.kind.startswith("gpu"),
            flat_limit=many,
            graph_lists=1 if self.kind == "graph" else 10_000,
            budget=1 if self.kind == "coarse" else 1 << 30,
            record=self.recorded if self.kind in ("coarse", "graph") else None,
        )

    def recorded(self, wanted: Keys) -> tuple[Keys, Vectors]:
        there = [int(key) for key in wanted if int(key) in self.record]
        return keys(*there), np.array([self.record[key] for key in there], np.float32).reshape(len(there), DIMENSION)

    def made(self, held: Keys, rows: Vectors) -> FaissIndex:
        self.record.update(zip(held.tolist(), rows, strict=True))
        index = self.indexes.made(len(held), DIMENSION, lambda: batches(held, rows))
        assert index is not None
        if self.kind == "mapped":
            index.save(self.folder, encoder="e/1", sequence=0, store="s")
            index, _ = self.indexes.load(self.folder)
        return index

    def add(self, index: FaissIndex, held: Keys, rows: Vectors) -> None:
        self.record.update(zip(held.tolist(), rows, strict=True))
        index.add(held, rows)


HELD, ROWS = np.arange(100, 400, dtype=np.int64) * 2**40, unit(1, 300)


@pytest.fixture(params=KINDS)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return Library(request.param, tmp_path / "index")


@pytest.fixture
def index(library: Library) -> FaissIndex:
    return library.made(HELD, ROWS)


def test_the_kinds_are_what_they_are_called(library: Library, index: FaissIndex) -> None:
    expected = {"flat": "SQfp16", "gpu": "SQfp16", "graph": "IVF7_HNSW32,SQ8", "coarse": "IVF7,SQ4"}
    assert index.choice.factory == expected.get(library.kind, "IVF7,SQ8")
    assert index.choice.exact == (index.choice.factory == "SQfp16")
    assert not index.outgrown


def test_an_empty_index_finds_nothing(library: Library, index: FaissIndex) -> None:
    for empty in (library.indexes.empty(DIMENSION), index):
        assert empty.remove(HELD) == len(HELD) * (empty is index)
        assert len(empty) == 0
        assert empty.search(ROWS[0], 5) == []
        assert empty.search(ROWS[0], 5, allowed=[1]) == []
        assert empty.remove(keys(1)) == 0
        empty.add(keys(), np.empty((0, DIMENSION), np.float32))
        assert len(empty) == 0
        library.add(empty, HELD[:3], ROWS[:3])
        assert [key for key, _ in empty.search(ROWS[1], 1)] == [HELD[1]]


def test_each_vector_finds_itself_first(index: FaissIndex) -> None:
    for row in range(0, 300, 17):
        key, cosine = index.search(ROWS[row], 1)[0]
        assert key == HELD[row]
        assert cosine == pytest.approx(1, abs=0.01)


def test_best_first_and_as_many_as_there_are(index: FaissIndex) -> None:
    hits = index.search(unit(2, 1)[0], 1000)
    assert sorted(key for key, _ in hits) == HELD.tolist()
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert index.search(ROWS[0], 0) == []


def test_allowed_keys_restrict_the_search_and_k_still_come(library: Library, index: FaissIndex) -> None:
    query = unit(3, 1)[0]
    allowed = HELD[::29]
    hits = index.search(query, 5, allowed=allowed.tolist())
    if index.choice.exact or library.kind == "coarse":
        assert [key for key, _ in hits] == best(ROWS[::29], allowed, query, 5)
    assert len(hits) == len({key for key, _ in hits} & set(allowed.tolist())) == 5
    assert [key for key, _ in index.search(query, 5, allowed={int(HELD[7]), 5})] == [HELD[7]]
    assert index.search(query, 5, allowed=[]) == []


def test_a_cosine_does_not_depend_on_what_else_is_near() -> None:
    rows = unit(8, 300, 384) + 3 * unit(7, 1, 384)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    asked = rows[:60] + unit(9, 60, 384)

    def recorded(wanted: Keys) -> tuple[Keys, Vectors]:
        wanted = np.sort(wanted)
        return wanted, rows[wanted]

    made = FaissIndexes(flat_limit=40, record=recorded).made(300, 384, lambda: batches(np.arange(300), rows))
    assert made is not None
    for query in asked:
        everything = dict(made.search(query, 300))
        assert all(everything[key] == cosine for k in (3, 40) for key, cosine in made.search(query, k))


def test_an_array_that_stays_is_remembered_until_the_index_changes(library: Library, index: FaissIndex) -> None:
    allowed = HELD[:60].copy()
    allowed.flags.writeable = False
    query = ROWS[3]
    first = index.search(query, 60, allowed)
    assert first == index.search(query, 60, allowed) == index.search(query, 60, set(allowed.tolist()))
    index.remove(HELD[:2])
    library.add(index, HELD[:1], -ROWS[3:4])
    assert {key for key, _ in index.search(query, 60, allowed)} == set(allowed.tolist()) - {HELD[1]}
    assert index.search(query, 60, allowed)[-1][0] == HELD[0]


def test_a_key_added_again_is_replaced(library: Library, index: FaissIndex) -> None:
    library.add(index, HELD[:1], -ROWS[:1])
    assert len(index) == 300
    assert index.search(-ROWS[0], 1)[0][0] == HELD[0]
    library.add(index, keys(9, 9), np.stack([ROWS[1], unit(4, 1)[0]]))
    assert len(index) == 301
    assert index.search(unit(4, 1)[0], 1)[0][0] == 9


def test_what_is_removed_is_not_found(index: FaissIndex) -> None:
    assert index.remove(np.append(HELD[:10], 1)) == 10
    assert index.remove(HELD[:10]) == 0
    assert len(index) == 290
    assert not {key for key, _ in index.search(ROWS[0], 290)} & set(HELD[:10].tolist())


def test_equals_come_by_key(library: Library) -> None:
    row, held = unit(5, 1), np.arange(60, dtype=np.int64)[::-1].copy()
    index = library.made(held, np.repeat(row, 60, axis=0))
    assert [key for key, _ in index.search(row[0], 7)] == list(range(7))


def test_other_dimensions_are_refused(index: FaissIndex) -> None:
    with pytest.raises(EncoderMismatch):
        index.add(keys(1), np.ones((1, DIMENSION + 1), np.float32))
    with pytest.raises(EncoderMismatch):
        index.add(keys(1, 2), unit(0, 1))
    with pytest.raises(EncoderMismatch):
        index.search(np.ones(DIMENSION + 1, np.float32), 1)


def test_saved_and_loaded_it_is_the_same(library: Library, index: FaissIndex, tmp_path: Path) -> None:
    index.remove(HELD[5:9])
    index.save(tmp_path, encoder="e/1", sequence=7, store="s")
    loaded, saved = library.indexes.load(tmp_path)
    assert (saved.encoder, saved.dimension, saved.sequence, saved.store) == ("e/1", DIMENSION, 7, "s")
    assert (saved.count, saved.generation, saved.choice) == (296, 1, index.choice)
    for query in ROWS[:20]:
        assert loaded.search(query, 10) == index.search(query, 10)
    for written in (loaded, index):
        library.add(written, HELD[5:6], ROWS[5:6])
        assert written.remove(HELD[:1]) == 1
        assert len(written) == 296
    assert loaded.search(ROWS[5], 10) == index.search(ROWS[5], 10)
    assert len(library.indexes.load(tmp_path)[0]) == 296, "what is in memory has been written, not what is saved"


def test_searching_while_another_thread_writes(library: Library, index: FaissIndex) -> None:
    stop, wrong = threading.Event(), []

    def search() -> None:
        while not stop.is_set():
            hits = index.search(ROWS[299], 1)
            if hits[0][0] != HELD[299]:
                wrong.append(hits)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(60):
        index.remove(HELD[number : number + 5])
        library.add(index, HELD[number : number + 5], ROWS[number : number + 5])
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(index) == 300


steps = some.lists(
    some.tuples(some.booleans(), some.lists(some.integers(0, 15), min_size=1, max_size=6)), min_size=1, max_size=10
)


@settings(max_examples=60, deadline=None)
@given(steps=steps, kind=some.sampled_from(KINDS), k=some.integers(1, 150))
def test_any_sequence_of_writes_searches_as_if_compared_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, list[int]]], kind: str, k: int
) -> None:
    library, rows = Library(kind, tmp_path_factory.mktemp("any") / "index"), unit(98, 120)
    live = dict(enumerate(rows, 1000))
    index = library.made(np.arange(1000, 1120, dtype=np.int64), rows)
    for number, (adding, wanted) in enumerate(steps):
        if adding:
            rows = unit(number, len(wanted))
            library.add(index, keys(*wanted), rows)
            live.update(zip(wanted, rows, strict=True))
        else:
            assert index.remove(keys(*wanted)) == len({key for key in wanted if live.pop(key, None) is not None})
    assert len(index) == len(live)
    query = unit(99, 1)[0]
    hits = index.search(query, k)
    assert len(hits) == min(k, len(live))
    for key, cosine in hits:
        assert cosine == pytest.approx(float(live[key] @ query), abs=0.02)
    if index.choice.exact:
        assert [key for key, _ in hits] == best(np.stack(list(live.values())), keys(*live), query, k)


def test_a_large_index_finds_nearly_all_of_the_nearest(library: Library) -> None:
    rows, held = clustered(6, 4000), np.random.default_rng(8).permutation(4000).astype(np.int64)
    index = library.made(held, rows)
    for share in (1.0, 0.5, 0.1, 0.01):
        few = np.random.default_rng(1).permutation(4000)[: int(share * 4000)]
        allowed = None if share == 1 else held[few]
        found = [
            len(set(best(rows[few], held[few], query, 10)) & {key for key, _ in index.search(query, 10, allowed)}) / 10
            for query in clustered(6, 4040)[4000:]
        ]
        assert np.mean(found) >= (1 if index.choice.exact else 0.9), share


def test_it_has_outgrown_its_kind_when_it_is_too_long_or_much_was_removed(library: Library, index: FaissIndex) -> None:
    if index.choice.exact:
        return
    library.add(index, np.arange(901, dtype=np.int64), unit(9, 901))
    assert index.outgrown
    anew = library.made(np.arange(901, dtype=np.int64), unit(9, 901))
    assert anew.choice.lists > index.choice.lists
    anew.remove(np.arange(600, dtype=np.int64))
    assert not anew.outgrown
    anew.remove(np.arange(700, dtype=np.int64))
    assert anew.outgrown
    assert library.indexes.empty(DIMENSION).outgrown is False


def test_what_is_stopped_is_not_made() -> None:
    library = Library("inverted", Path())
    assert library.indexes.made(300, DIMENSION, lambda: batches(HELD, ROWS), lambda: True) is None


def test_a_mapped_index_is_not_read_before_it_is_written(tmp_path: Path) -> None:
    library = Library("mapped", tmp_path / "index")
    index = library.made(HELD, ROWS)
    assert "OnDisk" in type(faiss.downcast_InvertedLists(index._index.invlists)).__name__
    index.remove(keys(1))
    assert "OnDisk" in type(faiss.downcast_InvertedLists(index._index.invlists)).__name__
    index.remove(HELD[:1])
    assert "Array" in type(faiss.downcast_InvertedLists(index._index.invlists)).__name__


@pytest.mark.skipif(HAS_GPU, reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(RetrievalError, match=r"\[gpu\]"):
        FaissIndexes(gpu=True).empty(DIMENSION)
