"""Shortest paths in the SQLite store: search from both ends, in Python, over the indexed relations.

A recursive query in SQL walks every chain; here each node is expanded once. For one length after the other, the layers
in which a node of a path of that length can stand are found from both ends (always expanding the smaller front), cut
down to what reaches the other side, and walked in the order of the ids until enough paths are found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice

from graph.sqlite.rows import listed

ADJACENT = """
SELECT r.subject, r.object FROM json_each(:keys) ids CROSS JOIN relation r ON r.subject = ids.value
WHERE r.affirmed > 0 AND (:groups IS NULL OR r.access IN (SELECT value FROM json_each(:groups)))
UNION ALL
SELECT r.object, r.subject FROM json_each(:keys) ids CROSS JOIN relation r ON r.object = ids.value
WHERE r.affirmed > 0 AND (:groups IS NULL OR r.access IN (SELECT value FROM json_each(:groups)))
"""
CLOSED = """
SELECT key FROM entity WHERE (type = 'Patient' OR type IS NULL) AND key IN (SELECT value FROM json_each(?))
"""
"""Nodes that no path passes: patients, and what no source declares any more."""
IDS = "SELECT key, id FROM entity WHERE key IN (SELECT value FROM json_each(?))"

Layers = list[set[int]]


class Search:
    """One search for paths between two entities, in one read transaction."""

    def __init__(self, connection: sqlite3.Connection, groups: str | None) -> None:
        self._connection = connection
        self._groups = groups
        self._near: dict[int, set[int]] = {}

    def shortest(self, start: int, end: int, *, max_hops: int, limit: int) -> list[tuple[str, ...]]:
        """The node ids of up to `limit` paths without a repeated node, shortest first, then by the ids."""
        if start == end:
            return [(self._ids({start})[start],)] if max_hops >= 0 and limit > 0 else []
        found: list[tuple[str, ...]] = []
        ahead: Layers = [{start}]
        behind: Layers = [{end}]
        for length in range(1, max_hops + 1):
            if len(found) >= limit:
                break
            if len(ahead) + len(behind) - 1 < length:
                side = ahead if len(ahead[-1]) <= len(behind[-1]) else behind
                side.append(self._beside(side[-1], start, end))
                if not side[-1]:
                    break
            found += islice(self._walks(self._layers(ahead, behind)), limit - len(found))
        return found

    def _beside(self, front: set[int], start: int, end: int) -> set[int]:
        """The nodes next to a front that may stand inside a path."""
        self._expand(front)
        beside = set().union(*(self._near[key] for key in front)) - {start, end}
        return beside.difference(key for (key,) in self._connection.execute(CLOSED, (listed(beside),)))

    def _expand(self, keys: set[int]) -> None:
        new = keys - self._near.keys()
        if new:
            self._near.update((key, set()) for key in new)
            for key, other in self._connection.execute(ADJACENT, {"keys": listed(new), "groups": self._groups}):
                self._near[key].add(other)

    def _layers(self, ahead: Layers, behind: Layers) -> Layers:
        """For walks along `ahead`, one step across, and back along `behind`: the nodes at each place of such a walk.

        Of two layers side by side at least one is expanded, and that is enough, for steps go both ways.
        """
        left, right = ahead[-1], behind[-1]
        small, large = (left, right) if len(left) <= len(right) else (right, left)
        self._expand(small)
        small = {key for key in small if not self._near[key].isdisjoint(large)}
        large = large.intersection(set().union(*(self._near[key] for key in small)))
        left, right = (small, large) if len(left) <= len(right) else (large, small)
        return [*reversed(self._reaching(ahead, left)), *self._reaching(behind, right)]

    def _reaching(self, side: Layers, seam: set[int]) -> Layers:
        """The layers of one side from the seam to its end, cut down to what reaches the seam."""
        kept = [seam]
        for layer in reversed(side[:-1]):
            kept.append({key for key in layer if not self._near[key].isdisjoint(kept[-1])})
        return kept

    def _walks(self, layers: Layers) -> Iterator[tuple[str, ...]]:
        """Every walk through the layers without a repeated node, in the order of the ids."""
        if not all(layers):
            return
        ids = self._ids(set().union(*layers))
        near = self._near

        def onward(trail: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            if len(trail) == len(layers):
                yield trail
                return
            here, layer = trail[-1], layers[len(trail)]
            beyond = near[here] & layer if here in near else {key for key in layer if here in near[key]}
            for key in sorted(beyond.difference(trail), key=ids.__getitem__):
                yield from onward((*trail, key))

        for first in layers[0]:
            for trail in onward((first,)):
                yield tuple(ids[key] for key in trail)

    def _ids(self, keys: set[int]) -> dict[int, str]:
        return dict(self._connection.execute(IDS, (listed(keys),)))
