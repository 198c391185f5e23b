"""What a job that writes to the stores has done so far, and reading that goes on behind a broken file."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from ingest.errors import MalformedFile, UnreadableSource
from ingest.jobs.failures import Failures
from ingest.model import TOLD, Failure, Progress, Tally

QUIET = 1_000
"""After so many records of which nothing was written, a job says how far it is."""

_Record = TypeVar("_Record")


@dataclass
class Count:
    """The tally of a job while it runs; `file` is the one being read."""

    file: str = ""
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    outdated: int = 0
    deleted: int = 0
    failures: Failures = field(default_factory=Failures)
    left: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    documents: dict[str, None] = field(default_factory=dict)
    """The first of the ids under which what was read stands."""
    labels: set[str] = field(default_factory=set)
    """The labels of the patients of a sender's own that were read."""

    def stand(self, ids: Iterable[str]) -> None:
        """Put down under which ids what was read stands."""
        self.documents.update(dict.fromkeys(islice(ids, TOLD - len(self.documents))))

    def fail(self, record: str, reason: str) -> None:
        """Put down a record of the file as a Failure."""
        self.failures.add(Failure(self.file, record, reason))

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add(stage, time.perf_counter() - began)

    def add(self, stage: str, seconds: float) -> None:
        """Count seconds that a stage took beside others."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def tally(self, counts: Mapping[str, int]) -> None:
        """Add to the tallies of these names: `added`, `updated`, `unchanged`, `outdated`, `deleted`."""
        for name, more in counts.items():
            setattr(self, name, getattr(self, name) + more)

    def progress(self, stage: str) -> Progress:
        tally = Tally(
            read=self.read,
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            outdated=self.outdated,
            deleted=self.deleted,
            failures=self.failures.count,
            failed=tuple(self.failures.first),
            failures_file=self.failures.written(),
            left=tuple(self.left),
            documents=tuple(self.documents),
            labels=tuple(sorted(self.labels)),
        )
        return Progress(stage, self.file, tally, dict(self.seconds))


def surviving(records: Iterable[_Record], file: Path, *, alone: bool = False) -> Iterator[_Record | Failure]:
    """The records of a file; where it breaks off or cannot be read, a Failure ends them.

    Raises UnreadableSource for a file that is `alone`: there is nothing else to go on with.
    """
    try:
        yield from records
    except MalformedFile as error:
        yield Failure(error.file, error.record, error.reason)
    except UnreadableSource as error:
        if alone:
            raise
        yield Failure(str(file), "", str(error))
