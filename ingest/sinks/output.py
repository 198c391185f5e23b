"""Where tagged documents go: a file that is taken up again after a kill, or a stream that is not.

A file grows as `OUT.part`, beside it `OUT.part.json`, which says what is being done and how many bytes and records of
it are safe on disk. At the end the part takes the name of OUT in one step: OUT is there whole or not at all, and what
stood there before stays until then. Only one run at a time writes an OUT.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol

from filelock import FileLock, Timeout

from ingest.errors import OutputFull, OutputUnavailable
from storage.private import as_asked

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Output(Protocol):
    """Takes what a Sink makes. `counts` are those given with what is safe already; empty where nothing is."""

    counts: Mapping[str, int]

    def write(self, data: str, counts: Mapping[str, int]) -> None:
        """Write on; `counts` is how far that is. Raises OutputFull, OutputUnavailable."""

    def finish(self, data: str) -> None:
        """Write the end. Raises as `write` does."""


class Stream:
    """Writes to an open stream, such as a pipe. Not taken up again: its reader has what came before.

    A reader that has gone is a BrokenPipeError.
    """

    def __init__(self, stream: BinaryIO, name: str = "the output") -> None:
        self._stream, self._name = stream, name
        self.counts: Mapping[str, int] = {}

    def write(self, data: str, counts: Mapping[str, int]) -> None:
        with _translated(self._name):
            self._stream.write(data.encode())
            self._stream.flush()

    def finish(self, data: str) -> None:
        self.write(data, {})


class File:
    """Writes a file; a name that ends in `.gz` is packed. Use as a context manager, which gives its lock back.

    `job` says what is being done, in words of which none may differ for it to be taken up again; `anew` names those
    that did, where something was there and is not gone on with. Raises OutputUnavailable where the folder is missing or
    another run writes this file.
    """

    def __init__(self, path: Path, job: Mapping[str, str]) -> None:
        self.path = Path(os.path.realpath(path))
        self.part = self.path.with_name(self.path.name + ".part")
        self.state = self.path.with_name(self.path.name + ".part.json")
        self.counts: Mapping[str, int] = {}
        self.anew: tuple[str, ...] = ()
        self._job = dict(job)
        self._packed = self.path.suffix.lower() == ".gz"
        if not self.path.parent.is_dir():
            raise OutputUnavailable(f"{self.path.parent}: no such folder")
        self._lock = FileLock(self.path.with_name(self.path.name + ".part.lock"))
        with _translated(str(self.path)):
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                raise OutputUnavailable(f"{self.path}: another run is writing it") from None
        self._file = self._opened()

    def write(self, data: str, counts: Mapping[str, int]) -> None:
        """What was given is safe on disk when this returns."""
        with _translated(str(self.part)):
            self._append(data)
            self.counts = dict(counts)
            self._mark(self._file.tell())

    def finish(self, data: str) -> None:
        with _translated(str(self.part)):
            self._append(data)
            self._file.close()
            os.replace(self.part, self.path)
            self.state.unlink(missing_ok=True)
            _sync_folder(self.path.parent)

    def __enter__(self) -> File:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
        except OSError:  # what it could not write is not counted as safe
            pass
        finally:
            Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()

    def _opened(self) -> BinaryIO:
        with _translated(str(self.part)):
            safe = self._safe()
            if safe is None:
                self.state.unlink(missing_ok=True)
            with as_asked():
                file: BinaryIO = open(self.part, "r+b" if safe is not None else "w+b", buffering=0)  # noqa: SIM115  # closed by __exit__
            if safe is not None:
                file.truncate(safe)
                file.seek(safe)
            return file

    def _safe(self) -> int | None:
        """How many bytes of the part are safe; None where there is nothing to go on with."""
        if not self.part.is_file():
            return None
        try:
            state = json.loads(self.state.read_text(encoding="utf-8"))
            job, counts, safe = state["job"], state["counts"], state["bytes"]
        except FileNotFoundError:
            return None  # killed before anything was safe
        except (ValueError, KeyError, TypeError):
            self.anew = ("the state beside it",)
            return None
        self.anew = tuple(word for word in sorted({*job, *self._job}) if job.get(word) != self._job.get(word))
        if not self.anew and self.part.stat().st_size < safe:
            self.anew = ("the part itself",)
        if self.anew:
            return None
        self.counts = counts
        return int(safe)

    def _append(self, data: str) -> None:
        raw = data.encode()
        if self._packed and raw:
            raw = gzip.compress(raw, mtime=0)  # a member of its own: they read as one
        view = memoryview(raw)
        while view:
            view = view[self._file.write(view) :]
        os.fsync(self._file.fileno())

    def _mark(self, safe: int) -> None:
        made = self.state.with_name(self.state.name + ".new")
        with open(made, "w", encoding="utf-8") as file:
            json.dump({"job": self._job, "counts": dict(self.counts), "bytes": safe}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(made, self.state)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _translated(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise OutputFull(f"{name}: no space left; with some made, run it again") from error
        raise OutputUnavailable(f"{name}: {error.strerror or 'cannot be written'}") from error
