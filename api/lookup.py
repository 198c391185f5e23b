"""Reading the graph the way both doors do: by id or name, with the names of what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import Ambiguous, NotFound
from api.paging import following, offset_of
from api.schemas.graph import NeighboursOut
from graph.schema import CURIE
from text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.model import Entity
    from graph.view import GraphView


def entity_of(graph: GraphView, text: str) -> Entity:
    """The entity of this id or of exactly this name. Raises UnknownEntity, NotFound, Ambiguous."""
    if CURIE.fullmatch(text):
        return graph.entity(text)
    bearing = graph.named([normalise(text)]).get(normalise(text), [])
    if len(bearing) == 1:
        return bearing[0]
    if bearing:
        bearers = ", ".join(f"{entity.id} ({entity.type} {entity.name})" for entity in bearing)
        raise Ambiguous(f"{text!r} names several entities, give the id: {bearers}")
    near = [f"{match.entity.id} ({match.entity.name})" for match in graph.find_entities(text, limit=3)]
    raise NotFound(f"no entity is named {text!r}" + (f"; near: {', '.join(near)}" if near else ""))


def bearers(graph: GraphView, text: str) -> list[Entity]:
    """Every entity that may be meant: that of an id, or all of exactly this name. Raises UnknownEntity, NotFound."""
    if CURIE.fullmatch(text):
        return [graph.entity(text)]
    return graph.named([normalise(text)]).get(normalise(text), []) or [entity_of(graph, text)]


def neighbours(
    graph: GraphView,
    entity: Entity,
    *,
    predicates: Collection[str] | None,
    type: str | None,
    limit: int,
    offset: int = 0,
    cursor: str | None = None,
) -> NeighboursOut:
    """The relations of an entity, with what stands at their other ends. Raises BadCursor; a cursor goes before an
    offset."""
    of = ("neighbours", entity.id, sorted(predicates or ()), type)
    start = offset if cursor is None else offset_of(cursor, *of)
    relations = graph.neighbours(entity.id, predicates=predicates, type=type, limit=limit, offset=start)
    total = graph.count_neighbours(entity.id, predicates=predicates, type=type)
    ends = {end for relation in relations for end in (relation.subject, relation.object)}
    behind = following(start, len(relations), total, *of)
    return NeighboursOut.of(entity, relations, graph.entities(ends), total=total, cursor=behind)
