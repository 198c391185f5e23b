"""A saved index: a directory of generations, each complete before it gets its name.

    index/
      lock
      generation-00000007/
        index.faiss   the vectors
        keys.npy      their keys
        meta.json     encoder, dimension, sequence, and the checksums of the other two

A generation is written under a name that no reader looks at, brought to disk, and renamed. The newest one counts;
older ones go once it is there. Whoever is killed in between leaves what was there before.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from retrieval.errors import IndexCorrupt, StorageFull, StorageUnavailable

FORMAT = 1
_GENERATION = re.compile(r"generation-(\d{8})")
_UNFINISHED = "unfinished-"
_WAIT = 60.0
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Saved:
    """What is saved beside the vectors. `sequence` counts the changes of the passage store whose identity is `store`;
    `trained_for` is how many rows an inverted file was trained for, 0 for a flat index."""

    encoder: str
    dimension: int
    sequence: int
    store: str
    count: int
    trained_for: int
    generation: int = 0


def newest(directory: Path) -> int:
    """The number of the newest generation; 0 where there is none."""
    return max(_generations(directory), default=0)


@contextmanager
def saving(directory: Path, held: Saved) -> Iterator[tuple[Summing, Summing]]:
    """Two files to write the vectors and the keys to; when the block ends well, they are the newest generation.

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
            with _summed(scratch / "index.faiss") as index, _summed(scratch / "keys.npy") as keys:
                yield index, keys
            sums = {"index.faiss": index.sum, "keys.npy": keys.sum}
            with _summed(scratch / "meta.json") as meta:
                row = {**asdict(held), "generation": number, "format": FORMAT, "crc32": sums}
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


@contextmanager
def loading(directory: Path) -> Iterator[tuple[Saved, Path, Path]]:
    """The newest generation: what was saved beside it, and its two files, checked. Within the block they stay.

    Raises FileNotFoundError if there is none, IndexCorrupt if it is damaged or of another version.
    """
    if not newest(directory):
        raise FileNotFoundError(directory)
    try:
        with FileLock(directory / "lock", timeout=_WAIT):
            here = directory / f"generation-{newest(directory):08d}"
            held = _checked(here)
            yield held, here / "index.faiss", here / "keys.npy"
    except Timeout as error:
        raise StorageUnavailable(f"{directory} has been locked by another process for too long") from error
    except PermissionError as error:
        raise StorageUnavailable(f"{directory} cannot be read: {error.strerror}") from error
    except (RuntimeError, ValueError, KeyError, TypeError, OSError) as error:
        raise IndexCorrupt(f"the index saved in {directory} is damaged: {type(error).__name__}") from error


def _checked(here: Path) -> Saved:
    row = json.loads((here / "meta.json").read_bytes())
    if row.pop("format") != FORMAT:
        raise IndexCorrupt(f"{here} was written by another version")
    for name, expected in row.pop("crc32").items():
        total = 0
        with open(here / name, "rb") as file:
            while block := file.read(1 << 20):
                total = zlib.crc32(block, total)
        if total != expected:
            raise IndexCorrupt(f"{here / name} is damaged")
    return Saved(**row)


def _generations(directory: Path) -> list[int]:
    if not directory.is_dir():
        return []
    return [int(generation[1]) for name in os.listdir(directory) if (generation := _GENERATION.fullmatch(name))]


class Summing:
    """Writes to a file and keeps the checksum of what was written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.sum = 0

    def write(self, data: bytes) -> int:
        self.sum = zlib.crc32(data, self.sum)
        return self._file.write(data)


@contextmanager
def _summed(path: Path) -> Iterator[Summing]:
    with open(path, "wb") as file:
        yield Summing(file)
        file.flush()
        os.fsync(file.fileno())


def _to_disk(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
