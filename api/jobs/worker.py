"""The jobs of one server, and the thread that has a process work through them."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO

from filelock import FileLock, Timeout

from api import problems, work
from api.audit.recorder import Recorder
from api.callers.known import still_good
from api.errors import HomeCorrupt, HomeFull, HomeUnavailable, NotFound, QueueFull
from api.home import home
from api.jobs import trail
from api.jobs.child import Message
from api.jobs.rows import Job, owner, unpacked
from api.jobs.table import JobTable
from api.jobs.uploads import UPLOADS, Uploads
from api.jobs.watch import Died, Failed, Watch
from api.problems import Problem
from api.wiring import Parts
from ingest.jobs.writing import Writer

log = logging.getLogger("medgraph.jobs")

DEATHS = 3
"""A job that so often ended what was doing it has failed."""
_RETRY_SECONDS = 30.0
_LOOK_SECONDS = 10.0
"""How often the table is looked at for what others did to it: the command line, or a server that has ended."""
_IDLE_SECONDS = 60.0
"""The process ends when there was nothing to do for so long: what it took of memory goes back."""
_FORGET_SECONDS = 3600.0
_TURN_SECONDS = 300.0
"""A job that takes longer makes way where another owner waits; its next turns are longer, since it reads anew what it
has done."""
_SAVE_SECONDS = 5.0
_CANCEL_SECONDS = 10.0
_TRIES = 20
"""After so many, about ten minutes, a job fails rather than keep those behind it waiting."""


class Jobs:
    """The jobs and what has them done. `start` begins, `stop` ends after the batch at hand, or after a few seconds.

    Of several servers over one home one does the jobs: whoever holds `jobs.lock`. The others take uploads in.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        folder = home(parts.settings)
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._moved = threading.Condition()
        self._at: str | None = None
        self._worker = threading.Thread(target=self._work, name="jobs", daemon=True)
        self._watch = Watch(parts.settings)
        self._recorder = Recorder(parts.trail, parts.generations)
        self._served: list[str] = []
        self._tries: dict[str, int] = {}
        self._table = JobTable(folder / "jobs.sqlite")
        self._uploads = Uploads(folder / UPLOADS)
        self._lock = FileLock(folder / "jobs.lock", thread_local=False)
        self._forgot = -_FORGET_SECONDS
        self._take_up()

    def start(self) -> None:
        self._worker.start()

    def leave(self) -> None:
        """Begin to stop: no job is begun any more, and the one at hand ends after its batch."""
        self._stopping.set()
        self._wake.set()

    def stop(self) -> None:
        """Return when the worker has ended; a job that it was doing is queued for the next start."""
        self.leave()
        if self._worker.is_alive():
            self._worker.join()
        self._lock.release()

    def close(self) -> None:
        """Close the table; `stop` comes first."""
        self._lock.release()
        self._table.close()

    def check_room(self, writer: Writer | None) -> None:
        """Raise QueueFull where the writer's owner has as much in the queue as one may."""
        settings = self._parts.settings
        count, size = self._table.waiting(owner(writer))
        if count >= settings.jobs_per_key or size >= settings.uploads_per_key:
            raise QueueFull("the owner has as much in the queue as one may")

    def add(
        self,
        uploads: Iterable[tuple[str, BinaryIO]],
        *,
        format: str | None,
        access: frozenset[str] | None,
        writer: Writer | None,
    ) -> Job:
        """Keep uploads (name, content) and queue a job over them. Raises BadUpload, QueueFull, and whatever a full
        disk raises."""
        self.check_room(writer)
        id = uuid.uuid4().hex
        names = self._uploads.keep(id, uploads)
        try:
            size = self._uploads.size(id)
            if size + self._table.waiting(owner(writer))[1] > self._parts.settings.uploads_per_key:
                raise QueueFull("the owner's uploads are larger together than they may be")
            self._table.add(id, names, format=format, access=access, writer=writer, bytes=size)
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

    def cancel(self, id: str) -> None:
        """Cancel a job and return when it has stopped; forget one that has ended. Raises NotFound."""
        state = self._table.cancel(id)
        self._wake.set()
        with self._moved:
            self._moved.wait_for(lambda: self._at != id, _CANCEL_SECONDS)
            if state == "queued" and self._at != id:
                self._uploads.remove(id)
        log.info("job %s cancelled, which was %s", id, state)

    def _take_up(self) -> bool:
        """Whether the jobs are this server's to do; where they have just become so, what another left is queued."""
        if self._lock.is_locked:
            return True
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise HomeUnavailable(f"cannot use {self._lock.lock_file}: {error.strerror}") from error
        try:
            self._table.take_up(DEATHS, problems.JOB_DIED.type)
            self._table.forget(self._parts.settings.job_days)
            self._uploads.clear(self._table.unfinished())
        except BaseException:
            self._lock.release()
            raise
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            job, settled = None, True
            try:
                if self._take_up():
                    self._forget()
                    job = self._table.next(self._served)
                    settled = job is None or self._run(job)
            except (HomeFull, HomeUnavailable, HomeCorrupt) as error:
                log.error("the table of jobs: %s", error)
                settled = False
            except Exception as error:  # noqa: BLE001  # a worker that died of one job would leave the others undone
                log.error("jobs: unexpected %s", problems.traced(error))
                settled = False
            if not settled:
                # Something that the job needs is not there: it is not the job's fault, so it is tried again.
                self._stopping.wait(_RETRY_SECONDS)
            elif job is None:
                self._watch.rest(_IDLE_SECONDS)
                self._wake.wait(_LOOK_SECONDS)
        self._watch.close()

    def _forget(self) -> None:
        if time.monotonic() - self._forgot >= _FORGET_SECONDS:
            self._table.forget(self._parts.settings.job_days)
            self._forgot = time.monotonic()

    def _run(self, job: Job) -> bool:
        """Do a job; whether it is to be gone on from, rather than tried again later."""
        with self._moved:
            self._at = job.id
        try:
            return self._done(job)
        finally:
            try:
                self._settle(job)
            finally:
                with self._moved:
                    self._at = None
                    self._moved.notify_all()

    def _settle(self, job: Job) -> None:
        """Put down how the job stands, and remove its uploads where it has ended."""
        with suppress(HomeFull, HomeUnavailable, HomeCorrupt):
            try:
                job = self._table.get(job.id)
            except NotFound:  # cancelled and forgotten meanwhile
                job = replace(job, state="cancelled")
            if job.ended:
                self._uploads.remove(job.id)
                self._tries.pop(job.id, None)
            trail.ended(self._recorder, job)

    def _done(self, job: Job) -> bool:
        whose, began = owner(job.writer), time.monotonic()
        self._served = [*(other for other in self._served if other != whose), whose]
        turn = _TURN_SECONDS * (job.attempts + 1)

        def stopped() -> bool:
            if self._stopping.is_set() or self._over(job.id):
                return True
            return time.monotonic() - began > turn and self._table.others_wait(whose)

        paths = self._uploads.paths(job.id, job.files)
        try:
            if job.writer is not None and not still_good(self._parts.settings, self._parts.keys(), job.writer):
                return self._failed(job, problems.KEY_GONE, "its key is gone")
            trail.begun(self._recorder, job)
            done = self._watch.do(job, paths, told=lambda message: self._told(job, message), stopped=stopped)
            if done:
                work.save_index(self._parts, seconds=_SAVE_SECONDS)
        except Died as error:
            return self._died(job, str(error))
        except Failed as error:
            return self._failed(job, error.problem, error.why)
        except Exception as error:  # noqa: BLE001  # a worker that died of one job would leave the others undone
            problem = problems.of(error)
            why = problems.traced(error) if problem is None else str(error)
            return self._failed(job, problem or problems.INTERNAL_ERROR, why)
        if done:
            self._table.finish(job.id, "done", None)
            log.info("job %s done", job.id)
        else:
            self._table.put_back(job.id)
        return True

    def _told(self, job: Job, message: Message) -> None:
        """Put down what is told of the job."""
        if message["what"] == "waiting":
            self._table.wait(job.id)
        elif message["what"] == "begun":
            self._table.begin(job)
        elif message["what"] == "read":
            labels = tuple(message["labels"])
            if labels and job.writer is not None:
                # Before the job tells of them: whoever reads of a patient that it brought may ask about him.
                self._parts.keys().grant(job.writer.owner, labels)
            self._table.count(job.id, unpacked(message["tally"], tuple(message["documents"]), labels))

    def _died(self, job: Job, how: str) -> bool:
        deaths = self._table.died(job.id)
        log.warning("job %s: what did it %s (%d of %d)", job.id, how, deaths, DEATHS)
        if deaths >= DEATHS:
            self._table.finish(job.id, "failed", problems.JOB_DIED.type)
        return True

    def _failed(self, job: Job, problem: Problem, why: str) -> bool:
        tries = self._tries[job.id] = self._tries.get(job.id, 0) + 1
        if problem.status == 503 and tries < _TRIES:
            log.warning("job %s waits: %s", job.id, why)
            self._table.put_back(job.id, problem.type)
            return False
        log.log(logging.ERROR if problem is problems.INTERNAL_ERROR else logging.WARNING, "job %s failed: %s",
                job.id, why if problem is problems.INTERNAL_ERROR else problem.title)  # fmt: skip
        self._table.finish(job.id, "failed", problem.type)
        return True

    def _over(self, id: str) -> bool:
        """Whether the job has ended, or is gone."""
        try:
            return self._table.get(id).ended
        except NotFound:
            return True
