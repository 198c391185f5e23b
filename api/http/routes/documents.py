"""GET and POST /v1/documents, GET and DELETE /v1/documents/{id}."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Query, Response, UploadFile

from api import reading, work
from api.callers.given import Label
from api.callers.model import Caller
from api.errors import Forbidden, NotFound
from api.http.access import Reader, held
from api.http.dependencies import OpenJobs, OpenParts
from api.http.routes.jobs import body
from api.http.upload import UploadRoute
from api.http.visit import Visited
from api.schemas.documents import DocumentsOut, WholeDocumentOut
from api.schemas.state import JobOut
from api.wiring import Parts
from ingest.errors import UnreadableSource
from ingest.jobs.rights import own_id
from ingest.jobs.writing import Writer
from ingest.sources.detect import DOCUMENT_FORMATS
from ingest.sources.ids import identify
from retrieval.model import Listing

router = APIRouter(tags=["documents"], route_class=UploadRoute)

DELETE_SECONDS = 3.0
"""How long a deletion waits for an ingestion to end before the client is told to come back."""


Id = Annotated[str, Path(description="A CURIE; it may hold ':' and '/'.", examples=["PMID:12345"])]


@router.get("/v1/documents", summary="List documents")
def documents(
    parts: OpenParts,
    reader: Reader,
    title: Annotated[str, Query(max_length=1000, description="What stands in the title.")] = "",
    year_from: Annotated[int | None, Query(ge=0, le=9999, examples=[2010])] = None,
    year_to: Annotated[int | None, Query(ge=0, le=9999, examples=[2020])] = None,
    language: Annotated[list[str] | None, Query(description="ISO 639-1, such as en.")] = None,
    source: Annotated[list[str] | None, Query(description="Collection, such as pubmed.")] = None,
    retracted: Annotated[bool | None, Query(description="Only these, or only others.")] = None,
    access: Annotated[list[Label] | None, Query(description="Only these of the labels that your key holds.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(description="The `cursor` of the page before.")] = None,
) -> DocumentsOut:
    """Those of the latest year first, then by id. `total` counts what your key may see."""
    wanted = Listing(
        access=held(access, reader),
        year_from=year_from,
        year_to=year_to,
        languages=frozenset(language) if language else None,
        sources=frozenset(source) if source else None,
        retracted=retracted,
        title=title,
    )
    return reading.documents(parts, wanted, limit=limit, cursor=cursor)


@router.get("/v1/documents/{id:path}", summary="One document")
def document(parts: OpenParts, reader: Reader, visit: Visited, id: Id) -> WholeDocumentOut:
    """Its metadata, text, passages and what they mention. Offsets count code points of the text."""
    return reading.document(parts, _meant(parts, id, visit.caller, reader), reader)


@router.post("/v1/documents", status_code=202, summary="Upload documents")
def upload(
    jobs: OpenJobs,
    reader: Reader,
    visit: Visited,
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
        writer=visit.caller.writer(),
    )
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return body(job)


def _meant(parts: Parts, id: str, caller: Caller, reader: frozenset[str]) -> str:
    """The id of what the caller may have sent in under this one, where he sees nothing of it: see `Rights.id_of`."""
    writer, documents = caller.writer(), parts.passages()
    if writer is None or documents.document(id, access=reader) is not None:
        return id
    own = own_id(writer.owner, identify(id))
    return id if documents.document(own, access=reader) is None else own


@router.delete("/v1/documents/{id:path}", status_code=204, summary="Delete a document")
def delete(parts: OpenParts, reader: Reader, visit: Visited, id: Id) -> None:
    """Remove a document with its passages, vectors and mentions, its assertions, and what only it supported.

    A key removes what was sent in with a key of the same owner; one with the scope `admin` any that its labels show.
    """
    writer = visit.caller.writer() or Writer("", reader, admin=True)
    deleted = work.delete(parts, [_meant(parts, id, visit.caller, reader)], writer=writer, seconds=DELETE_SECONDS)
    if deleted.missing:
        raise NotFound("no such document that this key may see")
    if deleted.refused:
        raise Forbidden("another wrote the document")
