"""How a job is written into a row and an order, and read again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

from ingest.jobs.writing import Writer
from ingest.model import Failure, Tally

State = Literal["queued", "waiting", "running", "done", "failed", "cancelled"]
STATES: tuple[State, ...] = get_args(State)
ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled"})

_COUNTS = ("read", "added", "updated", "unchanged", "outdated", "deleted", "failures")


@dataclass(frozen=True, slots=True)
class Job:
    """One upload on its way. `files` are the names the client gave: shown to the client, never a path, never logged."""

    id: str
    state: State
    created: str
    started: str | None
    finished: str | None
    attempts: int
    deaths: int
    """How often it ended what was doing it: a process that was killed or stood still, a server that was killed."""
    files: tuple[str, ...]
    bytes: int
    """How much was sent in."""
    format: str | None
    access: frozenset[str] | None
    writer: Writer | None
    """Who sent it; None where no keys are set."""
    tally: Tally
    """Of the last attempt; its `documents` and `labels` are those of all attempts."""
    problem: str | None

    @property
    def ended(self) -> bool:
        return self.state in ENDED


def listed(labels: frozenset[str] | None) -> str:
    """Labels as JSON."""
    return json.dumps(None if labels is None else sorted(labels))


def labels(listed: str) -> frozenset[str] | None:
    """What `listed` has written."""
    found = json.loads(listed)
    return None if found is None else frozenset(found)


def signed(writer: Writer | None) -> str:
    """A writer as JSON."""
    if writer is None:
        return "null"
    labels = sorted(writer.labels)
    return json.dumps({"owner": writer.owner, "labels": labels, "admin": writer.admin, "key": writer.key})


def writer(signed: str) -> Writer | None:
    """What `signed` has written."""
    said = json.loads(signed)
    if said is None:
        return None
    if isinstance(said, list):  # a job of a former version, which had labels alone
        return Writer("", frozenset(said))
    return Writer(said["owner"], frozenset(said["labels"]), said["admin"], said.get("key", ""))


def owner(writer: Writer | None) -> str:
    """Whose a job is; the operator's is nobody's."""
    return "" if writer is None else writer.owner


def packed(tally: Tally) -> dict[str, Any]:
    """A tally for JSON, but for its documents and labels."""
    counts = {name: getattr(tally, name) for name in _COUNTS}
    return {**counts, "failed": [[f.file, f.record, f.reason] for f in tally.failed]}


def unpacked(packed: dict[str, Any], documents: tuple[str, ...] = (), labels: tuple[str, ...] = ()) -> Tally:
    """What `packed` has written, with documents and labels."""
    counts = {name: packed[name] for name in _COUNTS if name in packed}
    failed = tuple(Failure(*parts) for parts in packed.get("failed", ()))
    # A job of a former version counted them by listing them.
    return Tally(**{"failures": len(failed), **counts}, failed=failed, documents=documents, labels=labels)
