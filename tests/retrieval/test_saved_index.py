"""Generations on disk."""

from __future__ import annotations

import errno
import json
import threading
from pathlib import Path

import numpy as np
import pytest

from retrieval import saved_index
from retrieval.encoder import Vectors
from retrieval.errors import IndexCorrupt, StorageFull, StorageUnavailable
from retrieval.faiss_index import FaissIndex, FaissIndexes
from retrieval.index_choice import Choice
from retrieval.saved_index import FILES, Saved, loaded, newest, saving

DIMENSION = 8
CHOICE = Choice(code="SQ8", reason="many", made_for=2, dimension=4, lists=1)
HELD = Saved(encoder="e/1", sequence=7, store="s", count=2, following=2, most=2, choice=CHOICE)


def save(directory: Path, content: bytes) -> None:
    with saving(directory, HELD) as (vectors, keys, rows):
        vectors.write(content)
        keys.write(b"keys")
        rows.write(b"rows")


def load(directory: Path) -> tuple[list[bytes], Saved]:
    return loaded(directory, lambda held, *files: [file.read_bytes() for file in files])


def run_out_of_space(directory: Path) -> None:
    with saving(directory, HELD) as (vectors, _, _):
        vectors.write(b"half")
        raise OSError(errno.ENOSPC, "no space left")


def unit(seed: int, count: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def inverted(rows: int = 300) -> FaissIndex:
    keys, vectors = np.arange(rows, dtype=np.int64), unit(1, rows)
    index = FaissIndexes(flat_limit=40).made(rows, DIMENSION, lambda: iter([(keys, vectors)]))
    assert index is not None
    return index


def test_a_generation_is_there_when_it_is_whole(tmp_path: Path) -> None:
    assert newest(tmp_path / "index") == 0
    for number, content in enumerate((b"one", b"two"), 1):
        save(tmp_path / "index", content)
        assert newest(tmp_path / "index") == number
        files, saved = load(tmp_path / "index")
        assert (saved.generation, saved.encoder, saved.sequence, saved.dimension) == (number, "e/1", 7, 4)
        assert saved.choice == CHOICE
        assert files == [content, b"keys", b"rows"]
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == ["generation-00000002", "lock"]


def test_what_breaks_off_leaves_the_former_generation(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    with pytest.raises(StorageFull):
        run_out_of_space(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["generation-00000001", "lock"]
    assert load(tmp_path)[0][0] == b"one"


def test_a_changed_byte_is_damage(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    (tmp_path / "generation-00000001" / "keys.npy").write_bytes(b"keyz")
    with pytest.raises(IndexCorrupt):
        load(tmp_path)


def test_of_a_large_file_size_and_blocks_of_all_its_length_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_index, "_BLOCK", 16)
    content = bytes(range(256)) * 20
    save(tmp_path, content)
    path = tmp_path / "generation-00000001" / "index.faiss"
    assert load(tmp_path)[0][0] == content
    damages = {
        "cut": content[:-1],
        "longer": content + b"x",
        "a first byte": b"x" + content[1:],
        "a last byte": content[:-1] + b"x",
        "zeros in the middle": content[:2000] + bytes(400) + content[2400:],
    }
    for damage, raw in damages.items():
        path.write_bytes(raw)
        with pytest.raises(IndexCorrupt) as error:
            load(tmp_path)
        assert "damaged" in str(error.value), damage


def test_a_generation_that_goes_while_it_is_read_is_no_damage(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    seen: list[bytes] = []

    def read(held: Saved, vectors: Path, keys: Path, rows: Path) -> bytes:
        if not seen:
            save(tmp_path, b"two")  # as another process may
        seen.append(vectors.read_bytes() if vectors.exists() else b"gone")
        return vectors.read_bytes()

    content, saved = loaded(tmp_path, read)
    assert (content, saved.generation, seen) == (b"two", 2, [b"gone", b"two"])


def test_no_saved_index_is_no_damage(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(FileNotFoundError):
            load(place)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageUnavailable):
        save(tmp_path / "file" / "index", b"one")


@pytest.mark.parametrize("file", [*FILES, "meta.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped", "garbage", "longer"])
@pytest.mark.parametrize("kind", ["flat", "inverted"])
def test_a_damaged_index_is_refused(tmp_path: Path, kind: str, file: str, damage: str) -> None:
    index = inverted()
    if kind == "flat":
        index = FaissIndexes().empty(DIMENSION)
        index.add(np.arange(50, dtype=np.int64), unit(1, 50))
    index.save(tmp_path, encoder="e/1", sequence=1, store="s")
    assert len(FaissIndexes().load(tmp_path)[0]) == len(index)
    path = tmp_path / "generation-00000001" / file
    raw = path.read_bytes()
    middle = len(raw) // 2
    damaged = {
        "empty": b"",
        "cut": raw[:middle],
        "flipped": raw[:middle] + bytes([raw[middle] ^ 0x80]) + raw[middle + 1 :],
        "garbage": np.random.default_rng(0).bytes(len(raw)),
        "longer": raw + raw[:10],
    }
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(damaged[damage])
    with pytest.raises(IndexCorrupt):
        FaissIndexes().load(tmp_path)


@pytest.mark.parametrize("changed", [{"format": 1}, {"format": 99}, {"count": 7}, {"choice": {}}, {"generation": None}])
def test_what_says_other_than_it_holds_is_refused(tmp_path: Path, changed: dict[str, object]) -> None:
    inverted().save(tmp_path, encoder="e/1", sequence=0, store="s")
    path = tmp_path / "generation-00000001" / "meta.json"
    meta = {**json.loads(path.read_text()), **changed}
    path.write_text(json.dumps({name: value for name, value in meta.items() if value is not None}))
    if changed == {"generation": None}:
        assert FaissIndexes().load(tmp_path)[1].generation == 0, "what is told by default may be missing"
    else:
        with pytest.raises(IndexCorrupt, match="another version" if "format" in changed else "does not hold|damaged"):
            FaissIndexes().load(tmp_path)


def test_a_mapped_index_answers_when_its_files_have_gone(tmp_path: Path) -> None:
    inverted().save(tmp_path, encoder="e/1", sequence=0, store="s")
    mapped, _ = FaissIndexes().load(tmp_path)
    inverted().save(tmp_path, encoder="e/1", sequence=1, store="s")
    assert not (tmp_path / "generation-00000001").exists()
    query = unit(2, 1)[0]
    assert mapped.search(query, 10) == inverted().search(query, 10)
    mapped.remove(np.arange(5))
    assert len(mapped) == 295


def test_two_that_save_at_once_take_turns(tmp_path: Path) -> None:
    indexes = [inverted(200), inverted(300)]
    threads = [
        threading.Thread(
            target=lambda index: [
                index.save(tmp_path, encoder="e/1", sequence=len(index), store="s") for _ in range(10)
            ],
            args=(index,),
        )
        for index in indexes
    ]
    for thread in threads:
        thread.start()
    seen = 0
    while any(thread.is_alive() for thread in threads):
        try:
            index, saved = FaissIndexes().load(tmp_path)
        except FileNotFoundError:
            continue
        assert len(index) == saved.sequence
        assert saved.generation >= seen
        seen = saved.generation
    assert newest(tmp_path) == 20
