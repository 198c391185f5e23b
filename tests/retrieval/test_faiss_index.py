"""What every vector index keeps, run over the flat form, the inverted file, and a GPU where FAISS sees one."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from retrieval.encoder import Vectors
from retrieval.errors import EncoderMismatch, IndexCorrupt, RetrievalError, StorageUnavailable
from retrieval.faiss_index import FaissIndex
from retrieval.index import Keys

DIMENSION = 24
HAS_GPU = hasattr(faiss, "StandardGpuResources") and faiss.get_num_gpus() > 0
New = Callable[[], FaissIndex]


def unit(seed: int, count: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)  # as the passage store keeps them


def keys(*numbers: int) -> Keys:
    return np.array(numbers, np.int64)


@pytest.fixture(params=["flat", "inverted", *(["gpu"] if HAS_GPU else [])])
def new(request: pytest.FixtureRequest) -> New:
    flat_limit = 40 if request.param == "inverted" else 100_000
    return lambda: FaissIndex(DIMENSION, gpu=request.param == "gpu", flat_limit=flat_limit)


@pytest.fixture
def filled(new: New) -> tuple[FaissIndex, Keys, Vectors]:
    index, held, rows = new(), np.arange(100, 400, dtype=np.int64) * 2**40, unit(1, 300)
    index.add(held, rows)
    return index, held, rows


def best(rows: Vectors, held: Keys, query: Vectors, k: int) -> list[int]:
    cosines = rows @ query
    return [int(held[i]) for i in np.lexsort((held, -cosines))[:k]]


def test_an_empty_index_finds_nothing(new: New) -> None:
    index = new()
    assert len(index) == 0
    assert index.search(unit(0, 1)[0], 5) == []
    assert index.search(unit(0, 1)[0], 5, allowed=[1]) == []
    assert index.remove(keys(1)) == 0
    index.add(keys(), np.empty((0, DIMENSION), np.float32))
    assert len(index) == 0


def test_each_vector_finds_itself_first(filled: tuple[FaissIndex, Keys, Vectors]) -> None:
    index, held, rows = filled
    for row in range(0, 300, 17):
        key, cosine = index.search(rows[row], 1)[0]
        assert key == held[row]
        assert cosine == pytest.approx(1, abs=0.01)


def test_best_first_and_as_many_as_there_are(filled: tuple[FaissIndex, Keys, Vectors]) -> None:
    index, held, rows = filled
    hits = index.search(unit(2, 1)[0], 1000)
    assert sorted(key for key, _ in hits) == held.tolist()
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert index.search(rows[0], 0) == []


def test_allowed_keys_restrict_the_search_and_k_still_come(filled: tuple[FaissIndex, Keys, Vectors]) -> None:
    index, held, rows = filled
    query = unit(3, 1)[0]
    allowed = held[::29]
    hits = index.search(query, 5, allowed=allowed.tolist())
    if index.exact:
        assert [key for key, _ in hits] == best(rows[::29], allowed, query, 5)
    assert len(hits) == len({key for key, _ in hits} & set(allowed.tolist())) == 5
    assert [key for key, _ in index.search(query, 5, allowed={int(held[7]), 5})] == [held[7]]
    assert index.search(query, 5, allowed=[]) == []


def test_a_key_added_again_is_replaced(filled: tuple[FaissIndex, Keys, Vectors]) -> None:
    index, held, rows = filled
    index.add(held[:1], -rows[:1])
    assert len(index) == 300
    assert index.search(-rows[0], 1)[0][0] == held[0]
    index.add(keys(9, 9), np.stack([rows[1], unit(4, 1)[0]]))
    assert len(index) == 301
    assert index.search(unit(4, 1)[0], 1)[0][0] == 9


def test_what_is_removed_is_not_found(filled: tuple[FaissIndex, Keys, Vectors]) -> None:
    index, held, rows = filled
    assert index.remove(np.append(held[:10], 1)) == 10
    assert index.remove(held[:10]) == 0
    assert len(index) == 290
    assert not {key for key, _ in index.search(rows[0], 290)} & set(held[:10].tolist())
    index.remove(held)
    assert len(index) == 0
    assert index.search(rows[0], 3) == []
    index.add(held[:3], rows[:3])
    assert [key for key, _ in index.search(rows[1], 1)] == [held[1]]


def test_equals_come_by_key(new: New) -> None:
    index, row = new(), unit(5, 1)
    held = np.arange(60, dtype=np.int64)[::-1].copy()
    index.add(held, np.repeat(row, 60, axis=0))
    assert [key for key, _ in index.search(row[0], 7)] == list(range(7))


def test_other_dimensions_are_refused(new: New) -> None:
    index = new()
    with pytest.raises(EncoderMismatch):
        index.add(keys(1), np.ones((1, DIMENSION + 1), np.float32))
    with pytest.raises(EncoderMismatch):
        index.add(keys(1, 2), unit(0, 1))
    with pytest.raises(EncoderMismatch):
        index.search(np.ones(DIMENSION + 1, np.float32), 1)


def test_saved_and_loaded_it_is_the_same(filled: tuple[FaissIndex, Keys, Vectors], tmp_path: Path) -> None:
    index, held, rows = filled
    index.remove(held[5:9])
    index.save(tmp_path, encoder="e/1", sequence=7, store="s")
    loaded, saved = FaissIndex.load(tmp_path)
    assert (saved.encoder, saved.dimension, saved.sequence, saved.store) == ("e/1", DIMENSION, 7, "s")
    assert (saved.count, saved.generation) == (296, 1)
    for query in rows[:20]:
        assert loaded.search(query, 10) == index.search(query, 10)
    loaded.add(held[5:6], rows[5:6])
    assert loaded.remove(held[:1]) == 1
    assert len(loaded) == 296


def test_generations_rise_and_only_the_newest_stays(filled: tuple[FaissIndex, Keys, Vectors], tmp_path: Path) -> None:
    index, held, _ = filled
    for number in (1, 2, 3):
        index.remove(held[number : number + 1])
        index.save(tmp_path, encoder="e/1", sequence=number)
        assert FaissIndex.load(tmp_path)[1].generation == number
    assert [path.name for path in tmp_path.glob("generation-*")] == ["generation-00000003"]
    assert len(FaissIndex.load(tmp_path)[0]) == 297


def test_searching_while_another_thread_writes(filled: tuple[FaissIndex, Keys, Vectors]) -> None:
    index, held, rows = filled
    stop, wrong = threading.Event(), []

    def search() -> None:
        while not stop.is_set():
            hits = index.search(rows[299], 1)
            if hits[0][0] != held[299]:
                wrong.append(hits)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(60):
        index.remove(held[number : number + 5])
        index.add(held[number : number + 5], rows[number : number + 5])
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(index) == 300


steps = some.lists(
    some.tuples(some.booleans(), some.lists(some.integers(0, 15), min_size=1, max_size=6)), min_size=1, max_size=10
)


@settings(max_examples=40, deadline=None)
@given(steps=steps, flat_limit=some.sampled_from([100, 1000]), k=some.integers(1, 150))
def test_any_sequence_of_writes_searches_as_if_compared_one_by_one(
    steps: list[tuple[bool, list[int]]], flat_limit: int, k: int
) -> None:
    index, rows = FaissIndex(DIMENSION, flat_limit=flat_limit), unit(98, 120)
    live = dict(enumerate(rows, 1000))
    index.add(np.arange(1000, 1120, dtype=np.int64), rows)
    for number, (adding, wanted) in enumerate(steps):
        if adding:
            rows = unit(number, len(wanted))
            index.add(keys(*wanted), rows)
            live.update(zip(wanted, rows, strict=True))
        else:
            assert index.remove(keys(*wanted)) == len({key for key in wanted if live.pop(key, None) is not None})
    assert len(index) == len(live)
    query = unit(99, 1)[0]
    found = index.search(query, k)
    assert len(found) == min(k, len(live))
    for key, cosine in found:
        assert cosine == pytest.approx(float(live[key] @ query), abs=0.02)
    if index.exact:
        assert [key for key, _ in found] == best(np.stack(list(live.values())), keys(*live), query, k)


def test_it_goes_over_to_an_inverted_file_and_trains_again_as_it_grows() -> None:
    index = FaissIndex(DIMENSION, flat_limit=200)
    centres = unit(6, 12)
    mixed = np.random.default_rng(9).permutation(np.repeat(centres, 200, axis=0))
    rows = mixed + 0.6 * unit(7, 2400)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    held = np.random.default_rng(8).permutation(2400).astype(np.int64)
    index.add(held[:200], rows[:200])
    assert index.exact
    lists: list[int] = []
    for begin in range(200, 2400, 200):
        index.add(held[begin : begin + 200], rows[begin : begin + 200])
        assert not index.exact
        lists.append(index._index.nlist)
    assert lists[-1] > lists[0]
    recall = []
    for query in rows[::40]:
        near = set(best(rows, held, query, 10))
        recall.append(len(near & {key for key, _ in index.search(query, 10)}) / 10)
    assert np.mean(recall) >= 0.9


def test_no_saved_index_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FaissIndex.load(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        FaissIndex.load(tmp_path)


@pytest.mark.parametrize("file", ["index.faiss", "keys.npy", "meta.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped"])
def test_a_damaged_index_is_refused(tmp_path: Path, file: str, damage: str) -> None:
    index = FaissIndex(DIMENSION)
    index.add(np.arange(50), unit(1, 50))
    index.save(tmp_path, encoder="e/1", sequence=1)
    path = tmp_path / "generation-00000001" / file
    raw = bytearray(path.read_bytes())
    if damage == "missing":
        path.unlink()
    else:
        raw[len(raw) // 2] ^= 0x80
        path.write_bytes({"empty": bytearray(), "cut": raw[: len(raw) // 2], "flipped": raw}[damage])
    with pytest.raises(IndexCorrupt):
        FaissIndex.load(tmp_path)


def test_an_index_of_another_format_is_refused(tmp_path: Path) -> None:
    FaissIndex(DIMENSION).save(tmp_path, encoder="e/1", sequence=0)
    path = tmp_path / "generation-00000001" / "meta.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(IndexCorrupt, match="another version"):
        FaissIndex.load(tmp_path)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageUnavailable):
        FaissIndex(DIMENSION).save(tmp_path / "file" / "index", encoder="e/1", sequence=0)


@pytest.mark.skipif(not HAS_GPU, reason="FAISS sees no GPU here; where it does, every test above runs on it too")
@pytest.mark.parametrize("flat_limit", [10, 100_000])
def test_a_gpu_searches_as_the_cpu_does(flat_limit: int, tmp_path: Path) -> None:
    rows, held = unit(1, 3000), np.arange(3000, dtype=np.int64)
    one, other = FaissIndex(DIMENSION, flat_limit=flat_limit), FaissIndex(DIMENSION, gpu=True, flat_limit=flat_limit)
    for index in (one, other):
        index.add(held, rows)
        index.remove(held[:100])
    for query in unit(2, 20):
        near = {key for key, _ in one.search(query, 20)}
        assert len(near & {key for key, _ in other.search(query, 20)}) >= 18
    other.save(tmp_path, encoder="e/1", sequence=1)
    assert len(FaissIndex.load(tmp_path)[0]) == 2900


@pytest.mark.skipif(HAS_GPU, reason="there is a GPU")
def test_a_gpu_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(RetrievalError, match=r"\[gpu\]"):
        FaissIndex(DIMENSION, gpu=True)
