"""A collection becomes passages as ingestion makes them; its place is its own, and a killed run is taken up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.retrieval import indexing
from evaluation.retrieval.collection import Corpus
from evaluation.retrieval.indexing import BATCH, claim, index
from ingest.errors import OutputUnavailable
from ingest.jobs.split import split
from ingest.model import Document, Section
from retrieval.model import Filter
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore

MODEL = Path(__file__).resolve().parents[3] / "models" / "bge-small-en-medical"
CORPUS = Corpus("0" * 32, frozenset({"1"}), 0, 0)


@pytest.fixture(scope="module")
def encoder() -> Iterator[OnnxEncoder]:
    opened = OnnxEncoder(MODEL, threads=1)
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PassageStore]:
    opened = PassageStore(tmp_path / "passages.sqlite")
    yield opened
    opened.close()


def document(number: int) -> Document:
    return Document(f"d{number}", f"Report {number}", (Section("text", f"Drug {number} causes cough."),))


def test_documents_are_cut_and_written_with_vectors(store: PassageStore, encoder: OnnxEncoder) -> None:
    long = Document("long", "Gout", (Section("title", "Gout"), Section("text", "It hurts a lot. " * 200)))
    assert list(index([long, document(1)], store, encoder)) == [2]
    assert [passage.id for passage in store.passages_of("long", access=None)] == [p.id for p in split(long)]
    assert store.counts() == (2, 1 + len(split(long)), 1 + len(split(long)))
    assert store.encoder() == (encoder.name, encoder.dimension)
    assert store.lexical("cough", Filter(access=None), 5)


def test_what_is_there_is_passed_over(store: PassageStore, encoder: OnnxEncoder) -> None:
    count = BATCH + 3
    some = index((document(n) for n in range(count)), store, encoder)
    assert next(some) == BATCH
    del some  # as when it is killed: what was begun may be written, or not
    assert list(index((document(n) for n in range(count)), store, encoder)) == [BATCH, count]
    assert store.counts() == (count, count, count)
    before = store.sequence()
    assert list(index((document(n) for n in range(count)), store, encoder)) == [BATCH, count]
    assert store.sequence() == before


def test_a_place_holds_one_collection(tmp_path: Path) -> None:
    home = tmp_path / "home"
    claim(home, CORPUS)
    claim(home, CORPUS)
    with pytest.raises(OutputUnavailable, match="another collection"):
        claim(home, Corpus("1" * 32, frozenset({"1"}), 0, 0))
    other = tmp_path / "other"
    other.mkdir()
    (other / "letters.txt").write_text("a letter")
    with pytest.raises(OutputUnavailable, match="something else"):
        claim(other, CORPUS)
    (home / indexing.KEPT).write_text("{")
    with pytest.raises(OutputUnavailable, match="damaged"):
        claim(home, CORPUS)
    with pytest.raises(OutputUnavailable, match="cannot be used"):
        claim(other / "letters.txt" / "home", CORPUS)
