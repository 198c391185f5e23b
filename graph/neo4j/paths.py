"""Shortest paths in Neo4j: the server steps, and what it found is walked here.

`allShortestPaths` gives all paths of one length, thousands between well-known entities, and none that is longer; but
wanted are the first few by length and then by the ids, without passing through a patient. So for one length after
the other the fronts are widened from both ends, the smaller first, and the layers between them are walked in the
order of the ids until enough paths are found. Each node is expanded once, a whole front in one query. One
`shortestPath` before, searched within the server, ends the work early where the two are not connected, and says
which lengths need no look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice

Near = Callable[[Collection[str]], dict[str, set[str]]]
"""The neighbours of each of these ids."""
Layers = list[set[str]]


class Search:
    """One search. `patients` says which of some ids are patients: they only end a path."""

    def __init__(self, near: Near, patients: Callable[[Collection[str]], set[str]]) -> None:
        self._look = near
        self._patients = patients
        self._near: dict[str, set[str]] = {}

    def shortest(self, start: str, end: str, lengths: range, limit: int) -> list[tuple[str, ...]]:
        """Up to `limit` paths of these lengths without a repeated node, shortest first, then by their ids."""
        found: list[tuple[str, ...]] = []
        ahead: Layers = [{start}]
        behind: Layers = [{end}]
        for length in range(1, lengths.stop):
            if len(found) >= limit:
                break
            if len(ahead) + len(behind) - 1 < length:
                side = ahead if len(ahead[-1]) <= len(behind[-1]) else behind
                beside = set().union(*self._around(side[-1]).values()) - {start, end}
                side.append(beside - self._patients(beside))
                if not side[-1]:
                    break
            if length >= lengths.start:
                found += islice(self._walks(self._layers(ahead, behind)), limit - len(found))
        return found

    def _around(self, ids: Collection[str]) -> dict[str, set[str]]:
        new = [id for id in ids if id not in self._near]
        if new:
            known = self._look(new)
            self._near.update((id, known.get(id, set())) for id in new)
        return {id: self._near[id] for id in ids}

    def _layers(self, ahead: Layers, behind: Layers) -> Layers:
        """The nodes at each place of a walk along `ahead`, one step across, and back along `behind`.

        Steps go both ways, so expanding the smaller of the two layers at the seam shows the edges between them.
        """
        turned = len(ahead[-1]) > len(behind[-1])
        small, large = (behind[-1], ahead[-1]) if turned else (ahead[-1], behind[-1])
        small = {id for id, near in self._around(small).items() if not near.isdisjoint(large)}
        large = large & set().union(*(self._near[id] for id in small))
        left, right = (large, small) if turned else (small, large)
        return [*reversed(self._reaching(ahead, left)), *self._reaching(behind, right)]

    def _reaching(self, side: Layers, seam: set[str]) -> Layers:
        kept = [seam]
        for layer in reversed(side[:-1]):
            kept.append({id for id in layer if not self._near[id].isdisjoint(kept[-1])})
        return kept

    def _walks(self, layers: Layers) -> Iterator[tuple[str, ...]]:
        """Every walk through the layers without a repeated node, in the order of the ids."""

        def onward(trail: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
            if len(trail) == len(layers):
                yield trail
                return
            here, layer = trail[-1], layers[len(trail)]
            near = self._near.get(here)
            beyond = layer & near if near is not None else {id for id in layer if here in self._near.get(id, ())}
            for id in sorted(beyond.difference(trail)):
                yield from onward((*trail, id))

        for id in sorted(layers[0]):
            yield from onward((id,))
