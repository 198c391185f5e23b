"""How things stand: jobs, failures, parts, problems."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from api.callers.model import Scope

PartState = Literal["ok", "off", "opening", "exposed", "missing", "unreachable"]


class MeOut(BaseModel):
    name: str = Field(description="What the trail calls the key; `local` where the server has no keys.")
    owner: str = Field(description="Whose the documents are that it sends in.")
    labels: list[str] = Field(description="Its own access labels and those granted to its owner.")
    scopes: list[Scope] = Field(description="What it may do, what that implies among it.")
    expires: date | None = Field(description="The last day on which it is good.")


class FailureOut(BaseModel):
    file: str
    record: str
    reason: str


class JobOut(BaseModel):
    id: str
    state: Literal["queued", "waiting", "running", "done", "failed", "cancelled"] = Field(
        description="`waiting`: another ingestion holds the home. `failed`: see `problem`."
    )
    created: str
    started: str | None
    finished: str | None
    attempts: int = Field(description="More than one where it was broken off: by a restart, or to let others in.")
    deaths: int = Field(description="How often what read it was killed or stood still; after three times it fails.")
    files: list[str]
    read: int
    added: int
    updated: int
    unchanged: int = Field(description="Includes what an earlier attempt of this job had written.")
    outdated: int = Field(description="Of the unchanged, older versions of documents whose newer version was kept.")
    deleted: int
    failures: int = Field(description="How many records failed.")
    failed: list[FailureOut] = Field(description="The first thousand of them.")
    documents: list[str] = Field(description="The ids of the documents written, the first thousand of them.")
    labels: list[str] = Field(description="The labels of patients that it brought: your key holds them from now on.")
    problem: str | None = Field(description="The type of the error that ended the job.")


class JobsOut(BaseModel):
    jobs: list[JobOut] = Field(description="The latest first.")
    total: int
    cursor: str | None = Field(default=None, description="For the next page; null behind the last.")


class CheckOut(BaseModel):
    part: str
    state: PartState
    detail: str


class JoinedOut(BaseModel):
    predicate: str = Field(examples=["takes"])
    joined: int = Field(description="How many different things joined the graph.")
    missing: dict[str, str] = Field(description="By its code, the name of each thing that did not.")


class ReadyOut(BaseModel):
    ready: bool
    parts: dict[str, PartState] = Field(
        description="`opening`: since the server was started; questions that need the part wait for it."
    )


class WrongOut(BaseModel):
    where: str = Field(examples=["body.question"])
    what: str = Field(examples=["Field required"])


class ProblemOut(BaseModel):
    """RFC 9457. Holds nothing of the request but the name of a field that is not known."""

    type: str = Field(examples=["urn:medgraph:problem:unknown-entity"])
    title: str = Field(examples=["Unknown entity"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No entity of this id that you may see."])
    errors: list[WrongOut] | None = None
