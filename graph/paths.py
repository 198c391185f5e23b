"""Short paths that tell something, searched from both ends, over whatever says what lies beside a node.

A query that walks every chain would be slow, and one for the shortest path alone finds little but hubs: almost any two
diseases are inherited in one way. So paths of the shortest length and of one step more are compared by the degrees of
the nodes between their ends, as in the degree-weighted path count of Himmelstein and Baranzini (PLoS Comput Biol
2015;11:e1004259): a path through few, little connected nodes goes before a shorter one through hubs.

For one length after the other the layers in which a node of a path of that length can stand are found from both ends
(always expanding the smaller front), cut down to what reaches the other side, and walked best first until enough paths
are there. Each node is expanded once, and a whole front at once.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import Generic, TypeVar

from graph.model import Path, Relation
from storage import deadline

N = TypeVar("N")
"""A node: the key or the id of an entity."""

DAMPING = 800
"""By how much the logarithm of a degree counts, in thousandths: .4 for each of the two ends of steps at a node, the
exponent that predicted best in the paper above. Whole numbers add up alike in any order."""
MOST_COUNTED = 2_000
"""Beyond this degree a hub is a hub."""
CROWD = 5_000
"""Where so many nodes stand in a front and paths were found, none that is longer is looked for."""


def weight(degree: int) -> int:
    """What a node of this degree adds to the cost of the paths through it."""
    return round(DAMPING * log(min(max(degree, 1), MOST_COUNTED)))


class Search(Generic[N]):
    """One search for paths between two entities.

    `beside` gives the nodes next to each of some nodes, in either direction; `closed` those of some nodes that no path
    passes through; `ids` the id of each of some nodes, by which paths of equal cost are ordered; `degrees` how many
    relations each of some nodes has with others, which may stop counting at `MOST_COUNTED`.
    """

    def __init__(
        self,
        beside: Callable[[Collection[N]], Mapping[N, set[N]]],
        closed: Callable[[Collection[N]], Collection[N]],
        ids: Callable[[Collection[N]], Mapping[N, str]],
        degrees: Callable[[Collection[N]], Mapping[N, int]],
    ) -> None:
        self._look, self._closed, self._ids, self._degrees = beside, closed, ids, degrees
        self._near: dict[N, set[N]] = {}
        self._costs: dict[N, int] = {}

    def best(self, start: N, end: N, *, max_hops: int, limit: int, least: int = 1) -> list[tuple[str, ...]]:
        """The node ids of up to `limit` paths without a repeated node, by cost, then length, then the ids.

        Looked at are the paths of the shortest length, of one step more, and of further lengths until there are
        `limit`. It is known that no path is shorter than `least`.
        """
        if start == end:
            return [(self._ids([start])[start],)] if max_hops >= 0 and limit > 0 else []
        trails: list[tuple[int, int, tuple[str, ...]]] = []
        ahead, behind = [{start}], [{end}]
        for length in range(1, max_hops + 1):
            deadline.check()
            shortest = min((hops for _, hops, _ in trails), default=length)
            crowded = max(len(ahead[-1]), len(behind[-1])) > CROWD
            if limit <= 0 or (trails and (crowded or (len(trails) >= limit and length > shortest + 1))):
                break
            if len(ahead) + len(behind) - 1 < length:
                side = ahead if len(ahead[-1]) <= len(behind[-1]) else behind
                side.append(self._front(side[-1]) - {start, end})
                if not side[-1]:
                    break
            if length >= least:
                walks = self._walks(self._layers(ahead, behind), limit)
                trails += ((cost, length, trail) for cost, trail in walks)
        return [trail for _, _, trail in sorted(trails)[:limit]]

    def _front(self, nodes: set[N]) -> set[N]:
        """The nodes beside these that a path may pass."""
        self._expand(nodes)
        front: set[N] = set().union(*(self._near[node] for node in nodes))
        return front.difference(self._closed(front))

    def _expand(self, nodes: set[N]) -> None:
        new = nodes - self._near.keys()
        if new:
            beside = self._look(new)
            self._near.update((node, beside.get(node, set())) for node in new)

    def _layers(self, ahead: Sequence[set[N]], behind: Sequence[set[N]]) -> list[set[N]]:
        """For walks along `ahead`, one step across, and back along `behind`: the nodes at each place of such a walk.

        Of two layers side by side at least one is expanded, and that is enough, for steps go both ways.
        """
        turned = len(ahead[-1]) > len(behind[-1])
        small, large = (behind[-1], ahead[-1]) if turned else (ahead[-1], behind[-1])
        self._expand(small)
        small = {node for node in small if not self._near[node].isdisjoint(large)}
        large = large.intersection(set().union(*(self._near[node] for node in small)))
        left, right = (large, small) if turned else (small, large)
        return [*reversed(self._reaching(ahead, left)), *self._reaching(behind, right)]

    def _reaching(self, side: Sequence[set[N]], seam: set[N]) -> list[set[N]]:
        """The layers of one side from the seam to its end, cut down to what reaches the seam."""
        kept = [seam]
        for layer in reversed(side[:-1]):
            kept.append({node for node in layer if not self._near[node].isdisjoint(kept[-1])})
        return kept

    def _walks(self, layers: Sequence[set[N]], limit: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The first walks through the layers without a repeated node, each with its cost, by cost and then the ids.

        A search that knows what is left from each node to the end (A*, where the guess is exact): it looks at little
        but what it yields.
        """
        if not all(layers):
            return
        ids = self._ids(set().union(*layers))
        left = self._left(layers)
        waiting: list[tuple[int, tuple[str, ...], int, tuple[N, ...]]] = [
            (left[0][first], (ids[first],), 0, (first,)) for first in layers[0]
        ]
        heapq.heapify(waiting)
        while waiting and limit:
            deadline.check()
            total, names, spent, trail = heapq.heappop(waiting)
            place = len(trail)
            if place == len(layers):
                limit -= 1
                yield total, names
                continue
            spent += self._cost(trail[-1], layers, place - 1)
            for node in self._beyond(trail[-1], layers[place]).difference(trail):
                heapq.heappush(waiting, (spent + left[place][node], (*names, ids[node]), spent, (*trail, node)))

    def _left(self, layers: Sequence[set[N]]) -> list[dict[N, int]]:
        """What a walk from a node of each layer to the end costs at least, the node's own cost among it."""
        inner = set().union(*layers[1:-1]) - self._costs.keys()
        if inner:
            self._costs.update((node, weight(degree)) for node, degree in self._degrees(inner).items())
        left: list[dict[N, int]] = [dict.fromkeys(layers[-1], 0)]
        for place in range(len(layers) - 2, -1, -1):
            deadline.check()
            behind = left[-1]
            left.append(
                {
                    node: self._cost(node, layers, place)
                    + min(behind[next] for next in self._beyond(node, layers[place + 1]))
                    for node in layers[place]
                }
            )
        return left[::-1]

    def _cost(self, node: N, layers: Sequence[set[N]], place: int) -> int:
        return self._costs.get(node, 0) if 0 < place < len(layers) - 1 else 0

    def _beyond(self, node: N, layer: set[N]) -> set[N]:
        """The nodes of the next layer that lie beside this one."""
        near = self._near
        return near[node] & layer if node in near else {other for other in layer if node in near[other]}


def along(trails: Sequence[tuple[str, ...]], among: Callable[[Collection[str]], Iterable[Relation]]) -> list[Path]:
    """Each trail of ids with its relations: between two nodes side by side the first that says more than no.

    `among` gives the relations whose both ends are among some ids, in the order of `GraphStore.relations`.
    """
    wanted = {frozenset(pair) for trail in trails for pair in pairwise(trail)}
    steps: dict[frozenset[str], Relation] = {}
    if wanted:
        for relation in among({id for trail in trails for id in trail}):
            pair = frozenset((relation.subject, relation.object))
            if relation.affirmed and pair in wanted:
                steps.setdefault(pair, relation)
    return [Path(nodes=trail, relations=tuple(steps[frozenset(pair)] for pair in pairwise(trail))) for trail in trails]
