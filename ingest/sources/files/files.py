"""Files as bytes, text and lines: gzip seen by its magic number, UTF-8 proved, lines bounded, folders walked.

Every failure of the file itself (missing, a folder, no permission) is an UnreadableSource when it is opened, and every
failure of its content (gzip cut off, bytes that are not UTF-8) is a MalformedFile when reading comes to it, after
everything before it has been given out.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ingest.errors import MalformedFile, UnreadableSource
from ingest.model import Failure
from ingest.sources.files.limits import RECORD

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def open_bytes(path: Path) -> io.BufferedReader:
    """Open a regular file, unpacked where it is gzip. `read1(n)` gives all that is readable before it raises.

    Raises UnreadableSource here, and MalformedFile (its record names the byte) from a read.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise UnreadableSource(f"{path}: not a regular file, or a folder that cannot be listed")
        file = open(path, "rb")  # noqa: SIM115  # handed to the reader, which closes it
    except OSError as error:
        raise UnreadableSource(f"{path}: {error.strerror or 'cannot be opened'}") from error
    try:
        packed = file.read(2) == _GZIP
        file.seek(0)
    except OSError as error:
        file.close()
        raise UnreadableSource(f"{path}: {error.strerror or 'cannot be read'}") from error
    raw = _Unpacked(path, file, gzip.GzipFile(fileobj=file) if packed else None)
    return io.BufferedReader(raw, CHUNK)


def open_text(path: Path, newline: str | None = None) -> TextIO:
    """Open a file as UTF-8 text, a byte order mark allowed; `newline` as for the built-in `open`.

    Raises UnreadableSource here, and MalformedFile (its record names the byte) from a read.
    """
    raw = _Utf8(path, open_bytes(path))
    return io.TextIOWrapper(io.BufferedReader(raw, CHUNK), encoding="utf-8-sig", newline=newline)


def lines(path: Path, limit: int = RECORD) -> Iterator[tuple[int, str] | Failure]:
    """The lines of a UTF-8 file, numbered from 1, without their line ends.

    A line longer than `limit` bytes, or not UTF-8, is a Failure that names it, and reading goes on after it in
    constant memory. An empty file, and whatever cannot be read of a damaged one, is one last Failure. Only a line
    feed ends a line. Raises UnreadableSource.
    """
    number = 0  # of the last line given
    offset = 0  # of the first byte of `held`
    held = bytearray()
    skipping = False  # in a line that was reported as too long
    with open_bytes(path) as file:
        start = True
        while True:
            try:
                chunk = file.read1(CHUNK)
            except MalformedFile as error:
                yield rest(error, f"line {number}" if number else "")
                return
            if start:
                start = False
                if not chunk or chunk.startswith(_UTF16):
                    reason = "UTF-16 text where UTF-8 is expected" if chunk else "empty file"
                    yield Failure(str(path), "", reason)
                    return
                if chunk.startswith(codecs.BOM_UTF8):
                    chunk, offset = chunk[3:], 3
            last = not chunk
            if skipping and chunk:
                passed = chunk.find(b"\n") + 1
                if not passed:
                    offset += len(chunk)
                    continue
                chunk, offset, skipping = chunk[passed:], offset + passed, False
            cut = len(chunk) if last else chunk.rfind(b"\n") + 1
            if cut or last:
                complete = bytes(held + chunk[:cut])
                held = bytearray(chunk[cut:])
                for at, text in _decoded(path, complete, number, offset, limit):
                    number = at
                    yield text if isinstance(text, Failure) else (at, text)
                offset += len(complete)
            else:
                held += chunk
            if last:
                return
            if len(held) > limit:
                number += 1
                yield Failure(str(path), f"line {number}", f"longer than {limit} bytes")
                offset += len(held)
                held, skipping = bytearray(), True


