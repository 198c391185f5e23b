"""What a loading merged, what it refused to merge, and what waits when it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from heapq import nsmallest

from graph.store import GraphStore
from ingest.model import Merged

NAMED = 10
"""How many ids that statements wait for, and how many of the largest concepts, are named in the end."""


class Merging:
    """The entities and refusals of a graph as they are when a loading begins."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        self._before = graph.stats().entities
        self._refused = set(graph.refused())
        self.linked = False
        """Whether mappings have been loaded."""

    def end(self, obsolete: Mapping[str, str]) -> Merged:
        """What has become of them; `obsolete` tells of ids why nobody declares them."""
        waiting, ids = self._graph.waiting(limit=NAMED)
        now = self._graph.refused()
        sizes = Counter(self._graph.mappings().values()) if self.linked else Counter[str]()
        largest = nsmallest(NAMED, sizes.items(), key=lambda item: (-item[1], item[0]))
        return Merged(
            before=self._before,
            after=self._graph.stats().entities,
            largest=tuple((id, 1 + others) for id, others in largest),
            refused=tuple(now) if self.linked or set(now) != self._refused else (),
            waiting=waiting,
            waited_for=tuple((id, obsolete.get(id, "")) for id in ids),
        )
