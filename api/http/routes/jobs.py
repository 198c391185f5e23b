"""GET /v1/jobs/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.errors import NotFound
from api.http.access import Reader
from api.http.dependencies import OpenJobs
from api.jobs.table import Job
from api.schemas.state import FailureOut, JobOut

router = APIRouter(tags=["documents"])


@router.get("/v1/jobs/{id}", summary="How far an upload is")
def job(
    jobs: OpenJobs,
    reader: Reader,
    id: Annotated[str, Path(examples=["0d3c1f6e8a5b4c7d9e2f1a0b3c4d5e6f"])],
) -> JobOut:
    """Every record that was read is accounted for: added, updated, unchanged, deleted or failed."""
    upload = jobs.get(id)
    if upload.writer is not None and not upload.writer <= reader:
        raise NotFound("no such job")
    return body(upload)


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
        failed=[FailureOut(file=f.file, record=f.record, reason=f.reason) for f in tally.failed],
        problem=job.problem,
    )
