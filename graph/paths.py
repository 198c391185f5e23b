"""Shortest paths, searched from both ends, over whatever says what lies beside a node.

A query that walks every chain would be slow, and one for the shortest path alone finds none that is longer; wanted are
the first few by length and then by the ids, without passing through a patient. So for one length after the other the
layers in which a node of a path of that length can stand are found from both ends (always expanding the smaller
front), cut down to what reaches the other side, and walked in the order of the ids until enough paths are there. Each
node is expanded once, and a whole front at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Generic, TypeVar

from graph.model import Path, Relation

N = TypeVar("N")
"""A node: the key or the id of an entity."""


class Search(Generic[N]):
    """One search for paths between two entities.

    `beside` gives the nodes next to each of some nodes, in either direction; `closed` those of some nodes that no path
    passes through; `ids` the id of each of some nodes, by which paths of equal length are ordered.
    """

    def __init__(
        self,
        beside: Callable[[Collection[N]], Mapping[N, set[N]]],
        closed: Callable[[Collection[N]], Collection[N]],
        ids: Callable[[Collection[N]], Mapping[N, str]],
    ) -> None:
        self._look, self._closed, self._ids = beside, closed, ids
        self._near: dict[N, set[N]] = {}

    def shortest(self, start: N, end: N, *, max_hops: int, limit: int, least: int = 1) -> list[tuple[str, ...]]:
        """The node ids of up to `limit` paths without a repeated node, shortest first, then by the ids.

        It is known that no path is shorter than `least`.
        """
        if start == end:
            return [(self._ids([start])[start],)] if max_hops >= 0 and limit > 0 else []
        trails: list[tuple[str, ...]] = []
        ahead, behind = [{start}], [{end}]
        for length in range(1, max_hops + 1):
            if len(trails) >= limit:
                break
            if len(ahead) + len(behind) - 1 < length:
                side = ahead if len(ahead[-1]) <= len(behind[-1]) else behind
                side.append(self._front(side[-1]) - {start, end})
                if not side[-1]:
                    break
            if length >= least:
                trails += islice(self._walks(self._layers(ahead, behind)), limit - len(trails))
        return trails

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

    def _walks(self, layers: Sequence[set[N]]) -> Iterator[tuple[str, ...]]:
        """Every walk through the layers without a repeated node, in the order of the ids."""
        if not all(layers):
            return
        ids = self._ids(set().union(*layers))
        near = self._near

        def onward(trail: tuple[N, ...]) -> Iterator[tuple[N, ...]]:
            if len(trail) == len(layers):
                yield trail
                return
            here, layer = trail[-1], layers[len(trail)]
            beyond = near[here] & layer if here in near else {node for node in layer if here in near[node]}
            for node in sorted(beyond.difference(trail), key=ids.__getitem__):
                yield from onward((*trail, node))

        for first in layers[0]:
            for trail in onward((first,)):
                yield tuple(ids[node] for node in trail)


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
