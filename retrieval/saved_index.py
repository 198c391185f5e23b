"""A saved index: a directory of generations, each complete before it gets its name.

    index/
      lock
      generation-00000007/
        index.faiss   the vectors
        keys.npy      their keys, rising
        rows.npy      the row of each key
        meta.json     encoder, dimension, sequence, kind, and the sizes and checksums of the others

A generation is written under a name that no reader looks at, brought to disk, and renamed. The newest one counts;
older ones go once it is there. Whoever is killed in between leaves what was there before. Writers take turns by the
lock; readers need none: one whose generation goes while he reads it takes the next.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from filelock import FileLock

from retrieval.errors import IndexCorrupt, StorageFull, StorageUnavailable
from retrieval.index_choice import Choice

FORMAT = 2
FILES = ("index.faiss", "keys.npy", "rows.npy")
CHECKED = 64
"""Mebibytes of a file that are checked when it is loaded: all of a smaller one, of a larger one as many of its blocks,
evenly spread with the first and the last, so that a mapped index of gigabytes opens in milliseconds."""
_BLOCK = 1 << 20
_GENERATION = re.compile(r"generation-(\d{8})")
_UNFINISHED = "unfinished-"
_WAIT = 60.0
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_Loaded = TypeVar("_Loaded")


@dataclass(frozen=True, slots=True)
class Saved:
    """What is saved beside the vectors. `sequence` counts the changes of the passage store whose identity is `store`;
    `following` is the number that the next row gets, `most` the most rows that the index has held."""

    encoder: str
    sequence: int
    store: str
    count: int
    following: int
    most: int
    choice: Choice
    generation: int = 0

    @property
    def dimension(self) -> int:
        return self.choice.dimension


def newest(directory: Path) -> int:
    """The number of the newest generation; 0 where there is none."""
    return max(_generations(directory), default=0)


@contextmanager
def saving(directory: Path, held: Saved) -> Iterator[tuple[BinaryIO, BinaryIO, BinaryIO]]:
    """Files to write the vectors, the keys and the rows to; when the block ends well, they are the newest generation.

    Raises StorageFull or StorageUnavailable, and then the former generation is the newest still.
    """
    scratch: Path | None = None
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with FileLock(directory / "lock", timeout=_WAIT):
            for left in directory.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left)
            number = newest(directory) + 1
            scratch = directory / f"{_UNFINISHED}{number:08d}"
            scratch.mkdir()
            vectors, keys, rows = (scratch / name for name in FILES)
            with _written(vectors) as vectors_file, _written(keys) as keys_file, _written(rows) as rows_file:
                yield vectors_file, keys_file, rows_file
            with _written(scratch / "meta.json") as meta:
                files = {name: [(scratch / name).stat().st_size, _sum(scratch / name)] for name in FILES}
                row = {**asdict(held), "generation": number, "format": FORMAT, "files": files}
                meta.write(json.dumps(row, indent=1).encode())
            _to_disk(scratch)
            scratch.rename(directory / f"generation-{number:08d}")
            _to_disk(directory)
            for old in _generations(directory):
                if old < number:
                    shutil.rmtree(directory / f"generation-{old:08d}", ignore_errors=True)
    except OSError as error:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
        if error.errno in _FULL:
            raise StorageFull(f"no space is left to save the index in {directory}; the former one is intact") from error
        raise StorageUnavailable(f"the index cannot be saved in {directory}: {error.strerror or error}") from error


def loaded(directory: Path, read: Callable[[Saved, Path, Path, Path], _Loaded]) -> tuple[_Loaded, Saved]:
    """What `read` makes of the newest generation: of what was saved beside it, and of its three files, checked.

    Raises FileNotFoundError if there is none, IndexCorrupt if it is damaged or of another version.
    """
    while True:
        number = newest(directory)
        if not number:
            raise FileNotFoundError(directory)
        here = directory / f"generation-{number:08d}"
        try:
            held = _checked(here)
            vectors, keys, rows = (here / name for name in FILES)
            return read(held, vectors, keys, rows), held
        except PermissionError as error:
            raise StorageUnavailable(f"{directory} cannot be read: {error.strerror}") from error
        except (IndexCorrupt, RuntimeError, ValueError, KeyError, TypeError, OSError) as error:
            if newest(directory) > number:  # another process has put a newer one in its place meanwhile
                continue
            if isinstance(error, IndexCorrupt):
                raise
            raise IndexCorrupt(f"the index saved in {directory} is damaged: {type(error).__name__}") from error


def _checked(here: Path) -> Saved:
    row = json.loads((here / "meta.json").read_bytes())
    if row.pop("format") != FORMAT:
        raise IndexCorrupt(f"{here} was written by another version")
    for name, (size, sum) in row.pop("files").items():
        if (here / name).stat().st_size != size or _sum(here / name) != sum:
            raise IndexCorrupt(f"{here / name} is damaged")
    return Saved(**{**row, "choice": Choice(**row["choice"])})


def _sum(path: Path) -> int:
    """The checksum of a file's blocks, of CHECKED of them where there are more."""
    total, blocks = 0, -(-path.stat().st_size // _BLOCK)
    with open(path, "rb") as file:
        for place in range(min(blocks, CHECKED)):
            file.seek(_BLOCK * (place if blocks <= CHECKED else place * (blocks - 1) // (CHECKED - 1)))
            total = zlib.crc32(file.read(_BLOCK), total)
    return total


def _generations(directory: Path) -> list[int]:
    if not directory.is_dir():
        return []
    return [int(generation[1]) for name in os.listdir(directory) if (generation := _GENERATION.fullmatch(name))]


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    with open(path, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _to_disk(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
