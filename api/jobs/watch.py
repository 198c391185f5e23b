"""A job watched over while the process does it: whether it is wanted still, gets on, and keeps within its memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from api import problems
from api.jobs import rows
from api.jobs.child import Child, Ended, Message
from api.jobs.rows import Job
from api.memory import job_budget
from api.problems import Problem
from api.settings import Settings

PATIENCE = 5.0
"""Seconds that a process has to end a job that is not wanted any more, by its own will."""
_TICK_SECONDS = 0.25


class Died(Exception):
    """The process ended, or had to be ended, while it did the job; the message says how."""


class Failed(Exception):
    """The job cannot be done; `why` is for the log."""

    def __init__(self, problem: Problem, why: str) -> None:
        super().__init__(why)
        self.problem, self.why = problem, why


class Watch:
    """One process at a time, started for a job where there is none. It is used by one thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: Child | None = None
        self._ready = False
        self._rested = 0.0

    def do(
        self,
        job: Job,
        paths: Mapping[str, str],
        *,
        told: Callable[[Message], None],
        stopped: Callable[[], bool],
    ) -> bool:
        """Have the job done; `told` hears what the process says of it. Whether it was done: not where `stopped` came
        true before. Raises Died, Failed, and what the two raise."""
        ended = False
        try:
            ended = self._watched(self._started(job, paths), told, stopped)
        except (Died, Failed):
            raise
        except BaseException:
            self._kill()
            raise
        finally:
            self._rested = time.monotonic()
        return ended

    def rest(self, seconds: float) -> None:
        """Let the process go where it has had nothing to do for so long."""
        if self._child is not None and time.monotonic() - self._rested > seconds:
            self.close()

    def close(self) -> None:
        """Let the process go, which is at no job."""
        if self._child is not None:
            self._child.close()
            self._child = None

    def _started(self, job: Job, paths: Mapping[str, str]) -> Child:
        if self._child is None:
            try:
                self._child, self._ready = Child(self._settings), False
            except OSError as error:
                raise Failed(problems.STORE_DOWN, f"no process can be started: {error.strerror}") from error
        self._child.send(
            {
                "job": job.id,
                "paths": dict(paths),
                "format": job.format,
                "access": rows.listed(job.access),
                "writer": rows.signed(job.writer),
            }
        )
        return self._child

    def _watched(self, child: Child, told: Callable[[Message], None], stopped: Callable[[], bool]) -> bool:
        heard = looked = time.monotonic()
        leave: float | None = None
        waits = False
        budget = job_budget(self._settings.job_memory)
        while True:
            try:
                message = child.receive(_TICK_SECONDS)
            except Ended as error:
                self._kill()
                if leave is not None:
                    return False
                if not self._ready:  # it has not seen the job yet
                    raise Failed(problems.STORE_DOWN, f"the process for jobs {error} at its start") from None
                raise Died(str(error)) from None
            now = time.monotonic()
            if message is not None:
                heard, waits = now, message["what"] == "waiting"
                match message["what"]:
                    case "ready":
                        self._ready = True
                    case "done" | "stopped":
                        return bool(message["what"] == "done")
                    case "failed":
                        raise Failed(problems.BY_SLUG[message["problem"]], message["why"])
                    case _:
                        told(message)
            if now - looked < _TICK_SECONDS:
                continue
            looked = now
            if leave is not None:
                if now > leave:
                    self._kill()
                    return False
            elif stopped():
                child.send({"stop": True})
                leave = now + PATIENCE
            elif not waits and now - heard > self._settings.job_stall:
                self._kill()
                raise Died(f"made no progress for {self._settings.job_stall:.0f} s")
            elif (memory := child.memory()) > budget:
                self._kill()
                raise Died(f"took {memory >> 20:,} MB of memory, more than {budget >> 20:,}")

    def _kill(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None
