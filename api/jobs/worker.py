"""The jobs of one server, and the thread that works through them."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from api import problems, work
from api.errors import Busy, HomeCorrupt, HomeFull, HomeUnavailable
from api.home import home
from api.jobs.table import Job, JobTable
from api.jobs.uploads import Uploads, in_words_of_the_client
from api.wiring import Parts
from ingest.jobs.writing import Writer
from ingest.model import Failure, Tally

log = logging.getLogger("medgraph.jobs")

_RETRY_SECONDS = 30.0
_KEEP_SECONDS = 0.5
_ATTEMPTS = 20
"""After so many, about ten minutes, a job fails rather than keep those behind it waiting."""


class Jobs:
    """The jobs and what works through them. `start` begins, `stop` ends after the batch at hand."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        folder = home(parts.settings)
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._worker = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._table = JobTable(folder / "jobs.sqlite")
        self._uploads = Uploads(folder / "uploads", self._table.unfinished())

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
        self._table.close()

    def add(
        self,
        uploads: Iterable[tuple[str, BinaryIO]],
        *,
        format: str | None,
        access: frozenset[str] | None,
        writer: Writer | None,
    ) -> Job:
        """Keep uploads (name, content) and queue a job over them. Raises BadUpload, and whatever a full disk raises."""
        id = uuid.uuid4().hex
        names = self._uploads.keep(id, uploads)
        try:
            self._table.add(id, names, format=format, access=access, writer=writer)
        except BaseException:
            self._uploads.remove(id)
            raise
        self._wake.set()
        return self.get(id)

    def get(self, id: str) -> Job:
        """Raise NotFound where there is no such job."""
        return self._table.get(id)

    def every(self) -> list[Job]:
        """All jobs, the latest first."""
        return self._table.every()

    def waiting(self) -> int:
        """How many jobs have not ended."""
        return len(self._table.unfinished())

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                job = self._table.first()
                settled = job is None or self._run(job)
            except (HomeFull, HomeUnavailable, HomeCorrupt) as error:
                log.error("the table of jobs: %s", error)
                job, settled = None, False
            if not settled:
                # Something that the job needs is not there: it is not the job's fault, so it is tried again.
                self._stopping.wait(_RETRY_SECONDS)
            elif job is None:
                self._wake.wait()

    def _run(self, job: Job) -> bool:
        """Do a job; whether it is to be gone on from, rather than tried again later."""
        try:
            tally = self._ingest(job)
        except Busy:
            self._table.put_back(job.id)
            return True
        except Exception as error:  # noqa: BLE001  # a worker that died of one job would leave the others undone
            problem = problems.of(error)
            if problem is not None and problem.status == 503 and job.attempts < _ATTEMPTS:
                log.warning("job %s waits: %s", job.id, error)
                self._table.put_back(job.id, problem.type)
                return False
            if problem is None:
                log.error("job %s failed: %s", job.id, problems.traced(error))
                problem = problems.INTERNAL_ERROR
            else:
                log.warning("job %s failed: %s", job.id, problem.title)
            self._table.finish(job.id, "failed", problem.type)
            self._uploads.remove(job.id)
            return True
        if tally is None:
            self._table.put_back(job.id)
            return True
        log.info("job %s done: %d read, %d failed", job.id, tally.read, tally.failures)
        self._table.finish(job.id, "done", None)
        self._uploads.remove(job.id)
        return True

    def _ingest(self, job: Job) -> Tally | None:
        """Run the job to its end, keeping its tally; None where the server stops before."""
        names = self._uploads.paths(job.id, job.files)
        tally, kept = Tally(), 0.0
        failed: list[Failure] = []
        steps = work.ingest(
            self._parts,
            [Path(path) for path in names],
            format=job.format,
            access=job.access,
            writer=job.writer,
            waiting=lambda: self._table.wait(job.id),
            stopped=self._stopping.is_set,
        )
        with closing(steps):
            for progress in steps:
                if progress.stage == work.OPENING:
                    self._table.begin(job)
                failed += [in_words_of_the_client(f, names) for f in progress.done.failed[len(failed) :]]
                tally = replace(progress.done, failed=tuple(failed))
                ending = progress.stage in (work.SAVING, "done")
                stopping = self._stopping.is_set() and not ending
                if stopping or ending or time.monotonic() - kept > _KEEP_SECONDS:
                    self._table.count(job.id, tally)
                    kept = time.monotonic()
                if stopping:
                    return None
        return tally
