"""What finds a line of the trail changed, dropped, put in or out of order, and a tail that was cut off."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from api.audit.chain import START, parted, seal
from api.audit.trail import Head, Trail
from api.errors import HomeCorrupt

MOST = 100
"""So many faults are listed; what follows the first is often its echo."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the trail is not as it was written. `line` counts from 1; 0 is the file as a whole."""

    file: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole trail found."""

    lines: int
    files: int
    first: int
    """The number of the first line that is kept."""
    head: Head | None
    faults: tuple[Fault, ...]


def verify(trail: Trail, told: str = "") -> Verdict:
    """Look at every line. An empty trail is whole. `told` is number and hash of a line, `N:SEAL`, that must be there,
    unless it was pruned. Raises what `Trail` raises but for a damaged head."""
    faults: list[Fault] = []
    try:
        head = trail.head()
    except HomeCorrupt:
        head = None
        faults.append(Fault("head", 0, "the head is damaged, or not signed with this key"))
    files = trail.files()
    walk = _Walk(trail.key if files or head else b"", faults, told)
    for path in files:
        walk.file(path)
    if head is None and files and not faults:
        faults.append(Fault("head", 0, "the head is missing"))
    if head is not None and head.n > walk.last:
        faults.append(Fault(head.file, 0, f"lines {walk.last + 1} to {head.n} are missing at the end"))
    if head is not None and head.n == walk.last and head.seal != walk.former:
        faults.append(Fault(head.file, 0, "the last line is not the one that the head names"))
    if told and not walk.met and not _pruned(told, walk.pruned):
        faults.append(Fault("", 0, "the line that the head told of before is not there"))
    if walk.first > walk.pruned + 1:
        faults.append(Fault("", 0, f"lines {walk.pruned + 1} to {walk.first - 1} are missing at the beginning"))
    return Verdict(walk.count, len(files), walk.first, head, tuple(faults[:MOST]))


def _pruned(told: str, through: int) -> bool:
    number = told.partition(":")[0]
    return number.isdecimal() and int(number) <= through


class _Walk:
    """Where the look at the trail is."""

    def __init__(self, key: bytes, faults: list[Fault], told: str) -> None:
        self._key, self._faults, self._told = key, faults, told
        self.met = False
        self.former: str = START
        self.last = self.first = self.count = self.pruned = 0
        self._torn: tuple[Fault, str] | None = None

    def file(self, path: Path) -> None:
        """Look at one file. What a crash left at the end of the last is no fault: no line is lost that the head
        knows."""
        self._named()
        number = 0
        with path.open("rb") as lines:
            for number, raw in enumerate(lines, 1):
                self._line(path.name, number, raw)
        if number == 0:
            self._faults.append(Fault(path.name, 0, "the file is empty"))

    def _line(self, file: str, number: int, raw: bytes) -> None:
        try:
            entry, body, sealed = parted(raw.removesuffix(b"\n").decode("ascii"))
        except ValueError:
            self._named()
            self._torn = (Fault(file, number, "no line of the trail"), hashlib.sha256(raw.rstrip(b"\n")).hexdigest())
            return
        if self._torn is not None and entry.get("torn") == self._torn[1]:
            self._torn = None
        self._named()
        n, expected = entry["n"], self.last + 1
        if self.count == 0:
            # Whole old files may be gone: the chain is looked at from the first line that is kept.
            self.first = expected = n
            self.former = str(entry.get("after", START))
        if n != expected:
            self._faults.append(Fault(file, number, f"line {n} stands where line {expected} belongs"))
        elif not hmac.compare_digest(seal(self._key, self.former, body), sealed):
            self._faults.append(Fault(file, number, f"line {n} is not as it was written, or the one before it is not"))
        elif entry.get("event") == "pruned":
            self.pruned = max(self.pruned, int(entry.get("through", 0)))
        self.former, self.last = sealed, n
        self.met = self.met or self._told == f"{n}:{sealed}"
        self.count += 1

    def _named(self) -> None:
        """Put down what is no line and what no line behind it names."""
        if self._torn is not None:
            self._faults.append(self._torn[0])
            self._torn = None
