"""GET /v1/relations, /v1/assertions, /v1/assertions/{id} and /v1/why."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.exceptions import RequestValidationError

from api import statements
from api.http.access import Reader
from api.http.dependencies import OpenParts
from api.http.visit import Recorded
from api.lookup import bearers, find
from api.schemas.statements import EdgesOut, StatementOut, StatementsOut, WhyOut
from graph.schema import check_predicate
from graph.view import GraphView

router = APIRouter(tags=["graph"], route_class=Recorded)

Subject = Annotated[str | None, Query(description="An id, or exactly a name.", examples=["Marfan syndrome"])]
Object = Annotated[str | None, Query(description="An id, or exactly a name.", examples=["HP:0001083"])]
Id = Annotated[str, Path(max_length=4000, description="As lists and answers give it.", examples=["TUVTSDpEMDA4Njg3…"])]
Page = Annotated[str | None, Query(description="The `cursor` of the page before.")]


@router.get("/v1/relations", summary="Relations from, to or between entities")
def relations(
    parts: OpenParts,
    reader: Reader,
    subject: Subject = None,
    predicate: Annotated[list[str] | None, Query(examples=[["has_phenotype"]])] = None,
    object: Object = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Page = None,
) -> EdgesOut:
    """At least one of `subject` and `object` is needed. A name that several entities bear means each of them."""
    _one_of(subject, object)
    for name in predicate or ():
        check_predicate(name)
    graph = GraphView(parts.graph(), reader)
    return statements.relations(
        graph,
        subjects=None if subject is None else bearers(graph, subject),
        predicates=predicate or None,
        objects=None if object is None else bearers(graph, object),
        limit=limit,
        cursor=cursor,
    )


@router.get("/v1/assertions", summary="What sources state")
def assertions(
    parts: OpenParts,
    reader: Reader,
    subject: Subject = None,
    predicate: Annotated[str | None, Query(examples=["has_phenotype"])] = None,
    object: Object = None,
    source: Annotated[str | None, Query(description="A document or a data set.", examples=["PMID:12345"])] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Page = None,
) -> StatementsOut:
    """At least one of `subject`, `object` and `source` is needed. The most confident first. A name means the best that
    bears it; the others are in `also`."""
    _one_of(subject, object, source)
    if predicate is not None:
        check_predicate(predicate)
    graph = GraphView(parts.graph(), reader)
    return statements.statements(
        graph,
        subject=None if subject is None else find(graph, subject),
        predicate=predicate,
        object=None if object is None else find(graph, object),
        source=source,
        limit=limit,
        cursor=cursor,
    )


@router.get("/v1/assertions/{id}", summary="One statement by one source")
def assertion(parts: OpenParts, reader: Reader, id: Id) -> StatementOut:
    """With its words in both languages, its record or verbatim sentence, and where it comes from."""
    return statements.statement(GraphView(parts.graph(), reader), id)


@router.get("/v1/why", summary="What is stated between two entities, for and against")
def why(
    parts: OpenParts,
    reader: Reader,
    subject: Annotated[str, Query(description="An id, or exactly a name.", examples=["Metformin"])],
    object: Annotated[str, Query(description="An id, or exactly a name.", examples=["Lactic acidosis"])],
    predicate: Annotated[list[str] | None, Query(examples=[["causes"]])] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Statements for, and against, a relation.")] = 20,
) -> WhyOut:
    """The relations between them in either direction, each with its strongest statements."""
    for name in predicate or ():
        check_predicate(name)
    return statements.why(GraphView(parts.graph(), reader), subject, object, predicates=predicate or None, limit=limit)


def _one_of(*given: str | None) -> None:
    if all(word is None for word in given):
        raise RequestValidationError([{"loc": ("query",), "type": "missing", "msg": "Give one end at least"}])
