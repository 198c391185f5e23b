"""GET /v1/sources and /v1/stats."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api import reading
from api.http.access import Reader
from api.http.dependencies import OpenParts
from api.http.visit import Recorded, Visited
from api.schemas.documents import SourcesOut, StatsOut

router = APIRouter(tags=["documents"], route_class=Recorded)


@router.get("/v1/sources", summary="Data sets and documents that the graph rests on")
def sources(
    parts: OpenParts,
    reader: Reader,
    kind: Annotated[Literal["curated", "document"] | None, Query(description="Only these.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(description="The `cursor` of the page before.")] = None,
) -> SourcesOut:
    """By id, each with its version and licence. `total` counts what your key may see."""
    return reading.sources(parts, reader, kind=kind, limit=limit, cursor=cursor)


@router.get("/v1/stats", summary="How much is stored")
def stats(parts: OpenParts, reader: Reader, visit: Visited) -> StatsOut:
    """Documents, passages and sources that your key may see; with the scope `admin` also the counts of the whole graph,
    whatever is hidden from the key."""
    return reading.stats(parts, reader, whole=visit.caller.may("admin"))
