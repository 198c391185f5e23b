"""GET /v1/jobs, GET and DELETE /v1/jobs/{id}."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.callers.model import Caller
from api.errors import NotFound
from api.http.access import Reader
from api.http.dependencies import OpenJobs, OpenParts
from api.http.visit import Recorded, Visited
from api.jobs.rows import Job
from api.paging import following, offset_of
from api.schemas.state import FailureOut, JobOut, JobsOut
from api.wiring import Parts

router = APIRouter(tags=["documents"], route_class=Recorded)

Id = Annotated[str, Path(examples=["0d3c1f6e8a5b4c7d9e2f1a0b3c4d5e6f"])]


@router.get("/v1/jobs", summary="Uploads and how far they are")
def every(
    parts: OpenParts,
    jobs: OpenJobs,
    reader: Reader,
    visit: Visited,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(description="The `cursor` of the page before.")] = None,
) -> JobsOut:
    """The latest first. Those of another owner are neither shown nor counted; an administrator sees them as far as
    his labels reach."""
    offset = offset_of(cursor, "jobs")
    uploads = [upload for upload in jobs.every() if _shown(upload, visit.caller, reader)]
    page = _as_far_as(parts, uploads[offset : offset + limit], visit.caller, reader)
    behind = following(offset, len(page), len(uploads), "jobs")
    return JobsOut(jobs=[body(upload) for upload in page], total=len(uploads), cursor=behind)


@router.get("/v1/jobs/{id}", summary="How far an upload is")
def job(parts: OpenParts, jobs: OpenJobs, reader: Reader, visit: Visited, id: Id) -> JobOut:
    """Every record that was read is accounted for: added, updated, unchanged, deleted or failed."""
    upload = jobs.get(id)
    if not _shown(upload, visit.caller, reader):
        raise NotFound("no such job")
    (shown,) = _as_far_as(parts, [upload], visit.caller, reader)
    return body(shown)


@router.delete("/v1/jobs/{id}", status_code=204, summary="Cancel an upload, or forget one that has ended")
def cancel(jobs: OpenJobs, reader: Reader, visit: Visited, id: Id) -> None:
    """One that waits or runs is `cancelled`, and its files are removed; what was written until then stays, and the job
    tells it. One that has ended is forgotten, with the names of its files."""
    if not _shown(jobs.get(id), visit.caller, reader):
        raise NotFound("no such job")
    jobs.cancel(id)


def _shown(job: Job, caller: Caller, reader: frozenset[str]) -> bool:
    """Whether the job is the caller's, or an administrator's to see."""
    writer = caller.writer()
    if writer is not None and job.writer is not None and writer.owner == job.writer.owner:
        return True
    needed = frozenset() if job.writer is None else job.writer.labels
    return caller.may("admin") and needed.union(job.tally.labels) <= reader


def _as_far_as(parts: Parts, jobs: Sequence[Job], caller: Caller, reader: frozenset[str]) -> list[Job]:
    """The jobs as far as the labels of the key reach: an owner's keys may hold different ones."""
    if caller.writer() is None:
        return list(jobs)
    written = parts.passages().documents({id for job in jobs for id in job.tally.documents})
    seen = {id for id, info in written.items() if info.access & reader}
    return [_as_far(job, seen, reader) for job in jobs]


def _as_far(job: Job, seen: Collection[str], reader: frozenset[str]) -> Job:
    """One job with the documents seen alone; where its sender held more labels than the reader, without the names of
    its files and records, of which nobody knows how they are labelled."""
    tally = replace(
        job.tally,
        documents=tuple(id for id in job.tally.documents if id in seen),
        labels=tuple(label for label in job.tally.labels if label in reader),
    )
    if job.writer is None or job.writer.labels <= reader:
        return replace(job, tally=tally)
    failed = tuple(replace(one, file="", record="") for one in tally.failed)
    return replace(job, files=("",) * len(job.files), tally=replace(tally, failed=failed))


def body(job: Job) -> JobOut:
    """A job as a client sees it."""
    tally = job.tally
    return JobOut(
        id=job.id,
        state=job.state,
        created=job.created,
        started=job.started,
        finished=job.finished,
        attempts=job.attempts,
        deaths=job.deaths,
        files=list(job.files),
        read=tally.read,
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged,
        outdated=tally.outdated,
        deleted=tally.deleted,
        failures=tally.failures,
        failed=[FailureOut(file=f.file, record=f.record, reason=f.reason) for f in tally.failed],
        documents=list(tally.documents),
        labels=list(tally.labels),
        problem=job.problem,
    )
