"""Circles in a hierarchy: terms each of which is said to be above the other, or above itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def circles(parents: Mapping[str, Collection[str]]) -> list[list[str]]:
    """The sets of ids that are all above one another, each sorted, by their first; an id that is its own parent is
    one alone. Linear.

    The strongly connected components of R. Tarjan, "Depth-first search and linear graph algorithms", 1972, without
    recursion.
    """
    rings: list[list[str]] = []
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    inside: set[str] = set()
    for start in parents:
        if start in order:
            continue
        trail = [(start, iter(parents[start]))]
        order[start] = low[start] = len(order)
        open_.append(start)
        inside.add(start)
        while trail:
            here, rest = trail[-1]
            for above in rest:
                if above not in order:
                    order[above] = low[above] = len(order)
                    open_.append(above)
                    inside.add(above)
                    trail.append((above, iter(parents.get(above, ()))))
                    break
                if above in inside:
                    low[here] = min(low[here], order[above])
            else:
                trail.pop()
                if trail:
                    low[trail[-1][0]] = min(low[trail[-1][0]], low[here])
                if low[here] == order[here]:
                    component = [open_.pop()]
                    while component[-1] != here:
                        component.append(open_.pop())
                    inside.difference_update(component)
                    if len(component) > 1 or here in parents.get(here, ()):
                        rings.append(sorted(component))
    return sorted(rings)
