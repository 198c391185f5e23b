"""GET /v1/repurpose: drugs and targets proposed for a disease."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api import repurposing
from api.http.access import Reader
from api.http.dependencies import OpenParts
from api.http.visit import Recorded
from api.schemas.repurposing import ProposalOut
from graph.licences import readable

router = APIRouter(tags=["drugs"], route_class=Recorded)


@router.get("/v1/repurpose", summary="Drugs or targets for a disease, by the paths that lead to it")
def repurpose(
    parts: OpenParts,
    reader: Reader,
    disease: Annotated[
        str, Query(min_length=1, max_length=1000, description="An id, or exactly a name.", examples=["DOID:2377"])
    ],
    sought: Annotated[Literal["drugs", "targets"], Query(description="What is to be ranked.")] = "drugs",
    new: Annotated[bool, Query(description="Leave out what curated sources state already.")] = False,
    licence: Annotated[Literal["open", "all"], Query(description="`all` also reads restricted sources.")] = "open",
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> ProposalOut:
    """Hypotheses for research, each with its probability, the paths that speak for it, what is known already, and the
    literature for and against. The first question after the graph has changed takes some seconds more."""
    labels = readable(reader, open_only=licence == "open")
    return repurposing.propose(parts, labels, disease, sought, limit=limit, new=new)
