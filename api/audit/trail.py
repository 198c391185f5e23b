"""The trail: files of JSON Lines that only grow, written by the server, its jobs and the command line alike.

A file is named by the number of its first line; a full one is followed by the next, and the chain runs on across them.
`head` holds how far the trail is (number, hash, file and its size), signed, so that a cut tail shows. Whoever writes
holds the lock of the folder. What a crash left of a line is named, with its hash, by the line behind it.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from api.audit.chain import START, line_of, parted
from api.errors import HomeCorrupt, HomeFull, HomeUnavailable
from storage.secret import kept_secret
from storage.sqlite import Errors, translated

ROTATED = 64 << 20
"""Bytes after which a file is followed by the next."""
_ERRORS = Errors(full=HomeFull, unavailable=HomeUnavailable, corrupt=HomeCorrupt)


@dataclass(frozen=True, slots=True)
class Head:
    """How far the trail is: the last line's number and hash, its file, and how long that is."""

    n: int = 0
    seal: str = START
    file: str = ""
    size: int = 0

    def signed(self, key: bytes) -> str:
        """The head as JSON with a keyed hash over it."""
        return json.dumps({**asdict(self), "signature": self.signature(key)})

    def signature(self, key: bytes) -> str:
        """A keyed hash over the head."""
        return hmac.new(key, b"head\n" + json.dumps(asdict(self)).encode(), hashlib.sha256).hexdigest()


class Trail:
    """The trail in `folder`, sealed with the secret in the file `key`; both are made when the first line is written.

    Safe in several threads and processes. Raises HomeFull where no space is left for a line, and then nothing of it is
    there; HomeUnavailable where the folder cannot be used; HomeCorrupt where the key or the head is damaged.
    """

    def __init__(self, folder: Path, key: Path, *, rotated: int = ROTATED) -> None:
        self.folder = folder
        self._key_file, self._rotated = key, rotated
        self._lock = threading.Lock()
        self._key: bytes | None = None

    @property
    def key(self) -> bytes:
        """The secret that seals the lines."""
        if self._key is None:
            with translated(self._key_file, _ERRORS):
                try:
                    self._key = kept_secret(self._key_file)
                except ValueError as error:
                    raise HomeCorrupt(f"the key of the audit trail is damaged: {error}") from None
        return self._key

    def append(self, entry: Mapping[str, Any], *, lasting: bool = False) -> int:
        """Write one line; its number. `lasting`: it is on the disk when this returns."""
        with self._alone(), translated(self.folder, _ERRORS):
            head = self._caught_up(self.head() or Head())
            more = self._torn(head)
            if not head.file or (head.size >= self._rotated and not more):
                # With the hash before it, a file can be looked at without those before it.
                head, more = Head(head.n, head.seal, f"{head.n + 1:012}.jsonl", 0), {"after": head.seal}
            number = head.n + 1
            line, sealed = line_of(self.key, head.seal, {"n": number, **entry, **more})
            size = self._write(head, ("\n" if "torn" in more else "") + line, lasting=lasting)
            self._keep(Head(number, sealed, head.file, size))
            return number

    def head(self) -> Head | None:
        """What the head says, None where there is no trail yet. Raises HomeCorrupt where it is no head, or is not
        signed with the key."""
        try:
            said = json.loads((self.folder / "head").read_text(encoding="ascii"))
            signature = said.pop("signature")
            head = Head(**said)
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError, AttributeError):
            raise HomeCorrupt(f"{self.folder / 'head'} is damaged: see medgraph audit verify") from None
        if not hmac.compare_digest(str(signature), head.signature(self.key)):
            raise HomeCorrupt(f"{self.folder / 'head'} is not signed with this key: see medgraph audit verify")
        return head

    def files(self) -> list[Path]:
        """The files of the trail, the oldest first."""
        return sorted(self.folder.glob("[0-9]*.jsonl"))

    def prune(self, before: str) -> int:
        """Remove whole files whose last line was written before the day `before` (YYYY-MM-DD); how many. The newest
        stays, and a line says what went, so that `verify` knows it."""
        gone = 0
        files = self.files()
        for path, following in pairwise(files):
            last = _last_line(path)
            if last is None or str(last.get("time", "")) >= before:
                break
            first = int(following.name.partition(".")[0])
            self.append({"event": "pruned", "through": first - 1, "time": now()}, lasting=True)
            with translated(path, _ERRORS):
                path.unlink()
            gone += 1
        return gone

    def entries(self) -> Iterator[dict[str, Any]]:
        """The lines as they stand, whatever `verify` says of them; what is no line is passed over."""
        for path in self.files():
            with translated(path, _ERRORS), path.open("rb") as file:
                for raw in file:
                    with suppress(ValueError):
                        yield parted(raw.removesuffix(b"\n").decode("ascii"))[0]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            with translated(self.folder, _ERRORS):
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            finally:
                os.close(lock)

    def _caught_up(self, head: Head) -> Head:
        """The head with what was written behind it before a crash kept it from being put down."""
        path = self.folder / head.file
        if not head.file or not path.is_file() or path.stat().st_size <= head.size:
            return head
        with path.open("rb") as file:
            file.seek(head.size)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                try:
                    entry, _, sealed = parted(line[:-1].decode("ascii"))
                except ValueError:
                    break
                head = Head(entry["n"], sealed, head.file, head.size + len(line))
        return head

    def _torn(self, head: Head) -> dict[str, Any]:
        """What a crash left of a line at the end of the file, for the next line to name."""
        path = self.folder / head.file
        if not path.is_file() or path.stat().st_size <= head.size:
            return {}
        with path.open("rb") as file:
            file.seek(head.size)
            left = file.read()
        return {"torn": hashlib.sha256(left).hexdigest()}

    def _write(self, head: Head, line: str, *, lasting: bool) -> int:
        """Append to the file of `head`; its size then."""
        descriptor = os.open(self.folder / head.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            before = os.fstat(descriptor).st_size
            content = line.encode("ascii")
            try:
                written = os.write(descriptor, content)
                while written < len(content):
                    written += os.write(descriptor, content[written:])
                if lasting:
                    os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, before)
                raise
            return before + len(content)
        finally:
            os.close(descriptor)

    def _keep(self, head: Head) -> None:
        aside = self.folder / ".head"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(head.signed(self.key))
        aside.replace(self.folder / "head")


def now() -> str:
    """The time of a line, in UTC to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _last_line(path: Path) -> dict[str, Any] | None:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 20)))
        for raw in reversed(file.read().splitlines()):
            with suppress(ValueError):
                return parted(raw.decode("ascii"))[0]
    return None
