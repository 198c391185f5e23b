"""What the trail tells of a job: who sent it, what it is about to write, and what it wrote."""

from __future__ import annotations

from api.audit.recorder import Recorder
from api.audit.visit import Visit
from api.callers.model import LOCAL, Caller
from api.jobs.rows import Job

COMMAND = "job"
_COUNTS = ("added", "updated", "deleted", "failures")


def begun(recorder: Recorder, job: Job) -> None:
    """Put down that a job is about to write. Raises what the trail raises: then it must not be done."""
    recorder.before(_visit(job), writes=True, command=COMMAND)


def ended(recorder: Recorder, job: Job) -> None:
    """Put down what a job has written, and how it stands now."""
    visit = _visit(job)
    visit.outcome = job.state
    visit.count({what: getattr(job.tally, what) for what in _COUNTS})
    visit.touch(job.tally.documents)
    visit.touch(job.tally.labels)
    recorder.after(visit, writes=True, command=COMMAND)


def _visit(job: Job) -> Visit:
    writer = job.writer
    sender = LOCAL if writer is None else Caller(writer.owner, writer.owner, writer.labels, frozenset())
    return Visit(job.id, sender, door="job")
