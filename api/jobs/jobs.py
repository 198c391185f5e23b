"""Ingestion in the background: uploads on disk, a table of jobs in SQLite, one worker thread.

A job is in the table before its id is given out, and its uploads stay until it has ended; so what a killed server left
half-way is taken up at the next start. Ingesting is idempotent: going on means running the job again.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Literal

from api import problems
from api.errors import BadUpload, Busy, HomeCorrupt, HomeFull, HomeUnavailable, NotFound
from api.lock import alone
from api.wiring import Parts, home, threads
from ingest.model import Failure, Tally
from storage.sqlite import Errors, SqliteFile

log = logging.getLogger("medgraph.jobs")

State = Literal["queued", "waiting", "running", "done", "failed"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
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
# What of a client's file name a reader may need: what its content does not say.
_SUFFIX = re.compile(
    r"(\.(?:xml|nxml|jsonl|ndjson|json|txt|text|md|markdown|pdf|pubtator|bioc))?(\.gz)?$", re.IGNORECASE
)
_RETRY_SECONDS = 30.0
_KEEP_SECONDS = 0.5
_ATTEMPTS = 20
"""After so many, about ten minutes, a job fails rather than keep those behind it waiting."""


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
    writer: frozenset[str] | None
    """The labels that the sender's key holds; None where no keys are set."""
    tally: Tally
    problem: str | None


class Jobs:
    """The table of jobs and what works through it. `start` begins, `stop` ends after the batch at hand."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        folder = home(parts.settings)
        self._uploads, self._lock = folder / "uploads", folder / "ingest.lock"
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._worker = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._file = SqliteFile(folder / "jobs.sqlite", _ERRORS)
        with self._file.writing() as db:
            db.execute(_SCHEMA)
            db.execute("UPDATE job SET state = 'queued' WHERE state IN ('running', 'waiting')")
            known = {id for (id,) in db.execute("SELECT id FROM job WHERE state = 'queued'")}
        try:
            self._uploads.mkdir(mode=0o700, exist_ok=True)
            # Uploads that broke off before their job was in the table, or whose job ended as the server was killed.
            for left in self._uploads.iterdir():
                if left.name not in known:
                    shutil.rmtree(left)
        except OSError as error:
            raise HomeUnavailable(f"cannot use {self._uploads}: {error.strerror}") from error

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        """Return when the worker has ended; a job that it was doing is queued for the next start."""
        self._stopping.set()
        self._wake.set()
        if self._worker.is_alive():
            self._worker.join()

    def close(self) -> None:
        """Close the table; `stop` comes first."""
        self._file.close()

    def add(
        self,
        uploads: Iterable[tuple[str, BinaryIO]],
        *,
        format: str | None,
        access: frozenset[str] | None,
        writer: frozenset[str] | None,
    ) -> Job:
        """Keep uploads (name, content) and queue a job over them. Raises BadUpload, and whatever a full disk raises."""
        id = uuid.uuid4().hex
        folder = self._uploads / id
        names: list[str] = []
        try:
            folder.mkdir(mode=0o700)
            for name, content in uploads:
                path = folder / stored_name(len(names), name)
                with path.open("xb") as file:
                    shutil.copyfileobj(content, file, 1 << 20)
                names.append(name)
            if not names or not any(path.stat().st_size for path in folder.iterdir()):
                raise BadUpload("no file in the upload, or nothing in its files")
            self._insert(id, names, format, access, writer)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._wake.set()
        return self.get(id)

    def get(self, id: str) -> Job:
        """Raise NotFound where there is no such job."""
        with self._file.reading() as db:
            row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise NotFound("no such job")
        return _job(row)

    def waiting(self) -> int:
        """How many jobs have not ended."""
        with self._file.reading() as db:
            return int(db.execute("SELECT count(*) FROM job WHERE state NOT IN ('done', 'failed')").fetchone()[0])

    def _insert(
        self,
        id: str,
        names: Sequence[str],
        format: str | None,
        access: frozenset[str] | None,
        writer: frozenset[str] | None,
    ) -> None:
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO job (id, state, created, files, format, access, writer)"
                " VALUES (?, 'queued', ?, ?, ?, ?, ?)",
                (id, _now(), json.dumps(names), format, _listed(access), _listed(writer)),
            )

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            job = self._next()
            if job is None:
                self._wake.wait()
            elif not self._run(job):
                # Something that the job needs is not there: it is not the job's fault, so it is tried again.
                self._stopping.wait(_RETRY_SECONDS)

    def _next(self) -> Job | None:
        with self._file.reading() as db:
            row = db.execute(f"{_SELECT} WHERE state IN ('queued', 'waiting') ORDER BY number LIMIT 1").fetchone()
        return None if row is None else _job(row)

    def _run(self, job: Job) -> bool:
        """Do a job; whether it is to be gone on from, rather than tried again later."""
        try:
            with alone(
                self._lock,
                waiting=lambda: self._update(job.id, state="waiting"),
                stopped=self._stopping.is_set,
            ):
                self._update(job.id, state="running", started=job.started or _now(), attempts=job.attempts + 1)
                tally = self._ingest(job)
        except Busy:
            self._update(job.id, state="queued")
            return True
        except Exception as error:  # noqa: BLE001  # a worker that died of one job would leave the others undone
            problem = problems.of(error)
            if problem is not None and problem.status == 503 and job.attempts < _ATTEMPTS:
                log.warning("job %s waits: %s", job.id, error)
                self._update(job.id, state="queued", problem=problem.type)
                return False
            if problem is None:
                log.error("job %s failed: %s", job.id, problems.traced(error))
                problem = problems.INTERNAL_ERROR
            else:
                log.warning("job %s failed: %s", job.id, problem.title)
            self._finish(job.id, "failed", problem.type)
            return True
        if tally is not None:
            log.info("job %s done: %d read, %d failed", job.id, tally.read, len(tally.failed))
            self._finish(job.id, "done", None)
        return True

    def _ingest(self, job: Job) -> Tally | None:
        """Run the job to its end, keeping its tally; None where the server stops before."""
        from ingest.jobs.job import ingest

        parts = self._parts
        folder = self._uploads / job.id
        shown = {str(folder / stored_name(at, name)): name for at, name in enumerate(job.files)}
        tally, kept = Tally(), 0.0
        failed: list[Failure] = []
        for progress in ingest(
            [Path(path) for path in shown],
            graph=parts.graph,
            passages=parts.passages,
            encoder=parts.encoder,
            tagger=parts.tagger,
            relator=parts.relator,
            ledger=parts.ledger,
            format=job.format,
            access=job.access,
            writer=job.writer,
            threads=threads(parts.settings),
            salt=parts.salt,
        ):
            failed += [_named(f, shown) for f in progress.done.failed[len(failed) :]]
            tally = replace(progress.done, failed=tuple(failed))
            stopping = self._stopping.is_set() and progress.stage != "done"
            if stopping or progress.stage == "done" or time.monotonic() - kept > _KEEP_SECONDS:
                self._update(job.id, tally=_packed(tally))
                kept = time.monotonic()
            if stopping:
                self._update(job.id, state="queued")
                return None
        parts.searcher.refresh()
        parts.searcher.save()
        return tally

    def _finish(self, id: str, state: State, problem: str | None) -> None:
        self._update(id, state=state, finished=_now(), problem=problem)
        shutil.rmtree(self._uploads / id, ignore_errors=True)

    def _update(self, id: str, **values: object) -> None:
        columns = ", ".join(f"{column} = :{column}" for column in values)
        with self._file.writing() as db:
            db.execute(f"UPDATE job SET {columns} WHERE id = :id", {**values, "id": id})  # noqa: S608  # names of ours


_ERRORS = Errors(full=HomeFull, unavailable=HomeUnavailable, corrupt=HomeCorrupt)


def stored_name(number: int, name: str) -> str:
    """The name of an upload on disk: its number, and of the client's name no more than a suffix that readers know."""
    found = _SUFFIX.search(name)
    return f"{number:04}{found[0].lower() if found else ''}"


