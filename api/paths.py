"""How two entities hang together, the way both doors read it: paths with the names and a reason for every step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.audit.visit import noted
from api.lookup import Found, find
from api.schemas.graph import node, nodes
from api.schemas.statements import EdgeOut, PathOut, PathsOut
from api.statements import strongest
from graph.schema import ENTITY_TYPES, PREDICATES, check_predicate, check_type

if TYPE_CHECKING:
    from graph.model import Path
    from graph.view import GraphView

PAIRS = 6
"""So many pairs of what two names may mean are tried at most."""


@dataclass(frozen=True, slots=True)
class Way:
    """What paths may follow and pass: predicates and types, all where none are named, less those that are left out.

    `without` names types, and entities by id or exact name.
    """

    predicates: Collection[str] = ()
    not_predicates: Collection[str] = ()
    through: Collection[str] = ()
    without: Collection[str] = ()


@noted
def paths(graph: GraphView, start: str, end: str, way: Way, *, max_hops: int, limit: int) -> PathsOut:
    """Paths between two entities, each given by id or exact name: the best that bears it, and where no path joins the
    best, the next.

    Raises SchemaViolation, UnknownEntity, NotFound.
    """
    types = {name for name in way.without if name in ENTITY_TYPES}
    ends = find(graph, start), find(graph, end)
    predicates = _left(
        [check_predicate(name) for name in way.predicates],
        [check_predicate(name) for name in way.not_predicates],
        PREDICATES,
    )
    passed = _left([check_type(name) for name in way.through], types, ENTITY_TYPES)
    avoiding = [find(graph, name).entity.id for name in way.without if name not in types]
    short: list[Path] = []
    for one, other in _pairs(*ends):
        short = graph.paths(
            one, other, max_hops=max_hops, limit=limit, predicates=predicates, types=passed, avoiding=avoiding
        )
        if short:
            break
    also = nodes(other for end in ends for other in end.others)
    return PathsOut(paths=[_told(graph, path) for path in short], also=also)


def _pairs(start: Found, end: Found) -> list[tuple[str, str]]:
    """The ids that the two names may mean, the best first; not one entity twice, but where that alone is meant."""
    starts, ends = ([meant.entity.id, *(other.id for other in meant.others)] for meant in (start, end))
    places = sorted((first + second, first, second) for first in range(len(starts)) for second in range(len(ends)))
    pairs = [(starts[first], ends[second]) for _, first, second in places]
    return [pair for pair in pairs[:PAIRS] if pair[0] != pair[1] or pair == pairs[0]]


def _left(wanted: Collection[str], without: Collection[str], every: Collection[str]) -> list[str] | None:
    """The names that remain; None where that is every one."""
    if not wanted and not without:
        return None
    return [name for name in wanted or every if name not in without]


def _told(graph: GraphView, path: Path) -> PathOut:
    entities = graph.entities(set(path.nodes))
    return PathOut(
        nodes=[node(id, entities) for id in path.nodes],
        relations=[EdgeOut.of_named(step, entities) for step in path.relations],
        reasons=[strongest(graph, step) for step in path.relations],
    )
