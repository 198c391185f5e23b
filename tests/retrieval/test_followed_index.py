"""An index that follows its store, and one that fits, made beside it while it answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoder import Vectors
from retrieval.errors import IndexCorrupt
from retrieval.faiss_index import FaissIndex, FaissIndexes
from retrieval.followed_index import FollowedIndex
from retrieval.index import Batches
from retrieval.model import DocumentInfo, Passage, passage_id, passage_key
from retrieval.passages import PassageStore
from retrieval.saved_index import Saved

DIMENSION = 16
Item = tuple[DocumentInfo, list[Passage], Vectors]


def vectors(*numbers: int) -> Vectors:
    rows = [np.random.default_rng(number).normal(size=DIMENSION) for number in numbers]
    return np.array([row / np.linalg.norm(row) for row in rows], np.float32)


def item(number: int) -> Item:
    id, text = f"D:{number}", f"text {number}"
    passage = Passage(passage_id(id, 0, len(text), text), id, 0, "abstract", 0, len(text), text)
    return DocumentInfo(id), [passage], vectors(number)


def key(number: int) -> int:
    return passage_key(item(number)[1][0].id)


def write(store: PassageStore, *numbers: int) -> None:
    store.replace([item(number) for number in numbers], encoder="e/1")


@dataclass
class Held:
    """Indexes whose making waits until it is let go on, and may fail: a slow machine."""

    indexes: FaissIndexes = field(default_factory=lambda: FaissIndexes(flat_limit=50))
    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    fails: bool = False
    made_so_often: int = 0

    def empty(self, dimension: int) -> FaissIndex:
        return self.indexes.empty(dimension)

    def roomy(self, count: int, dimension: int) -> bool:
        return self.indexes.roomy(count, dimension)

    def load(self, directory: Path) -> tuple[FaissIndex, Saved]:
        return self.indexes.load(directory)

    def made(
        self, count: int, dimension: int, batches: Batches, stopped: Callable[[], bool] = lambda: False
    ) -> FaissIndex | None:
        self.made_so_often += 1
        index = self.indexes.made(count, dimension, batches, stopped)
        self.begun.set()
        while not self.go_on.wait(0.01) and not stopped():
            pass
        if self.fails:
            raise IndexCorrupt("as a damaged passage file would")
        return index


@pytest.fixture
def opened(store: PassageStore, tmp_path: Path) -> Iterator[Callable[..., FollowedIndex]]:
    all_opened: list[FollowedIndex] = []

    def open_(indexes: FaissIndexes | Held | None = None) -> FollowedIndex:
        indexes = indexes or FaissIndexes(flat_limit=50)
        all_opened.append(FollowedIndex(store, indexes, tmp_path / "index", encoder="e/1", dimension=DIMENSION))
        return all_opened[-1]

    yield open_
    for followed in all_opened:
        followed.close()


def finds(followed: FollowedIndex, number: int) -> bool:
    return followed.now.search(vectors(number)[0], 1)[0][0] == key(number)


def settle(followed: FollowedIndex) -> None:
    assert followed._maker is not None
    followed._maker.join(60)
    assert not followed.making


def test_the_old_index_answers_and_is_written_until_the_new_one_holds_as_much(
    store: PassageStore, opened: Callable[..., FollowedIndex]
) -> None:
    slow = Held()
    followed = opened(slow)
    write(store, *range(60))
    followed.refresh()
    old = followed.now
    assert (old.choice.exact, old.outgrown, followed.making) == (True, True, True)
    assert slow.begun.wait(60)
    write(store, 100, 101)
    store.delete(["D:7"])
    followed.refresh()
    assert followed.now is old
    assert finds(followed, 100)
    assert not finds(followed, 7)
    slow.go_on.set()
    settle(followed)
    assert followed.now is not old
    assert not followed.now.choice.exact
    assert len(followed) == 61
    assert finds(followed, 100)
    assert not finds(followed, 7)
    followed.refresh()
    assert not followed.making
    assert slow.made_so_often == 1
    late = opened(unused := Held())
    late.refresh()
    assert (len(late), late.now.choice, unused.made_so_often) == (61, followed.now.choice, 0)
    assert store.changes(0) is not None, "the log is there for those who have not come so far"


def test_reading_goes_on_while_it_is_made_and_put_in(store: PassageStore, opened: Callable[..., FollowedIndex]) -> None:
    followed = opened()
    write(store, *range(40))
    followed.refresh()
    stop, wrong, kinds = threading.Event(), [], set[str]()

    def read() -> None:
        while not stop.is_set():
            followed.refresh(0.01)
            index = followed.now
            kinds.add(index.choice.factory)
            if index.search(vectors(5)[0], 1)[0][0] != key(5):
                wrong.append(index.choice.factory)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(40, 300, 10):
        write(store, *range(number, number + 10))
    followed.refresh()
    if followed._maker is not None:
        settle(followed)
    stop.set()
    for reader in readers:
        reader.join()
    followed.refresh()
    assert wrong == []
    assert len(followed) == 300
    assert not followed.now.choice.exact


def test_what_is_saved_fits(store: PassageStore, opened: Callable[..., FollowedIndex], tmp_path: Path) -> None:
    followed = opened()
    write(store, *range(60))
    followed.save()
    index, saved = FaissIndexes(flat_limit=50).load(tmp_path / "index")
    assert (saved.count, saved.sequence, saved.choice.exact, index.outgrown) == (60, store.sequence(), False, False)
    store.delete([f"D:{number}" for number in range(50)])
    followed.save()
    _, saved = FaissIndexes(flat_limit=50).load(tmp_path / "index")
    assert (saved.count, saved.choice.exact) == (10, True), "it is compacted when most has gone"


def test_one_that_another_process_has_made_is_taken(store: PassageStore, opened: Callable[..., FollowedIndex]) -> None:
    mine, other = opened(slow := Held()), opened()
    write(store, *range(60))
    other.save()
    write(store, 60)
    mine.refresh()
    assert not mine.now.choice.exact
    assert (len(mine), slow.made_so_often) == (61, 0)


def test_what_cannot_be_held_exactly_is_made_at_once(store: PassageStore, opened: Callable[..., FollowedIndex]) -> None:
    followed = opened(FaissIndexes(flat_limit=50, budget=1000))
    write(store, *range(60))
    followed.refresh()
    assert (followed.now.choice.exact, followed.now.choice.reason, len(followed)) == (False, "beyond", 60)


def test_a_failure_leaves_the_old_one_and_is_not_repeated_at_every_search(
    store: PassageStore, opened: Callable[..., FollowedIndex], caplog: pytest.LogCaptureFixture
) -> None:
    failing = Held(fails=True)
    failing.go_on.set()
    followed = opened(failing)
    write(store, *range(60))
    followed.refresh()
    settle(followed)
    assert "could not be made or saved: IndexCorrupt" in caplog.text
    for number in range(60, 64):
        write(store, number)
        followed.refresh()
    assert failing.made_so_often == 1
    assert finds(followed, 63)
    failing.fails = False
    write(store, *range(64, 70))
    followed.refresh()
    settle(followed)
    assert (failing.made_so_often, followed.now.choice.exact, len(followed)) == (2, False, 70)


def test_a_place_that_cannot_be_written_costs_a_warning(
    store: PassageStore, opened: Callable[..., FollowedIndex], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index").write_text("in the way")
    followed = opened()
    write(store, *range(60))
    followed.refresh()
    settle(followed)
    assert (len(followed), followed.now.choice.exact) == (60, False)
    assert "could not be made or saved: StorageUnavailable" in caplog.text


def test_closing_stops_what_is_made(store: PassageStore, opened: Callable[..., FollowedIndex]) -> None:
    slow = Held()
    followed = opened(slow)
    write(store, *range(60))
    followed.refresh()
    assert slow.begun.wait(60)
    followed.close()
    followed.close()
    settle(followed)
    assert followed.now.choice.exact
    assert finds(followed, 3)


def test_who_reads_waits_no_longer_than_it_has_patience(
    store: PassageStore, opened: Callable[..., FollowedIndex]
) -> None:
    followed = opened()
    write(store, *range(10))
    followed.refresh()
    with followed._writing:
        write(store, 10)
        followed.refresh(0.01)
        assert len(followed) == 10
    followed.refresh(0.01)
    assert len(followed) == 11


def test_a_log_cut_off_while_it_is_made_has_it_made_again(
    store: PassageStore, opened: Callable[..., FollowedIndex]
) -> None:
    slow = Held()
    followed = opened(slow)
    write(store, *range(60))
    followed.refresh()
    assert slow.begun.wait(60)
    write(store, *range(60, 65))
    store.truncate(store.sequence())
    slow.go_on.set()
    settle(followed)
    followed.refresh()
    assert slow.made_so_often == 2
    assert (len(followed), followed.now.choice.exact) == (65, False)
