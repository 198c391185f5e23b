"""Generations on disk."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from retrieval.errors import IndexCorrupt, StorageFull
from retrieval.saved_index import Saved, loading, newest, saving

HELD = Saved(encoder="e/1", dimension=4, sequence=7, store="s", count=2, trained_for=0)


def save(directory: Path, content: bytes) -> None:
    with saving(directory, HELD) as (vectors, keys):
        vectors.write(content)
        keys.write(b"keys")


def run_out_of_space(directory: Path) -> None:
    with saving(directory, HELD) as (vectors, _):
        vectors.write(b"half")
        raise OSError(errno.ENOSPC, "no space left")


def test_a_generation_is_there_when_it_is_whole(tmp_path: Path) -> None:
    assert newest(tmp_path / "index") == 0
    for number, content in enumerate((b"one", b"two"), 1):
        save(tmp_path / "index", content)
        assert newest(tmp_path / "index") == number
        with loading(tmp_path / "index") as (saved, vectors, keys):
            assert (saved.generation, saved.encoder, saved.sequence) == (number, "e/1", 7)
            assert (vectors.read_bytes(), keys.read_bytes()) == (content, b"keys")
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == ["generation-00000002", "lock"]


def test_what_breaks_off_leaves_the_former_generation(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    with pytest.raises(StorageFull):
        run_out_of_space(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["generation-00000001", "lock"]
    with loading(tmp_path) as (_, vectors_file, _):
        assert vectors_file.read_bytes() == b"one"


def test_a_changed_byte_is_damage(tmp_path: Path) -> None:
    save(tmp_path, b"one")
    (tmp_path / "generation-00000001" / "keys.npy").write_bytes(b"keyz")
    with pytest.raises(IndexCorrupt), loading(tmp_path):
        pytest.fail("it was loaded")
