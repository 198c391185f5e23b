"""Vectors of another encoder: made beside those that stand, kept when it is killed, and put in their place at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

from retrieval.encoder import Vectors
from retrieval.errors import EncoderMismatch
from retrieval.faiss_index import FaissIndexes
from retrieval.model import Filter, passage_key
from retrieval.next_vectors import NextVectors
from retrieval.passages import PassageStore
from retrieval.reencoding import reencode
from retrieval.search import Searcher

ANY = Filter(access=None)
Make = Callable[..., Any]


class Turned:
    """An encoder of another name and of eight dimensions: where the letters of a text fall."""

    name, dimension = "turned/1", 8

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        self.texts += texts
        rows = np.ones((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            np.add.at(rows[row], [ord(letter) % 8 for letter in text], 1)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def filled(store: PassageStore, make: Make) -> PassageStore:
    store.replace([make(f"A:{n}", f"gout {n} ", f"fever {n}", title=f"Title {n}") for n in range(5)], encoder="e/1")
    return store


def standing(store: PassageStore) -> dict[int, list[float]]:
    return {
        int(key): vector.tolist()
        for keys, vectors in store.vectors()
        for key, vector in zip(keys, vectors, strict=True)
    }


def test_vectors_are_exchanged_at_the_end_and_not_before(filled: PassageStore) -> None:
    before, encoder = standing(filled), Turned()
    steps = reencode(filled, encoder, batch=4)
    assert [next(steps) for _ in range(3)] == [(0, 10), (4, 10), (8, 10)]
    assert (filled.encoder(), standing(filled)) == (("e/1", 384), before)
    assert list(steps) == [(10, 10)]
    assert filled.encoder() == ("turned/1", 8)
    assert filled.counts() == (5, 10, 10)
    assert encoder.texts[:2] == ["gout 0 ", "Title 0\nfever 0"]
    after = standing(filled)
    (first, _) = filled.passages_of("A:0", access=None)
    np.testing.assert_allclose(after[passage_key(first.id)], Turned().encode(["gout 0 "])[0], atol=1e-3)
    assert list(reencode(filled, encoder)) == []


def test_it_is_the_same_as_if_all_had_been_encoded_so(filled: PassageStore, make: Make, tmp_path: Path) -> None:
    list(reencode(filled, Turned()))
    other = PassageStore(tmp_path / "other.sqlite")
    for n in range(5):
        info, passages, _ = make(f"A:{n}", f"gout {n} ", f"fever {n}", title=f"Title {n}")
        vectors = Turned().encode([f"gout {n} ", f"Title {n}\nfever {n}"])
        other.replace([(info, passages, vectors)], encoder="turned/1")
    assert filled.fingerprint() == other.fingerprint()
    other.close()


def test_a_run_that_broke_off_is_taken_up(filled: PassageStore, make: Make) -> None:
    steps = reencode(filled, Turned(), batch=4)
    for _ in range(3):
        next(steps)
    del steps
    # Meanwhile documents come, go and change, still by the former encoder.
    filled.replace([make("A:9", "new"), make("A:0", "changed")], encoder="e/1")
    filled.delete(["A:4"])
    encoder = Turned()
    assert list(reencode(filled, encoder, batch=100))[-1] == (8, 8)
    assert sorted(encoder.texts) == ["changed", "new"]
    assert filled.counts() == (5, 8, 8)
    assert set(standing(filled)) == set(filled.matching(ANY).tolist())


def test_what_another_encoder_began_is_forgotten(filled: PassageStore) -> None:
    coming: NextVectors = filled.next_vectors()
    assert coming.begin("x/1", 2) == 0
    coming.put(coming.waiting(-1, 3), np.ones((3, 2), np.float32))
    assert coming.begin("x/1", 2) == 3
    assert not coming.switch()
    assert coming.begin("x/2", 2) == 0
    assert filled.encoder() == ("e/1", 384)


def test_the_former_name_is_kept_until_all_know(filled: PassageStore) -> None:
    list(reencode(filled, Turned()))
    assert filled.next_vectors().former() == "e/1"
    filled.next_vectors().settled()
    assert filled.next_vectors().former() == ""


def test_searches_go_on_with_the_former_encoder_until_the_end(
    store: PassageStore, make: Make, onnx: Any, tmp_path: Path
) -> None:
    items = [make("A:1", "gout", "fever"), make("A:2", "migraine")]
    store.replace(items, encoder=onnx.name)
    old = Searcher(store, onnx, FaissIndexes(), tmp_path / "index")
    old.search("gout", filter=ANY)
    old.save()
    new = Searcher(store, Turned(), FaissIndexes(), tmp_path / "index")
    steps = reencode(store, Turned(), batch=1)
    for _ in range(3):
        next(steps)
        assert old.search("gout", filter=ANY, mode="dense")[0].passage.text == "gout"
        with pytest.raises(EncoderMismatch, match="medgraph reindex"):
            new.search("gout", filter=ANY)
    list(steps)
    assert len(new.search("gout", filter=ANY, mode="dense")) == 3
    with pytest.raises(EncoderMismatch, match="medgraph reindex"):
        old.search("gout", filter=ANY)
    with pytest.raises(EncoderMismatch, match="medgraph reindex"):
        store.replace([make("A:3", "gout")], encoder=onnx.name)


def test_an_empty_store_needs_nothing(store: PassageStore) -> None:
    assert list(reencode(store, Turned())) == []
