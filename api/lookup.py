"""Reading the graph the way both doors do: by id or name, with the names of what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.audit.visit import noted
from api.errors import NotFound
from api.paging import following, offset_of
from api.schemas.graph import EntityOut, EntityPageOut, MergedOut, NeighboursOut, nodes
from graph.errors import UnknownEntity
from graph.namesakes import same_name_as
from graph.schema import CURIE
from ingest.sources.ids import curie
from text.names import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graph.model import Entity
    from graph.view import GraphView


@dataclass(frozen=True, slots=True)
class Found:
    """The entity of an id, or the best of a name; `others` bear that name, too, or go by a name of one that does."""

    entity: Entity
    others: tuple[Entity, ...] = ()


def find(graph: GraphView, text: str, *, type: str | None = None) -> Found:
    """The entity of this id, or what bears exactly this name: first what prefers it, then what more is known of.

    `type` is that of what bears the name. Raises UnknownEntity, and NotFound for a name that nothing bears.
    """
    if entity := of_id(graph, text):
        return Found(entity)
    norm = normalise(text)
    bearing = [entity for entity in graph.named([norm]).get(norm, []) if type in (None, entity.type)]
    if bearing:
        first, *others = _best_first(graph, norm, bearing)
        # Not every vocabulary has the Chinese name: what goes by a name of these in another language is meant, too.
        kin = same_name_as(graph, bearing) if type is None else {}
        every = {other.id: other for other in (*others, *(one for entity in bearing for one in kin.get(entity.id, ())))}
        return Found(first, tuple(other for id, other in every.items() if id != first.id))
    near = [f"{match.entity.id} ({match.entity.name})" for match in graph.find_entities(text, limit=3)]
    raise NotFound(f"no entity is named {text!r}" + (f"; near: {', '.join(near)}" if near else ""))


def of_id(graph: GraphView, text: str) -> Entity | None:
    """The entity of an id, also as others spell it: `hp:0001250`, `HP_0001250`, `http://purl.obolibrary.org/obo/…`.

    None for what is no id. Raises UnknownEntity for an id in the spelling of this graph.
    """
    written = bool(CURIE.fullmatch(text))
    for id in dict.fromkeys((text, curie(text))) if written else (curie(text),):
        try:
            if id:
                return graph.entity(id)
        except UnknownEntity:
            continue
    if written:
        raise UnknownEntity(text)
    return None


def _best_first(graph: GraphView, norm: str, bearing: Sequence[Entity]) -> list[Entity]:
    if len(bearing) == 1:
        return list(bearing)
    known = {entity.id: graph.count_neighbours(entity.id) for entity in bearing}
    return sorted(bearing, key=lambda e: (normalise(e.name) != norm, -known[e.id], e.id))


@noted
def page(graph: GraphView, found: Found) -> EntityPageOut:
    """All that is known of an entity itself: its names, what goes by its name, and what it was merged from."""
    kin = same_name_as(graph, [found.entity]).get(found.entity.id, [])
    merged = graph.of_seen(graph.merged(found.entity.id))
    return EntityPageOut(
        **EntityOut.of(found.entity).model_dump(),
        same_name_as=nodes(kin),
        merged_from=[MergedOut.model_validate(match, from_attributes=True) for match in merged],
        also=nodes(found.others),
    )


def bearers(graph: GraphView, text: str) -> list[Entity]:
    """Every entity that may be meant: that of an id, or all of exactly this name, with the diseases and phenotypes that
    go by a name of these. Raises UnknownEntity, NotFound."""
    found = find(graph, text)
    return [found.entity, *found.others]


@noted
def neighbours(
    graph: GraphView,
    found: Found,
    *,
    predicates: Collection[str] | None,
    type: str | None,
    limit: int,
    offset: int = 0,
    cursor: str | None = None,
) -> NeighboursOut:
    """The relations of an entity, with what stands at their other ends. Raises BadCursor; a cursor goes before an
    offset."""
    entity = found.entity
    of = ("neighbours", entity.id, sorted(predicates or ()), type)
    start = offset if cursor is None else offset_of(cursor, *of)
    relations = graph.neighbours(entity.id, predicates=predicates, type=type, limit=limit, offset=start)
    total = graph.count_neighbours(entity.id, predicates=predicates, type=type)
    ends = {end for relation in relations for end in (relation.subject, relation.object)}
    behind = following(start, len(relations), total, *of)
    near = NeighboursOut.of(entity, relations, graph.entities(ends), total=total, cursor=behind)
    return near.model_copy(update={"also": nodes(found.others)})
