"""Reading the graph the way both doors do: by id or name, with the names of what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import Ambiguous, NotFound
from api.schemas.graph import NeighboursOut, PathsOut
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


def neighbours(
    graph: GraphView, entity: Entity, *, predicates: Collection[str] | None, type: str | None, limit: int, offset: int
) -> NeighboursOut:
    """The relations of an entity, with what stands at their other ends."""
    relations = graph.neighbours(entity.id, predicates=predicates, type=type, limit=limit, offset=offset)
    ends = {end for relation in relations for end in (relation.subject, relation.object)}
    return NeighboursOut.of(entity, relations, graph.entities(ends))


def paths(graph: GraphView, start: Entity, end: Entity, *, max_hops: int, limit: int) -> PathsOut:
    """The shortest paths between two entities, with the names on the way."""
    shortest = graph.paths(start.id, end.id, max_hops=max_hops, limit=limit)
    return PathsOut.of(shortest, graph.entities({id for path in shortest for id in path.nodes}))
