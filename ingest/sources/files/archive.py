"""The files in a tar archive, packed or not, in a stream: nothing is unpacked to disk, no member leads anywhere."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.files.files import content, open_bytes

MEMBER_LIMIT = 16 << 20
"""The largest file that is read of an archive, in bytes."""

_MAGIC = slice(257, 262)


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is a tar archive."""
    return head[_MAGIC] == b"ustar"


def members(path: Path, suffix: str) -> Iterator[tuple[str, bytes] | Failure]:
    """(name, content) of each file of an archive whose name ends in `suffix`; of a file that is none, of itself.

    A member over the limit is a Failure. Raises UnreadableSource, and MalformedFile where the archive breaks off.
    """
    with open_bytes(path) as file:
        packed = is_archive(file.peek(1 << 10))
    if not packed:
        whole = content(path, MEMBER_LIMIT)
        yield whole if isinstance(whole, Failure) else (path.name, whole)
        return
    last = ""
    with open_bytes(path) as file:
        try:
            with tarfile.open(fileobj=file, mode="r|") as archive:
                for member in archive:
                    last = member.name
                    if not member.isfile() or not member.name.endswith(suffix):
                        continue
                    if member.size > MEMBER_LIMIT:
                        yield Failure(str(path), member.name, f"larger than {MEMBER_LIMIT} bytes")
                        continue
                    extracted = archive.extractfile(member)
                    yield member.name, extracted.read() if extracted is not None else b""
        except (tarfile.TarError, EOFError) as error:
            where = f"after {last}" if last else ""
            raise MalformedFile(str(path), where, "the archive is broken or cut off") from error
