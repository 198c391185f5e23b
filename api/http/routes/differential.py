"""POST /v1/differential: the diseases that may explain a case; answers to what is asked next."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, HTTPException, Path

from api import cases as read
from api import differential
from api.http.access import Reader, held
from api.http.dependencies import OpenCases, OpenParts
from api.schemas.differential import AnswersBody, CaseBody, DifferentialOut
from graph.licences import readable
from qa.differential.case.understand import MOST
from qa.differential.model import Told

router = APIRouter(tags=["differential"])
Id = Annotated[str, Path(max_length=64, description="As /v1/differential gave it, for an hour.")]


@router.post("/v1/differential", summary="Rank the diseases that may explain findings, and what to find out next")
def rank(parts: OpenParts, cases: OpenCases, reader: Reader, asked: Annotated[CaseBody, Body()]) -> DifferentialOut:
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
    if asked.bundle is not None:
        told = read.joined(told, read.of_resource(asked.bundle))
    if asked.patient is not None:
        held([asked.patient], reader)
        told = read.joined(told, read.of_patient(parts, asked.patient, labels))
    try:
        ranked = differential.differential(parts, differential.Request(told, labels, asked.language, asked.limit))
    except ValueError:  # an age that the text tells, and that nobody has
        raise HTTPException(400) from None
    return _with_id(ranked, cases.keep(ranked, reader))


@router.post("/v1/differential/{id}/answers", summary="Answer what was asked: the ranking follows, with its changes")
def answer(
    parts: OpenParts, cases: OpenCases, reader: Reader, id: Id, asked: Annotated[AnswersBody, Body()]
) -> DifferentialOut:
    """What is answered takes the place of what was told of the same finding. The id stays."""
    before = cases.kept(id, reader)
    answers = differential.Answered(tuple(asked.present), tuple(asked.absent), tuple(asked.unknown))
    told = before.ranking.case
    if len(told.observed) + len(told.excluded) + len(answers.present) + len(answers.absent) > MOST:
        raise HTTPException(413)
    after = differential.answer(parts, before, answers)
    return _with_id(after, cases.keep(after, reader, id))


@router.get("/v1/differential/{id}", summary="A ranking of the last hour")
def show(cases: OpenCases, reader: Reader, id: Id) -> DifferentialOut:
    """As it was last answered."""
    return _with_id(cases.kept(id, reader), id)


def _with_id(ranked: differential.Ranked, id: str) -> DifferentialOut:
    return ranked.body.model_copy(update={"id": id})
