"""POST /v1/documents and DELETE /v1/documents/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Response, UploadFile

from api import work
from api.errors import NotFound
from api.http.access import Reader, held
from api.http.dependencies import OpenJobs, OpenParts
from api.http.routes.jobs import body
from api.schemas.state import JobOut
from api.settings import Label
from ingest.errors import UnreadableSource
from ingest.sources.detect import DOCUMENT_FORMATS

router = APIRouter(tags=["documents"])

DELETE_SECONDS = 3.0
"""How long a deletion waits for an ingestion to end before the client is told to come back."""


@router.post("/v1/documents", status_code=202, summary="Upload documents")
def upload(
    parts: OpenParts,
    jobs: OpenJobs,
    reader: Reader,
    response: Response,
    files: Annotated[list[UploadFile], File(description="One or more files; gzip is unpacked.")],
    format: Annotated[str | None, Form(description="Told by content where not given.", examples=["jsonl"])] = None,
    access: Annotated[
        list[Label] | None,
        Form(description="Labels, of those your key holds, for documents that carry none.", examples=[["public"]]),
    ] = None,
) -> JobOut:
    """Keep the files and read them in the background. `Location` is the job; ask it how far it is."""
    if format is not None and format not in DOCUMENT_FORMATS:
        raise UnreadableSource("unknown format of documents")
    # What a key that does not hold `public` sends in is not made public by leaving the labels out.
    labels = held(access, reader) if access or "public" not in reader else None
    job = jobs.add(
        [(file.filename or "", file.file) for file in files],
        format=format,
        access=labels,
        writer=reader if parts.settings.keys else None,
    )
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return body(job)


@router.delete("/v1/documents/{id:path}", status_code=204, summary="Delete a document")
def delete(
    parts: OpenParts, reader: Reader, id: Annotated[str, Path(description="A CURIE.", examples=["PMID:12345"])]
) -> None:
    """Remove a document with its passages, vectors and mentions, its assertions, and what only it supported."""
    if work.delete(parts, [id], reader=reader, seconds=DELETE_SECONDS).missing:
        raise NotFound("no such document that this key may see")
