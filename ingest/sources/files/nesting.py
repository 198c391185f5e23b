"""JSON that is read in a stream, refused where it is nested beyond reason.

A streaming parser keeps the path to where it is, whose length grows with the depth: a few hundred kilobytes of opening
brackets take all memory. No record that is meant nests deeper than some twenty levels.
"""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path
from typing import Protocol

from ingest.errors import MalformedFile

LEVELS = 64

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_REST = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_NO_BRACKET = bytes(byte for byte in range(256) if byte not in b"[]{}")
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


class Readable(Protocol):
    """What a streaming parser reads from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Shallow:
    """The bytes of a JSON file, for a parser that calls `read`; raises MalformedFile below `LEVELS` levels."""

    def __init__(self, file: Readable, path: Path) -> None:
        self._file, self._path = file, path
        self._depth = 0
        self._string = False  # the last chunk ended within a string
        self._escape = False  # and on a backslash that escapes what comes next
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._scan(chunk)
        self._given += len(chunk)
        return chunk

    def _scan(self, chunk: bytes) -> None:
        if self._string and chunk:
            rest = _REST.match(chunk, int(self._escape))
            end = rest.end() if rest else 0
            self._escape = chunk[end : end + 1] == b"\\"
            if chunk[end : end + 1] != b'"':
                return
            chunk, self._string = chunk[end + 1 :], False
        bare = _STRING.sub(b"", chunk)
        if (start := bare.find(b'"')) >= 0:
            begun = bare[start + 1 :]
            self._string, self._escape = True, (len(begun) - len(begun.rstrip(b"\\"))) % 2 == 1
            bare = bare[:start]
        depths = list(accumulate(map(_STEP.__getitem__, bare.translate(None, _NO_BRACKET)), initial=self._depth))
        self._depth = depths[-1]
        if max(depths) > LEVELS:
            raise MalformedFile(str(self._path), f"byte {self._given}", f"JSON nested deeper than {LEVELS} levels")
