"""Reading the graph the way both doors do: by id or name, with the names of what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import Ambiguous, NotFound
from api.schemas import NeighboursOut, PathsOut
from graph.schema import CURIE
from text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.model import Entity
    from graph.store import Access, GraphStore


def entity_of(graph: GraphStore, text: str, access: Access) -> Entity:
    """The entity of this id or of exactly this name. Raises UnknownEntity, NotFound, Ambiguous."""
    if CURIE.fullmatch(text):
        return graph.entity(text, access=access)
    bearing = graph.named([normalise(text)], access=access).get(normalise(text), [])
    if len(bearing) == 1:
        return bearing[0]
    if bearing:
        found = ", ".join(f"{entity.id} ({entity.type} {entity.name})" for entity in bearing)
        raise Ambiguous(f"{text!r} names several entities, give the id: {found}")
    near = [f"{match.entity.id} ({match.entity.name})" for match in graph.find_entities(text, limit=3, access=access)]
    raise NotFound(f"no entity is named {text!r}" + (f"; near: {', '.join(near)}" if near else ""))


def neighbours(
    graph: GraphStore,
    entity: Entity,
    *,
    predicates: Collection[str] | None,
    type: str | None,
    access: Access,
    limit: int,
    offset: int,
) -> NeighboursOut:
    """The relations of an entity, with what stands at their other ends."""
    found = graph.neighbours(entity.id, predicates=predicates, type=type, access=access, limit=limit, offset=offset)
    ends = {end for relation in found for end in (relation.subject, relation.object)}
    return NeighboursOut.of(entity, found, graph.entities(ends, access=access))


def paths(graph: GraphStore, start: Entity, end: Entity, *, max_hops: int, limit: int, access: Access) -> PathsOut:
    """The shortest paths between two entities, with the names on the way."""
    found = graph.paths(start.id, end.id, max_hops=max_hops, limit=limit, access=access)
    return PathsOut.of(found, graph.entities({id for path in found for id in path.nodes}, access=access))
