"""JSON that is read in a stream, refused where it is nested beyond reason or where one record of it is.

A streaming parser keeps the path to where it is, whose length grows with the depth: a few hundred kilobytes of opening
brackets take all memory. It also reads a string from its start again with every piece of it that comes, so that the
work grows with the square of its length: here a string comes in one piece, and is refused where it is too long.
"""

from __future__ import annotations

import io
import re
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from ingest.errors import MalformedFile
from ingest.sources.files.limits import LEVELS, NUMBER, RECORD, STRING, VALUES

CHEAP = 1 << 20
"""A line of JSON of as many characters costs little, whatever it holds."""

_PIECE = 1 << 16
_REST = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_NO_BRACKET = bytes(byte for byte in range(256) if byte not in b"[]{}")
_NO_MARK = bytes(byte for byte in range(256) if byte not in b"[]{},:")
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NUMBER = re.compile(rb"[^\[\]{},:\s]{%d}" % (NUMBER + 1))


class Readable(Protocol):
    """What is read: `read1` gives all that is readable before it raises."""

    def read1(self, size: int = -1, /) -> bytes: ...


class Shallow:
    """The bytes of a JSON file, for a parser that calls `read`, which may give more than it is asked for.

    Raises MalformedFile below `LEVELS` levels, for a string, a number or a record that is over its limit. `prefix` is
    where the records are, in the words of ijson; without one the whole value is a record.
    """

    def __init__(self, file: Readable, path: Path, prefix: str = "") -> None:
        self._file, self._path = file, path
        self._outside = prefix.count(".") + 1 if prefix else 0
        self._depth = 0
        self._string = 0  # bytes of the string that the last chunk ended in
        self._escape = False  # and on a backslash that escapes what comes next
        self._word = b""  # what the last chunk ended in, if that may be a number
        self._bytes = self._values = 0  # of the record, or of the end of the one before
        self._given = 0
        self._held = b""  # what was read beyond the end of a string
        self._wrong: MalformedFile | None = None

    def read(self, size: int = -1) -> bytes:
        if self._wrong is not None:
            raise self._wrong
        chunk, self._held = self._held or self._file.read1(size), b""
        self._take(chunk)
        if not self._string:
            return chunk
        pieces = [chunk]
        while self._string and (piece := self._file.read1(_PIECE)):
            end = self._closing(piece)
            self._held = piece[end:]
            try:
                self._take(piece[:end])
            except MalformedFile as error:
                self._wrong = error  # what stands before the string may hold whole records
                break
            pieces.append(piece[:end])
        return b"".join(pieces)

    def _take(self, chunk: bytes) -> None:
        self._given += len(chunk)
        self._bytes += len(chunk)
        between = self._scan(chunk)
        if self._string > STRING:
            raise self._refused(f"a string of more than {STRING} bytes")
        if self._bytes > RECORD:
            raise self._refused(f"a record of more than {RECORD} bytes")
        if self._values > VALUES:
            raise self._refused(f"a record of more than {VALUES} values")
        if between:
            self._bytes = self._values = 0

    def _closing(self, chunk: bytes) -> int:
        """Where the string ends in which `chunk` begins: behind its quote, or with the chunk."""
        rest = _REST.match(chunk, int(self._escape))
        return min((rest.end() if rest else 0) + 1, len(chunk))

    def _scan(self, chunk: bytes) -> bool:
        """Take the marks of a chunk in; whether a record ends in it."""
        if self._string and chunk:
            rest = _REST.match(chunk, int(self._escape))
            end = rest.end() if rest else 0
            self._escape = chunk[end : end + 1] == b"\\"
            if chunk[end : end + 1] != b'"':
                self._string += len(chunk)
                return False
            chunk, self._string = chunk[end + 1 :], 0
        # Without what is escaped each quote begins a string or ends one, and a backslash at the end is to escape.
        pieces = chunk.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')
        if len(pieces) % 2 == 0:
            self._string, self._escape = len(pieces[-1]) + 1, pieces[-1].endswith(b"\\")
        bare = b"".join(pieces[::2])
        words = self._word + bare
        if _NUMBER.search(words):
            raise self._refused(f"a number of more than {NUMBER} characters")
        self._word = words[-NUMBER:]
        self._values += len(bare.translate(None, _NO_MARK))
        depths = list(accumulate(map(_STEP.__getitem__, bare.translate(None, _NO_BRACKET)), initial=self._depth))
        self._depth = depths[-1]
        if max(depths) > LEVELS:
            raise self._refused(f"JSON nested deeper than {LEVELS} levels")
        return min(depths) <= self._outside

    def _refused(self, reason: str) -> MalformedFile:
        return MalformedFile(str(self._path), f"byte {self._given}", reason)


def refused(line: str) -> str:
    """Why a line of JSON is not to be parsed, being over a limit; empty where it may be."""
    if len(line) <= CHEAP:
        return ""
    file = Shallow(io.BytesIO(line.encode("utf-8", "surrogatepass")), Path())
    try:
        while file.read(_PIECE):
            pass
    except MalformedFile as error:
        return error.reason
    return ""
