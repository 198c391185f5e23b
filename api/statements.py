"""Statements the way both doors read them: relations, the assertions behind them, one assertion by its public id."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from api.audit.visit import noted
from api.errors import NotFound
from api.lookup import Found, bearers
from api.paging import following, offset_of
from api.schemas.graph import node, nodes
from api.schemas.statements import BehindOut, EdgeOut, EdgesOut, StatementOut, StatementsOut, WhyOut
from graph.schema import PREDICATES
from qa.evidence.statement import about
from qa.evidence.strength import weakness

if TYPE_CHECKING:
    from graph.model import Assertion, Entity, Relation, Source
    from graph.view import GraphView

READ = 2_000
"""Statements read behind one relation at most, so that the strongest can be told: about a second on a server."""
SYMMETRIC = tuple(name for name, predicate in PREDICATES.items() if predicate.symmetric)
"""What holds either way: which end is stored as subject tells nothing."""
_HASH = re.compile("[0-9a-f]{32}")


@noted
def statement(graph: GraphView, id: str) -> StatementOut:
    """The assertion of a public id. Raises NotFound.

    An id outlives a mapping that has merged its subject or object: the ids in it are then mapped ones.
    """
    try:
        parts = base64.urlsafe_b64decode(id + "=" * (-len(id) % 4)).decode().split("\n")
    except ValueError:
        parts = []
    if len(parts) != 4 or parts[1] not in PREDICATES or not _HASH.fullmatch(parts[3]):
        raise NotFound("no such assertion")
    subject, predicate, object, hash = parts
    # The ends of a symmetric predicate may have changed places where a mapping renamed one of them.
    for one, other in ((subject, object), (object, subject))[: 1 + PREDICATES[predicate].symmetric]:
        offset = 0
        while page := graph.assertions(subject=one, predicate=predicate, object=other, limit=READ, offset=offset):
            if same := [row for row in page if row.id == hash]:
                return _told(graph, same[:1])[0]
            offset += len(page)
    raise NotFound("no such assertion")


@noted
def statements(
    graph: GraphView,
    *,
    subject: Found | None,
    predicate: str | None,
    object: Found | None,
    source: str | None,
    limit: int,
    cursor: str | None,
) -> StatementsOut:
    """The assertions that match all that is given, the most confident first: curated ones have a confidence of 1. What
    holds either way, such as an interaction, is of its subject as of its object. Raises BadCursor.
    """
    ends = subject.entity.id if subject else None, object.entity.id if object else None
    of = ("assertions", ends, predicate, source)
    offset = offset_of(cursor, *of)
    ways: list[_Way] = [(ends[0], predicate, ends[1])]
    if ends[0] != ends[1]:
        ways += [(ends[1], name, ends[0]) for name in SYMMETRIC if predicate in (None, name)]
    total = sum(_counted(graph, way, source) for way in ways)
    if len(ways) == 1:
        rows = _stated(graph, ways[0], source, limit, offset)
    else:
        # What is stated of one thing and itself is found either way.
        if None in ends:
            end = ends[0] or ends[1]
            total -= sum(_counted(graph, (end, name, end), source) for _, name, _ in ways[1:])
        every = {row.id: row for way in ways for row in _stated(graph, way, source, offset + limit)}
        rows = sorted(every.values(), key=lambda row: (-row.confidence, row.id))[offset : offset + limit]
    return StatementsOut(
        statements=_told(graph, rows),
        total=total,
        cursor=following(offset, len(rows), total, *of),
        also=nodes(other for end in (subject, object) if end for other in end.others),
    )


_Way = tuple[str | None, str | None, str | None]


def _counted(graph: GraphView, way: _Way, source: str | None) -> int:
    subject, predicate, object = way
    return graph.count_assertions(subject=subject, predicate=predicate, object=object, source=source)


def _stated(graph: GraphView, way: _Way, source: str | None, limit: int, offset: int = 0) -> list[Assertion]:
    subject, predicate, object = way
    return graph.assertions(
        subject=subject, predicate=predicate, object=object, source=source, limit=limit, offset=offset
    )


@noted
def relations(
    graph: GraphView,
    *,
    subjects: Sequence[Entity] | None,
    predicates: Collection[str] | None,
    objects: Sequence[Entity] | None,
    limit: int,
    cursor: str | None,
) -> EdgesOut:
    """Relations from any of these to any of those, None being any entity; what holds either way is of its subject as
    of its object. Raises BadCursor."""
    starts, ends = (None if some is None else [entity.id for entity in some] for some in (subjects, objects))
    of = ("relations", starts, ends, sorted(predicates or ()))
    offset = offset_of(cursor, *of)
    either = [name for name in SYMMETRIC if not predicates or name in predicates]
    ways = [(starts, ends, predicates)] + ([(ends, starts, either)] if either else [])
    every = {
        (row.subject, row.predicate, row.object): row
        for one, other, names in ways
        for row in graph.relations(subjects=one, objects=other, predicates=names, limit=offset + limit)
    }
    rows = sorted(every.values(), key=_best_first)[offset : offset + limit]
    total = sum(graph.count_relations(subjects=one, objects=other, predicates=names) for one, other, names in ways)
    both = starts if ends is None else ends if starts is None else [id for id in starts if id in ends]
    if both and either:  # found either way
        total -= graph.count_relations(subjects=both, objects=both, predicates=either)
    return EdgesOut(relations=_named(graph, rows), total=total, cursor=following(offset, len(rows), total, *of))


def _best_first(edge: Relation) -> tuple[object, ...]:
    return -edge.sources, -edge.confidence, -edge.affirmed, edge.subject, edge.predicate, edge.object


@noted
def why(graph: GraphView, one: str, other: str, *, predicates: Collection[str] | None, limit: int) -> WhyOut:
    """What is stated between two entities, given by id or name, in either direction: for and against, the strongest
    first, at most `limit` statements of a relation. A name that several bear means each of them.

    Raises UnknownEntity, NotFound.
    """
    first, second = bearers(graph, one), bearers(graph, other)
    starts, ends = [entity.id for entity in first], [entity.id for entity in second]
    edges = graph.relations(subjects=starts, objects=ends, predicates=predicates)
    edges += [
        edge for edge in graph.relations(subjects=ends, objects=starts, predicates=predicates) if edge not in edges
    ]
    return WhyOut(
        subjects=[node(entity.id, {entity.id: entity}) for entity in first],
        objects=[node(entity.id, {entity.id: entity}) for entity in second],
        relations=[behind(graph, edge, limit) for edge in sorted(edges, key=lambda edge: -edge.sources)],
    )


def behind(graph: GraphView, relation: Relation, limit: int) -> BehindOut:
    """The strongest statements for and against a relation, at most `limit` of each."""
    rows = graph.assertions(subject=relation.subject, predicate=relation.predicate, object=relation.object, limit=READ)
    sources = _sources(graph, rows)
    rows.sort(key=lambda row: weakness(row, sources.get(row.source)))
    sides = [[row for row in rows if row.polarity == side][:limit] for side in ("affirmed", "negated")]
    told = _told(graph, [row for side in sides for row in side])
    return BehindOut(
        relation=_named(graph, [relation])[0],
        affirmed=told[: len(sides[0])],
        negated=told[len(sides[0]) :],
        total=relation.affirmed + relation.negated,
    )


def strongest(graph: GraphView, relation: Relation) -> StatementOut:
    """The strongest statement for a relation that some statement speaks for."""
    return behind(graph, relation, 1).affirmed[0]


def _named(graph: GraphView, edges: Sequence[Relation]) -> list[EdgeOut]:
    entities = graph.entities({id for edge in edges for id in (edge.subject, edge.object)})
    return [EdgeOut.of_named(edge, entities) for edge in edges]


def _told(graph: GraphView, rows: Sequence[Assertion]) -> list[StatementOut]:
    entities = graph.entities({id for row in rows for id in about(row)})
    sources = _sources(graph, rows)
    return [StatementOut.of(row, sources.get(row.source), entities) for row in rows]


def _sources(graph: GraphView, rows: Iterable[Assertion]) -> dict[str, Source]:
    ids = dict.fromkeys(row.source for row in rows)
    return {id: source for id in ids if (source := graph.source(id)) is not None}
