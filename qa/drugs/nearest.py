"""The names of drugs, or of what else, that are nearest to one that nothing bears, by how few letters differ."""

from __future__ import annotations

from collections.abc import Collection
from threading import Lock

from graph.store import GraphStore
from graph.view import GraphView
from storage import deadline
from text.names import normalise

LIKENESS = 70
"""Less alike than this, of 100, is not near."""


class Nearest:
    """Holds the names of all drugs, or of what is of `types`, of one state of a graph; made anew when that has changed.
    Safe for threads."""

    def __init__(self, graph: GraphStore, types: Collection[str] = ("Drug",)) -> None:
        self._graph, self._types = graph, types
        self._lock = Lock()
        self._version = ""
        self._names: dict[str, str] = {}

    def names(self, view: GraphView, text: str, *, limit: int = 3) -> tuple[str, ...]:
        """The names that are most like `text`, best first, then by name, that the reader may see."""
        from rapidfuzz import fuzz, process

        names = self._all()
        near = process.extract(
            normalise(text), names.keys(), scorer=fuzz.ratio, limit=10 * limit, score_cutoff=LIKENESS
        )
        shown = view.named([norm for norm, _, _ in near])
        ranked = sorted((-score, norm) for norm, score, _ in near if norm in shown)
        return tuple(names[norm] for _, norm in ranked[:limit])

    def _all(self) -> dict[str, str]:
        """By normalised name the name as written first."""
        with deadline.turn(self._lock):
            version = self._graph.names_version(curated_only=False)
            if version != self._version:
                self._names = {}
                # Of all sources, since that is read twice as fast; what the reader may not see is left out later.
                for name, _, _, type in self._graph.names(curated_only=False):
                    if type in self._types:
                        self._names.setdefault(normalise(name), name)
                self._version = version
            return self._names