def _decoded(path: Path, block: bytes, number: int, offset: int, limit: int) -> Iterator[tuple[int, str | Failure]]:
    """The lines of a block that ends at a line end or at the end of the file."""
    if not block:
        return
    if block.endswith(b"\n"):
        block = block[:-1]
    try:
        texts = block.decode().split("\n")
    except UnicodeDecodeError:
        texts = []
    if texts and len(block) <= limit:
        for at, text in enumerate(texts, number + 1):
            yield at, text.removesuffix("\r")
        return
    for at, line in enumerate(block.split(b"\n"), number + 1):
        if len(line) > limit:
            yield at, Failure(str(path), f"line {at}", f"longer than {limit} bytes")
        else:
            try:
                yield at, line.decode().removesuffix("\r")
            except UnicodeDecodeError as error:
                yield at, Failure(str(path), f"line {at}", f"not UTF-8 at byte {offset + error.start}")
        offset += len(line) + 1


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among `paths` and in the folders among them, recursively, sorted by name; none twice.

    Hidden files and folders are left out unless they are given themselves. A link to a folder is followed once. What
    cannot be opened is yielded too, so that opening it says why. Raises UnreadableSource for a given path that is
    missing.
    """
    seen: set[Path] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise UnreadableSource(f"{path}: no such file or folder")
        yield from _walk(path, seen)


def rest(error: MalformedFile, after: str) -> Failure:
    """The Failure for what could not be read of a file; `after` names the last record that was, if any."""
    where = f" (at {error.record})" if error.record else ""
    return Failure(error.file, f"after {after}" if after else "", f"the rest of the file: {error.reason}{where}")


def _walk(path: Path, seen: set[Path]) -> Iterator[Path]:
    try:
        real = path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        yield path
        return
    if real in seen:
        return
    seen.add(real)
    if not path.is_dir():
        yield path
        return
    try:
        names = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
    except OSError:
        yield path
        return
    for name in names:
        yield from _walk(path / name, seen)


class _Unpacked(io.RawIOBase):
    """A file or its gzip content. What it can give it gives before it raises MalformedFile."""

    def __init__(self, path: Path, file: io.BufferedReader, packed: gzip.GzipFile | None) -> None:
        self._path, self._file, self._packed = path, file, packed
        self._given = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._packed is None

    def seek(self, offset: int, whence: int = 0) -> int:
        if self._packed is not None:
            raise io.UnsupportedOperation("seek in a gzip stream")
        self._given = self._file.seek(offset, whence)
        return self._given

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = (self._packed or self._file).read1(len(view))
        except EOFError as error:
            raise MalformedFile(str(self._path), f"byte {self._given}", "the gzip stream is cut off") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise MalformedFile(str(self._path), f"byte {self._given}", "the gzip stream is damaged") from error
        except OSError as error:
            reason = error.strerror or "cannot be read"
            raise MalformedFile(str(self._path), f"byte {self._given}", reason) from error
        view[: len(data)] = data
        self._given += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            if self._packed is not None:
                self._packed.close()
            self._file.close()
        super().close()


class _Utf8(io.RawIOBase):
    """Bytes proved to be UTF-8. What comes before the first wrong byte is given before it raises MalformedFile."""

    def __init__(self, path: Path, file: io.BufferedReader) -> None:
        self._path, self._file = path, file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._given = 0
        self._wrong: MalformedFile | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        if self._wrong is not None:
            raise self._wrong
        view = memoryview(buffer).cast("B")
        data = self._file.read1(len(view))
        if self._given == 0 and data.startswith(_UTF16):
            raise MalformedFile(str(self._path), "byte 0", "UTF-16 text where UTF-8 is expected")
        pending = len(self._decoder.getstate()[0])
        try:
            self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            good = max(0, error.start - pending)
            where = self._given - pending + error.start
            self._wrong = MalformedFile(str(self._path), f"byte {where}", "not UTF-8")
            if not good:
                raise self._wrong from None  # the decoder's error holds the bytes
            data = data[:good]
        view[: len(data)] = data
        self._given += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def content(path: Path, limit: int) -> bytes | Failure:
    """All of a file that holds one document; a Failure where it is damaged or larger than `limit` bytes.

    Raises UnreadableSource.
    """
    try:
        with open_bytes(path) as file:
            content = file.read(limit + 1)
    except MalformedFile as error:
        return rest(error, "")
    return content if len(content) <= limit else Failure(str(path), "", f"larger than {limit} bytes")
