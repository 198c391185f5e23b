"""Killed, out of space, two at once: what was there before stays, and what comes back is whole."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retrieval.errors import StorageFull
from retrieval.faiss_index import FaissIndex, FaissIndexes
from retrieval.model import PUBLIC, DocumentInfo, Filter, Passage, passage_id
from retrieval.passages import PassageStore

CHECKOUT = Path(__file__).resolve().parents[2]
DIMENSION = 16
Item = tuple[DocumentInfo, list[Passage], np.ndarray]


def batch(version: int, documents: int = 60, size: int = 40) -> list[Item]:
    """Documents whose one passage says the version; the same version is the same to the last byte."""
    items: list[Item] = []
    for number in range(documents):
        id, text = f"D:{number}", f"gout v{version} " + f"filler{number} " * size
        passage = Passage(passage_id(id, 0, len(text), text), id, 0, "abstract", 0, len(text), text, (f"E:{version}",))
        vector = np.random.default_rng(version * 1000 + number).normal(size=(1, DIMENSION)).astype(np.float32)
        items.append((DocumentInfo(id), [passage], vector))
    return items


def say(*words: object) -> None:
    """Tell the parent process."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def fill(path: Path) -> None:
    """Write version after version until killed."""
    store, version = PassageStore(path), 0
    say("ready")
    while True:
        version += 1
        store.replace(batch(version), encoder="e/1")


def index_of(rows: int, inverted: bool) -> FaissIndex:
    """An index of so many rows, whose count says which it is."""
    keys, vectors = np.arange(rows, dtype=np.int64), np.random.default_rng(0).normal(size=(rows, DIMENSION))
    indexes = FaissIndexes(flat_limit=100 if inverted else 1_000_000)
    index = indexes.made(rows, DIMENSION, lambda: iter([(keys, vectors.astype(np.float32))]))
    assert index is not None
    return index


def killing(step: int) -> Callable[[str, tuple[object, ...]], None]:
    """A hook that kills this process at the step of this number of what Python tells of."""
    left = iter(range(step))

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if next(left, None) is None:
            signal.raise_signal(signal.SIGKILL)

    return hook


def killed_saving(directory: Path, moments: int, inverted: bool) -> None:
    """Save again and again in processes that are killed, at each step that Python tells of and at moments by chance.

    After each kill the index that is loaded is whole: the former or the one that was being saved. Says how many were
    killed, and how many of them had come to an end of saving.
    """
    moment, sequence, ended = random.Random(len(str(directory))), 1, 0
    one, other = (index_of(rows, inverted) for rows in (3_000, 3_001))
    one.save(directory, encoder="e/1", sequence=1, store="s")
    step, killed = 0, 0
    while moments > 0:
        index = other if sequence % 2 else one
        if (process := os.fork()) == 0:
            if step >= 0:
                sys.addaudithook(killing(step))
            index.save(directory, encoder="e/1", sequence=sequence + 1, store="s")
            os._exit(0)
        if step < 0:
            moments -= 1
            time.sleep(moment.uniform(0, 0.02))
            os.kill(process, signal.SIGKILL)
        died = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
        killed += died
        step = -1 if step < 0 or not died else step + 1
        loaded, saved = FaissIndexes().load(directory)
        assert saved.sequence in (sequence, sequence + 1)
        assert (
            len(loaded) == len(loaded.search(np.ones(DIMENSION, np.float32), 5_000)) == 3_000 + (1 - saved.sequence % 2)
        )
        ended += saved.sequence > sequence
        sequence = saved.sequence
    say(killed, ended)


def count_up(path: Path, name: str) -> None:
    """Write documents of one's own, one at a time, beside another process."""
    store = PassageStore(path)
    for number in range(25):
        (info, [passage], vector), *_ = batch(number, 1)
        id = f"{name}:{number}"
        moved = Passage(
            passage_id(id, 0, len(passage.text), passage.text), id, 0, "a", 0, len(passage.text), passage.text
        )
        store.replace([(DocumentInfo(id, info.title), [moved], vector)], encoder="e/1")
    store.close()


def child(call: str, **options: Any) -> subprocess.Popen[str]:
    program = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_faults as t; {call}"
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT, **options)


def kill_after(seconds: float, process: subprocess.Popen[str]) -> None:
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def test_killed_while_replacing_all_documents_are_of_one_version(tmp_path: Path) -> None:
    path, moment = tmp_path / "passages.sqlite", random.Random(7)
    PassageStore(path).close()
    written: list[int] = []
    for _ in range(3):
        kill_after(moment.uniform(0.05, 0.4), child(f"t.fill(t.Path({str(path)!r}))"))
        store = PassageStore(path)
        documents, passages, vectors = store.counts()
        assert documents == passages == vectors
        versions = {store.text(f"D:{number}", access=None).split()[1] for number in range(documents)}
        assert len(versions) == (1 if documents else 0)
        if documents:
            version = int(versions.pop()[1:])
            fresh = PassageStore(tmp_path / f"fresh{len(written)}.sqlite")
            fresh.replace(batch(version), encoder="e/1")
            assert store.fingerprint() == fresh.fingerprint()
            assert store.lexical("gout", Filter(access=PUBLIC), 100) == fresh.lexical(
                "gout", Filter(access=PUBLIC), 100
            )
            assert store.matching(Filter(entities=frozenset({f"E:{version}"}), access=PUBLIC)).size == documents
            fresh.close()
            written.append(version)
        store.close()
        db = sqlite3.connect(path, isolation_level=None)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        db.close()
    assert written


