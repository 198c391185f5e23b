"""The nearest diseases that can be ranked for, of one that cannot: what it is a kind of, else kinds of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.view import GraphView

STEPS = 3
"""So many steps to a disease of the same kind, at most: further off it says little."""


def kin(view: GraphView, ids: Iterable[str], ranked: Mapping[str, int]) -> tuple[str, ...]:
    """The ids, of those `ranked`, that the fewest steps up the kinds of disease lead to; without any, that the fewest
    steps down do. Raises what the graph raises."""
    own = set(ids)
    for upwards in (True, False):
        seen, new = set(own), set(own)
        for _ in range(STEPS):
            new = _next(view, new, upwards=upwards) - seen
            if not new:
                break
            if reached := new & ranked.keys():
                return tuple(sorted(reached))
            seen |= new
    return ()


def _next(view: GraphView, ids: set[str], *, upwards: bool) -> set[str]:
    if upwards:
        return {row.object for row in view.relations(subjects=ids, predicates=["subclass_of"]) if row.affirmed}
    return {row.subject for row in view.relations(objects=ids, predicates=["subclass_of"]) if row.affirmed}
