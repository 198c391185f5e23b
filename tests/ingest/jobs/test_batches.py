"""Batches on their way: encoded beside, written in order, each text encoded once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from graph.sqlite.store import SqliteStore
from ingest.jobs.batches import Encoding
from ingest.jobs.job import ingest
from ingest.jobs.ledger import Ledger
from ingest.jobs.steps import ENCODED, passages, vectors
from ingest.model import Document, Progress, Section
from ingest.reading.dictionary.dictionary_tagger import DictionaryTagger
from retrieval.encoder import Vectors
from retrieval.errors import EncoderUnavailable
from retrieval.passages import PassageStore


class Lengths:
    """A small encoder: the direction of a vector tells the length of its text. Keeps what it was given."""

    name, dimension = "lengths/1", 2

    def __init__(self, breaks_at: int = -1) -> None:
        self.given: list[list[str]] = []
        self.breaks_at = breaks_at

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        if len(self.given) == self.breaks_at:
            raise EncoderUnavailable("it broke off")
        self.given.append(list(texts))
        angles = np.array([len(text) for text in texts], np.float32)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)

    def close(self) -> None: ...


def document(id: str, text: str, title: str = "") -> Document:
    return Document(id, title, (Section("text", text),))


def encoding_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("encoding")]


class Home:
    """Stores in one folder."""

    def __init__(self, folder: Path) -> None:
        self.graph, self.passages = SqliteStore(folder / "g.sqlite"), PassageStore(folder / "p.sqlite")
        self.ledger = Ledger(folder / "l.sqlite")

    def ingest(self, encoder: Lengths, file: Path) -> Iterator[Progress]:
        return ingest(
            [file],
            graph=self.graph,
            passages=self.passages,
            encoder=encoder,
            tagger=DictionaryTagger(self.graph),
            ledger=self.ledger,
            batch=2,
        )

    def close(self) -> None:
        for part in (self.graph, self.passages, self.ledger):
            part.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Seven documents; the third comes again as the fourth, in other words."""
    rows = [{"id": f"x:{n}", "text": f"Text {'and more ' * n}."} for n in (1, 2, 3)]
    rows += [{"id": "x:3", "text": "Other words."}] + [{"id": f"x:{n}", "text": f"Text {n}."} for n in (5, 6, 7)]
    path = tmp_path / "seven.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_text_that_comes_again_is_encoded_once_and_given_to_all() -> None:
    documents = [document("a:1", "Same."), document("a:2", "Longer than that."), document("a:3", "Same.")]
    encoder = Lengths()
    rows = vectors(encoder, documents, passages(documents))
    assert encoder.given == [["Same.", "Longer than that."]]
    assert [row.shape for row in rows] == [(1, 2)] * 3
    assert np.array_equal(rows[0], rows[2])
    assert not np.array_equal(rows[0], rows[1])
    assert np.array_equal(np.vstack(rows), Lengths().encode([one.text for one in documents]))


def test_documents_without_text_have_no_vectors() -> None:
    empty = [Document("a:1", "", ())]
    assert [row.shape for row in vectors(Lengths(), empty, passages(empty))] == [(0, 2)]


def test_many_texts_are_encoded_piece_by_piece_until_it_is_stopped() -> None:
    documents = [document(f"a:{n}", "x" * (n + 1)) for n in range(ENCODED + 1)]
    encoder = Lengths()
    assert len(vectors(encoder, documents, passages(documents))) == ENCODED + 1
    assert [len(texts) for texts in encoder.given] == [ENCODED, 1]
    with pytest.raises(CancelledError):
        vectors(encoder, documents, passages(documents), stopped=lambda: len(encoder.given) == 3)
    assert len(encoder.given) == 3


def test_closing_does_not_wait_for_what_was_not_begun() -> None:
    going, let_go = threading.Event(), threading.Event()

    class Slow(Lengths):
        def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
            going.set()
            assert let_go.wait(60)
            return super().encode(texts, kind)

    documents = [document("a:1", "One.")]
    encoder = Slow()
    encoding = Encoding(encoder)
    first, second = (encoding.begin(documents, passages(documents)) for _ in range(2))
    assert going.wait(60)
    threading.Timer(0.05, let_go.set).start()
    encoding.close()
    assert len(first.result()[0]) == 1
    assert second.cancelled()
    assert len(encoder.given) == 1


def test_a_batch_is_written_while_the_next_is_on_its_way(home: Home, file: Path) -> None:
    encoder = Lengths()
    steps = home.ingest(encoder, file)
    assert next(steps).done.added == 2
    assert home.passages.counts()[0] == len(home.ledger) == 2
    tallies = [(step.done.added, step.done.updated) for step in steps]
    assert tallies[-1] == (6, 1)
    assert home.passages.text("x:3", access=None) == "Other words."
    assert home.passages.counts()[0] == len(home.ledger) == home.graph.stats().documents == 6
    assert not encoding_threads()


def test_an_encoder_that_breaks_off_loses_nothing_that_was_written(home: Home, file: Path, tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="broke off"):
        list(home.ingest(Lengths(breaks_at=2), file))
    written = home.passages.counts()[0]
    assert 0 < written < 6
    assert len(home.ledger) == home.graph.stats().documents == written
    list(home.ingest(Lengths(), file))
    undisturbed = Home(tmp_path / "undisturbed")
    list(undisturbed.ingest(Lengths(), file))
    assert home.passages.fingerprint() == undisturbed.passages.fingerprint()
    assert home.graph.fingerprint() == undisturbed.graph.fingerprint()
    undisturbed.close()


def test_whoever_stops_reading_leaves_no_thread(home: Home, file: Path) -> None:
    steps = home.ingest(Lengths(), file)
    next(steps)
    steps.close()  # type: ignore[attr-defined]  # it is a generator
    assert not encoding_threads()
    assert len(home.ledger) == 2


def test_a_batch_ends_with_so_many_characters(home: Home, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, alone = Lengths(), Lengths()
    list(home.ingest(whole, file))
    home.graph.delete([f"x:{n}" for n in range(8)])
    home.ledger.clear()
    monkeypatch.setattr("ingest.jobs.job.LENGTH", 1)
    list(home.ingest(alone, file))
    assert max(map(len, whole.given)) == 2
    assert [len(texts) for texts in alone.given] == [1] * 7
