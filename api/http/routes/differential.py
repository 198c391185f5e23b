"""POST /v1/differential: the diseases that may explain a case; answers to what is asked next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Body, HTTPException, Path
from fastapi.exceptions import RequestValidationError

from api import cases as read
from api import differential
from api.http.access import Reader, held
from api.http.dependencies import OpenCases, OpenParts
from api.http.visit import Recorded, Visited
from api.patients import must_be_there
from api.schemas.differential import AnswersBody, CaseBody, DifferentialOut
from api.schemas.state import FailureOut
from graph.licences import readable
from qa.differential.case.understand import MOST
from qa.differential.model import Impossible, Told

router = APIRouter(tags=["differential"], route_class=Recorded)
Id = Annotated[
    str,
    Path(max_length=64, description="As /v1/differential gave it, for an hour.", examples=["oU3rbPZcTxUFFBIs0iTfBg"]),
]


@router.post("/v1/differential", summary="Rank the diseases that may explain findings, and what to find out next")
def rank(
    parts: OpenParts, cases: OpenCases, reader: Reader, visit: Visited, asked: Annotated[CaseBody, Body()]
) -> DifferentialOut:
    """Each candidate is there with what each finding says for it or against it and with the statements behind. What is
    not understood is in `unknown` and did not count; where the ranking means little, `thin` says why. The id is good
    for an hour, for the labels that it was ranked with, and in the process that ranked: nothing of a case is stored."""
    labels = readable(held(asked.access, reader), open_only=asked.licence == "open")
    told = Told(
        observed=tuple(asked.findings),
        excluded=tuple(asked.absent),
        text=asked.text,
        age=asked.age,
        onset=asked.onset,
        sex=asked.sex,
        duration=asked.duration,
        season=asked.season,
        region=asked.region,
        conditions=tuple(asked.conditions),
        drugs=tuple(asked.drugs),
        factors=tuple(asked.factors),
        papers=asked.papers,
    )
    if asked.phenopacket is not None:
        told = read.joined(told, read.of_packet(asked.phenopacket).told)
    failed: Sequence[FailureOut] = ()
    if asked.bundle is not None:
        record, failed = read.of_resource(asked.bundle)
        told = read.joined(told, record)
    if asked.patient is not None:
        must_be_there(parts.graph(), asked.patient, reader)
        told = read.joined(told, read.of_patient(parts, asked.patient, labels))
    request = differential.Request(told, labels, asked.language, asked.limit, failed)
    with _refused():  # what a record tells, such as an age that nobody has
        ranked = differential.differential(parts, request)
    return _with_id(ranked, cases.keep(ranked, reader, visit.caller.owner))


@router.post("/v1/differential/{id}/answers", summary="Answer what was asked: the ranking follows, with its changes")
def answer(
    parts: OpenParts, cases: OpenCases, reader: Reader, id: Id, asked: Annotated[AnswersBody, Body()]
) -> DifferentialOut:
    """What is answered takes the place of what was told of the same finding, and what cannot be told does not count. An
    answer that says two things of one finding is refused, and changes nothing. The id stays."""
    answers = differential.Answered(tuple(asked.present), tuple(asked.absent), tuple(asked.unknown))

    def more(before: differential.Ranked) -> differential.Ranked:
        told = before.ranking.case
        if len(told.observed) + len(told.excluded) + len(answers.present) + len(answers.absent) > MOST:
            raise HTTPException(413)
        return differential.answer(parts, before, answers)

    with _refused():
        return _with_id(cases.answered(id, reader, more), id)


@router.get("/v1/differential/{id}", summary="A ranking of the last hour")
def show(cases: OpenCases, reader: Reader, id: Id) -> DifferentialOut:
    """As it was last answered."""
    return _with_id(cases.kept(id, reader), id)


@contextmanager
def _refused() -> Iterator[None]:
    """A case that cannot be is told as what is wrong with the body."""
    try:
        yield
    except Impossible as error:
        raise RequestValidationError([{"type": "case", "loc": ("body",), "msg": str(error)}]) from None


def _with_id(ranked: differential.Ranked, id: str) -> DifferentialOut:
    return ranked.body.model_copy(update={"id": id})
