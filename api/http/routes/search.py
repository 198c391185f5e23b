"""GET /v1/search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.access import Reader, held
from api.http.dependencies import OpenParts
from api.lookup import all_ids
from api.schemas.search import HitsOut
from api.settings import Label
from graph.view import GraphView
from retrieval.model import Filter

router = APIRouter(tags=["search"])


@router.get("/v1/search", summary="Find passages by words and by meaning")
def search(
    parts: OpenParts,
    reader: Reader,
    q: Annotated[str, Query(min_length=1, max_length=4000, examples=["aortic root dilatation"])],
    k: Annotated[int, Query(ge=1, le=100, description="How many passages at most.")] = 10,
    year_from: Annotated[int | None, Query(ge=0, le=9999, examples=[2010])] = None,
    year_to: Annotated[int | None, Query(ge=0, le=9999, examples=[2020])] = None,
    language: Annotated[list[str] | None, Query(description="ISO 639-1, such as en.")] = None,
    source: Annotated[list[str] | None, Query(description="Collection, such as pubmed.")] = None,
    document: Annotated[list[str] | None, Query(description="Within these documents.")] = None,
    entity: Annotated[list[str] | None, Query(description="That mention one of these entities.")] = None,
    access: Annotated[list[Label] | None, Query(description="Only these of the labels that your key holds.")] = None,
    retracted: Annotated[bool, Query(description="Find retracted documents, too.")] = False,
) -> HitsOut:
    """Passages in the order of their fused score, each with where it stands and how its score came about."""
    wanted = Filter(
        access=held(access, reader),
        year_from=year_from,
        year_to=year_to,
        languages=_set(language),
        sources=_set(source),
        documents=_set(document),
        entities=all_ids(GraphView(parts.graph(), reader), entity) if entity else None,
        retracted=retracted,
    )
    return HitsOut.of(parts.searcher().search(q, filter=wanted, k=k))


def _set(values: list[str] | None) -> frozenset[str] | None:
    return frozenset(values) if values else None
