"""GET /v1/jobs and /v1/jobs/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.errors import NotFound
from api.http.access import Reader
from api.http.dependencies import OpenJobs
from api.http.visit import Recorded
from api.jobs.table import Job
from api.paging import following, offset_of
from api.schemas.state import FailureOut, JobOut, JobsOut

router = APIRouter(tags=["documents"], route_class=Recorded)


@router.get("/v1/jobs", summary="Uploads and how far they are")
def every(
    jobs: OpenJobs,
    reader: Reader,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(description="The `cursor` of the page before.")] = None,
) -> JobsOut:
    """The latest first. Those of a key with labels that yours does not hold are neither shown nor counted."""
    offset = offset_of(cursor, "jobs")
    uploads = [upload for upload in jobs.every() if _shown(upload, reader)]
    page = uploads[offset : offset + limit]
    behind = following(offset, len(page), len(uploads), "jobs")
    return JobsOut(jobs=[body(upload) for upload in page], total=len(uploads), cursor=behind)


@router.get("/v1/jobs/{id}", summary="How far an upload is")
def job(
    jobs: OpenJobs,
    reader: Reader,
    id: Annotated[str, Path(examples=["0d3c1f6e8a5b4c7d9e2f1a0b3c4d5e6f"])],
) -> JobOut:
    """Every record that was read is accounted for: added, updated, unchanged, deleted or failed."""
    upload = jobs.get(id)
    if not _shown(upload, reader):
        raise NotFound("no such job")
    return body(upload)


def _shown(job: Job, reader: frozenset[str]) -> bool:
    return job.writer is None or job.writer.labels <= reader


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
        files=list(job.files),
        read=tally.read,
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged,
        outdated=tally.outdated,
        deleted=tally.deleted,
        failures=tally.failures,
        failed=[FailureOut(file=f.file, record=f.record, reason=f.reason) for f in tally.failed],
        problem=job.problem,
    )
