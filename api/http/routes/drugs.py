"""POST /v1/drugs/check: drugs checked together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body, HTTPException

from api import drugs
from api.http.access import Reader, held
from api.http.dependencies import OpenParts
from api.http.visit import Recorded
from api.patients import must_be_there
from api.schemas.drugs import CheckBody, CheckOut
from api.schemas.state import FailureOut
from graph.licences import readable
from qa.drugs.check import MOST
from qa.drugs.person import Person

router = APIRouter(tags=["drugs"], route_class=Recorded)


@router.post("/v1/drugs/check", summary="Check drugs together: every pair, duplicates, what speaks against one")
def check(parts: OpenParts, reader: Reader, asked: Annotated[CheckBody, Body()]) -> CheckOut:
    """Every pair is there, found or not: what no source states is no proof of safety. What follows from classes and
    enzymes is marked as derived. A name that no drug bears is in `unknown`, and was not checked."""
    labels = readable(held(asked.access, reader), open_only=asked.licence == "open")
    person = Person(
        conditions=tuple(asked.conditions),
        allergies=tuple(asked.allergies),
        age=asked.age,
        pregnant=asked.pregnant,
        lactating=asked.lactating,
        egfr=asked.egfr,
        liver=asked.liver,
        genotypes=asked.genotypes,
    )
    request = drugs.Request(tuple(asked.drugs), person, labels, asked.language)
    failed: Sequence[FailureOut] = ()
    if asked.patient is not None:
        must_be_there(parts.graph(), asked.patient, reader)
        request = request.joined(drugs.of_patient(parts, asked.patient, labels))
    if asked.bundle is not None:
        record, failed = drugs.of_resource(parts, asked.bundle, labels)
        request = request.joined(record)
    if len(request.drugs) > MOST:
        raise HTTPException(413)  # with what the record adds
    return drugs.check(parts, request, failed)
