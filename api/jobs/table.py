"""The table of jobs: a file of SQLite, a row a job."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Any, Literal

from api.errors import HomeCorrupt, HomeFull, HomeUnavailable, NotFound
from ingest.jobs.writing import Writer
from ingest.model import Failure, Tally
from storage.sqlite import Errors, Layout, SqliteFile

State = Literal["queued", "waiting", "running", "done", "failed"]

_SCHEMA = """
CREATE TABLE job (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    state    TEXT NOT NULL,
    created  TEXT NOT NULL,
    started  TEXT,
    finished TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    files    TEXT NOT NULL,
    format   TEXT,
    access   TEXT NOT NULL,
    writer   TEXT NOT NULL,
    tally    TEXT NOT NULL DEFAULT '{}',
    problem  TEXT
)
"""
_SELECT = (
    "SELECT id, state, created, started, finished, attempts, files, format, access, writer, tally, problem FROM job"
)
_ADD = "INSERT INTO job (id, state, created, files, format, access, writer) VALUES (?, 'queued', ?, ?, ?, ?, ?)"
_ERRORS = Errors(full=HomeFull, unavailable=HomeUnavailable, corrupt=HomeCorrupt)


def _create(db: Connection) -> None:
    db.execute(_SCHEMA)


_LAYOUT = Layout(application=0x6D676A6F, version=1, create=_create, unmarked=frozenset({"job"}))


@dataclass(frozen=True, slots=True)
class Job:
    """One upload on its way. `files` are the names the client gave: shown to the client, never a path, never logged."""

    id: str
    state: State
    created: str
    started: str | None
    finished: str | None
    attempts: int
    files: tuple[str, ...]
    format: str | None
    access: frozenset[str] | None
    writer: Writer | None
    """Who sent it; None where no keys are set."""
    tally: Tally
    problem: str | None


class JobTable:
    """The jobs by their number. Safe in several threads; each method may raise HomeUnavailable or HomeCorrupt, and one
    that writes HomeFull, and then nothing has changed."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it; what was running when its server ended is queued again."""
        self._file = SqliteFile(path, _ERRORS, layout=_LAYOUT)
        with self._file.writing() as db:
            db.execute("UPDATE job SET state = 'queued' WHERE state IN ('running', 'waiting')")

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self._file.close()

    def add(
        self,
        id: str,
        files: Sequence[str],
        *,
        format: str | None,
        access: frozenset[str] | None,
        writer: Writer | None,
    ) -> None:
        """Queue a job behind the others."""
        with self._file.writing() as db:
            db.execute(_ADD, (id, now(), json.dumps(files), format, _listed(access), _signed(writer)))

    def get(self, id: str) -> Job:
        """Raise NotFound where there is no such job."""
        with self._file.reading() as db:
            row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise NotFound("no such job")
        return _job(row)

    def every(self) -> list[Job]:
        """All jobs, the latest first."""
        with self._file.reading() as db:
            return [_job(row) for row in db.execute(f"{_SELECT} ORDER BY number DESC")]

    def first(self) -> Job | None:
        """The job to be done next, or None. One that is put down as running is one that nobody could put back."""
        with self._file.reading() as db:
            row = db.execute(f"{_SELECT} WHERE state NOT IN ('done', 'failed') ORDER BY number LIMIT 1").fetchone()
        return None if row is None else _job(row)

    def unfinished(self) -> list[str]:
        """The ids of the jobs that have not ended, in their order."""
        with self._file.reading() as db:
            rows = db.execute("SELECT id FROM job WHERE state NOT IN ('done', 'failed') ORDER BY number")
            return [id for (id,) in rows]

    def wait(self, id: str) -> None:
        """Put down that the job waits for somebody else's ingestion."""
        self._update(id, state="waiting")

    def begin(self, job: Job) -> None:
        """Put down that the job runs, once more."""
        self._update(job.id, state="running", started=job.started or now(), attempts=job.attempts + 1)

    def put_back(self, id: str, problem: str | None = None) -> None:
        """Queue the job again, in its place; `problem` is why."""
        if problem is None:
            self._update(id, state="queued")
        else:
            self._update(id, state="queued", problem=problem)

    def count(self, id: str, tally: Tally) -> None:
        """Put down how far the job is."""
        self._update(id, tally=_packed(tally))

    def finish(self, id: str, state: Literal["done", "failed"], problem: str | None) -> None:
        """Put down how the job ended."""
        self._update(id, state=state, finished=now(), problem=problem)

    def _update(self, id: str, **values: object) -> None:
        columns = ", ".join(f"{column} = :{column}" for column in values)
        with self._file.writing() as db:
            db.execute(f"UPDATE job SET {columns} WHERE id = :id", {**values, "id": id})  # noqa: S608  # names of ours


def _job(row: tuple[Any, ...]) -> Job:
    id, state, created, started, finished, attempts, files, format, access, writer, tally, problem = row
    return Job(
        id=id,
        state=state,
        created=created,
        started=started,
        finished=finished,
        attempts=attempts,
        files=tuple(json.loads(files)),
        format=format,
        access=_labels(access),
        writer=_writer(writer),
        tally=_unpacked(json.loads(tally)),
        problem=problem,
    )


def _listed(labels: frozenset[str] | None) -> str:
    return json.dumps(None if labels is None else sorted(labels))


def _labels(listed: str) -> frozenset[str] | None:
    labels = json.loads(listed)
    return None if labels is None else frozenset(labels)


def _signed(writer: Writer | None) -> str:
    if writer is None:
        return "null"
    return json.dumps({"owner": writer.owner, "labels": sorted(writer.labels), "admin": writer.admin})


def _writer(signed: str) -> Writer | None:
    said = json.loads(signed)
    if said is None:
        return None
    if isinstance(said, list):  # a job of a former version, which had labels alone
        return Writer("", frozenset(said))
    return Writer(said["owner"], frozenset(said["labels"]), said["admin"])


_COUNTS = ("read", "added", "updated", "unchanged", "outdated", "deleted", "failures")


def _packed(tally: Tally) -> str:
    counts = {name: getattr(tally, name) for name in _COUNTS}
    return json.dumps({**counts, "failed": [[f.file, f.record, f.reason] for f in tally.failed]})


def _unpacked(packed: dict[str, Any]) -> Tally:
    failed = tuple(Failure(*parts) for parts in packed.pop("failed", ()))
    # A job of a former version counted them by listing them.
    return Tally(**{"failures": len(failed), **packed}, failed=failed)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
