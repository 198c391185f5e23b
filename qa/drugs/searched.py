"""Which sources of interactions were looked into, so that "not found" says where."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from graph.licences import RESTRICTED
from graph.model import Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.model import Searched
from storage import deadline


class Searches:
    """Counts, once a state of the graph, how many statements of a kind each curated source has, interactions unless
    others are named. Safe for threads."""

    def __init__(self, graph: GraphStore, predicates: Sequence[str] = ("interacts_with",)) -> None:
        self._graph, self._predicates = graph, predicates
        self._lock = Lock()
        self._version = ""
        self._counts: dict[str, int] = {}

    def of(self, view: GraphView) -> tuple[tuple[Searched, ...], tuple[Source, ...]]:
        """The curated sources of interactions that the reader sees, most first, and those that a licence keeps out."""
        counts = self._all()
        sources = [source for id in counts if (source := view.source(id)) is not None]
        seen = [source for source in sources if view.access is None or source.access & view.access]
        ranked = sorted(seen, key=lambda source: (-counts[source.id], source.id))
        kept = [source for source in sources if source not in seen and source.access & RESTRICTED]
        return tuple(Searched(source, counts[source.id]) for source in ranked), tuple(kept)

    def _all(self) -> dict[str, int]:
        with deadline.turn(self._lock):
            version = self._graph.version()
            if version != self._version:
                stated = {
                    source.id: sum(
                        self._graph.count_assertions(source=source.id, predicate=predicate, access=None)
                        for predicate in self._predicates
                    )
                    for source in self._graph.sources(kind="curated")
                }
                self._counts = {id: count for id, count in stated.items() if count}
                self._version = version
            return self._counts
