"""GET /v1/entities, /v1/entities/{id}, /v1/entities/{id}/neighbours and /v1/paths."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api import lookup
from api import paths as short
from api.audit.visit import seen
from api.http.access import Reader
from api.http.dependencies import OpenParts
from api.http.visit import Recorded
from api.schemas.graph import EntitiesOut, EntityPageOut, NeighboursOut
from api.schemas.statements import PathsOut
from graph.schema import check_predicate, check_type
from graph.view import GraphView

router = APIRouter(tags=["graph"], route_class=Recorded)

Id = Annotated[str, Path(description="A CURIE, which may hold ':' and '/', or a name.", examples=["HP:0001519"])]
Type = Annotated[str | None, Query(examples=["Disease"])]


@router.get("/v1/entities", summary="Find entities by name")
def find(
    parts: OpenParts,
    reader: Reader,
    name: Annotated[str, Query(min_length=1, max_length=1000, description="In any language.", examples=["糖尿病"])],
    type: Type = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> EntitiesOut:
    """Whole names first, then names that hold the words asked for."""
    if type is not None:
        check_type(type)
    return seen(EntitiesOut.of(GraphView(parts.graph(), reader).find_entities(name, type=type, limit=limit)))


# Before the route of the entity itself, whose id would swallow the rest of the path.
@router.get("/v1/entities/{id:path}/neighbours", summary="Relations of an entity")
def neighbours(
    parts: OpenParts,
    reader: Reader,
    id: Id,
    predicate: Annotated[list[str] | None, Query(examples=[["has_phenotype"]])] = None,
    type: Annotated[str | None, Query(description="Type of the entity at the other end.", examples=["Drug"])] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(description="The `cursor` of the page before.")] = None,
) -> NeighboursOut:
    """Those with the most sources first. `affirmed` and `negated` count the assertions for and against."""
    for name in predicate or ():
        check_predicate(name)
    if type is not None:
        check_type(type)
    graph = GraphView(parts.graph(), reader)
    return lookup.neighbours(
        graph, lookup.find(graph, id), predicates=predicate or None, type=type, limit=limit, cursor=cursor
    )


@router.get("/v1/entities/{id:path}", summary="One entity")
def entity(parts: OpenParts, reader: Reader, id: Id) -> EntityPageOut:
    """By its own id, by one that is mapped to it, or by a name: then the best that bears it, the others in `also`."""
    graph = GraphView(parts.graph(), reader)
    return lookup.page(graph, lookup.find(graph, id))


@router.get("/v1/paths", summary="Short paths between two entities, with a reason for each step")
def paths(
    parts: OpenParts,
    reader: Reader,
    start: Annotated[str, Query(alias="from", description="An id, or exactly a name.", examples=["HP:0001519"])],
    end: Annotated[str, Query(alias="to", description="An id, or exactly a name.", examples=["Myopia"])],
    predicate: Annotated[list[str] | None, Query(description="Follow only these relations.")] = None,
    not_predicate: Annotated[list[str] | None, Query(description="Do not follow these relations.")] = None,
    through: Annotated[list[str] | None, Query(description="Pass only entities of these types.")] = None,
    not_through: Annotated[
        list[str] | None, Query(description="Pass neither entities of these types nor these entities (id or name).")
    ] = None,
    max_hops: Annotated[int, Query(ge=1, le=8)] = 4,
    limit: Annotated[int, Query(ge=1, le=50)] = 5,
) -> PathsOut:
    """Those through little connected entities first, a longer path before a shorter one through hubs. Relations are
    followed in either direction. No path is an empty list."""
    way = short.Way(predicate or (), not_predicate or (), through or (), not_through or ())
    return short.paths(GraphView(parts.graph(), reader), start, end, way, max_hops=max_hops, limit=limit)