_SELECT = (
    "SELECT id, state, created, started, finished, attempts, files, format, access, writer, tally, problem FROM job"
)


def _job(row: tuple[str, ...]) -> Job:
    id, state, created, started, finished, attempts, files, format, access, writer, tally, problem = row
    return Job(
        id=id,
        state=state,  # type: ignore[arg-type]  # the column holds nothing else
        created=created,
        started=started,
        finished=finished,
        attempts=int(attempts),
        files=tuple(json.loads(files)),
        format=format,
        access=_labels(access),
        writer=_labels(writer),
        tally=_unpacked(json.loads(tally)),
        problem=problem,
    )


def _listed(labels: frozenset[str] | None) -> str:
    return json.dumps(None if labels is None else sorted(labels))


def _labels(listed: str) -> frozenset[str] | None:
    labels = json.loads(listed)
    return None if labels is None else frozenset(labels)


def _packed(tally: Tally) -> str:
    counts = {name: getattr(tally, name) for name in ("read", "added", "updated", "unchanged", "deleted")}
    return json.dumps({**counts, "failed": [[f.file, f.record, f.reason] for f in tally.failed]})


def _unpacked(packed: dict[str, Any]) -> Tally:
    failed = tuple(Failure(*parts) for parts in packed.pop("failed", ()))
    return Tally(**packed, failed=failed)


def _named(failure: Failure, shown: dict[str, str]) -> Failure:
    """A failure in the client's own file names: paths of the server are nobody's business."""
    reason = failure.reason
    for path, name in shown.items():
        reason = reason.replace(path, name)
    return Failure(shown.get(failure.file, failure.file), failure.record, reason)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