@pytest.mark.parametrize("inverted", [False, True])
def test_killed_at_any_instant_of_saving_the_former_index_or_the_new_one_is_there(
    tmp_path: Path, inverted: bool
) -> None:
    with child(f"t.killed_saving(t.Path({str(tmp_path)!r}), 30, {inverted})") as process:
        said = process.communicate()[0]
    assert process.returncode == 0
    killed, ended = map(int, said.split())
    assert killed > 30
    assert ended > 0
    index_of(3_000, inverted).save(tmp_path, encoder="e/1", sequence=0, store="s")
    assert len([path for path in tmp_path.iterdir() if path.name != "lock"]) == 1, "what was left has been cleared"


def save_often(directory: Path, rows: int) -> None:
    index = index_of(rows, True)
    for _ in range(8):
        index.save(directory, encoder="e/1", sequence=rows, store="s")


def test_two_processes_save_into_one_directory(tmp_path: Path) -> None:
    writers = [child(f"t.save_often(t.Path({str(tmp_path)!r}), {rows})") for rows in (500, 600)]
    while any(writer.poll() is None for writer in writers):
        try:
            index, saved = FaissIndexes().load(tmp_path)
        except FileNotFoundError:
            continue
        assert len(index) == saved.count == saved.sequence
    for writer in writers:
        with writer:
            pass
        assert writer.returncode == 0
    assert [path.name for path in tmp_path.glob("generation-*")] == ["generation-00000016"]


def test_two_processes_write_one_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "passages.sqlite"
    writers = [child(f"t.count_up(t.Path({str(path)!r}), {name!r})") for name in "AB"]
    for writer in writers:
        with writer:
            pass
        assert writer.returncode == 0
    store = PassageStore(path)
    assert store.counts() == (50, 50, 50)
    assert {store.text(f"{name}:{number}", access=None).split()[1] for name in "AB" for number in range(25)} == {
        f"v{number}" for number in range(25)
    }
    store.close()


def limited(kilobytes: int) -> None:
    """Let no file of this process grow beyond this, as a full disk would."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))


def save_without_room(directory: Path) -> None:
    index = FaissIndexes().empty(DIMENSION)
    index.add(np.arange(50_000), np.ones((50_000, DIMENSION), np.float32))
    limited(500)
    try:
        index.save(directory, encoder="e/1", sequence=2, store="s")
    except StorageFull as error:
        say(error)


def write_without_room(path: Path) -> None:
    store = PassageStore(path)
    limited(1000)
    try:
        for version in range(2, 50):
            store.replace(batch(version, 100 * version, 400), encoder="e/1")
    except StorageFull as error:
        say(store.fingerprint(), version, error)


def test_no_room_to_save_the_index_leaves_the_former_one(tmp_path: Path) -> None:
    index = FaissIndexes().empty(DIMENSION)
    index.add(np.arange(10), np.ones((10, DIMENSION), np.float32))
    index.save(tmp_path, encoder="e/1", sequence=1, store="s")
    with child(f"t.save_without_room(t.Path({str(tmp_path)!r}))") as process:
        said = process.communicate()[0]
    assert process.returncode == 0
    assert "no space is left" in said
    loaded, saved = FaissIndexes().load(tmp_path)
    assert (len(loaded), saved.sequence, saved.generation) == (10, 1, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["generation-00000001", "lock"]
    index.save(tmp_path, encoder="e/1", sequence=2, store="s")


def test_no_room_to_write_passages_leaves_the_former_ones(tmp_path: Path) -> None:
    path = tmp_path / "passages.sqlite"
    PassageStore(path).close()
    with child(f"t.write_without_room(t.Path({str(path)!r}))") as process:
        said = process.communicate()[0]
    assert process.returncode == 0
    fingerprint, version, *reason = said.split()
    assert " ".join(reason).startswith("no space is left")
    store = PassageStore(path)
    assert store.fingerprint() == fingerprint
    fresh = PassageStore(tmp_path / "fresh.sqlite")
    if int(version) > 2:
        fresh.replace(batch(int(version) - 1, 100 * (int(version) - 1), 400), encoder="e/1")
    assert fresh.fingerprint() == fingerprint
    store.replace(batch(99), encoder="e/1")
    assert store.text("D:0", access=None).startswith("gout v99")
    store.close()
    fresh.close()


def test_no_room_by_the_word_of_sqlite(tmp_path: Path) -> None:
    store = PassageStore(tmp_path / "passages.sqlite")
    store.replace(batch(1), encoder="e/1")
    before = store.fingerprint()
    with store._file.writing() as db:
        db.execute("PRAGMA max_page_count = 1")  # holds for the one connection that writes: no more than there are now
    with pytest.raises(StorageFull):
        store.replace(batch(2, 400, 100), encoder="e/1")
    assert store.fingerprint() == before
    store.close()
