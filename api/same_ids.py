"""The ids of all vocabularies that stand for one disease, read once each for a version of the graph."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from graph.view import GraphView


class SameIds:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version = ""
        self._kept: dict[str, tuple[str, ...]] = {}

    def of(self, view: GraphView, ids: Sequence[str]) -> list[str]:
        """These ids, and all that mappings say to be the same; each once. Raises what the graph raises."""
        version = view.version()
        with self._lock:
            if version != self._version:
                self._version, self._kept = version, {}
            kept = self._kept
        same: dict[str, None] = dict.fromkeys(ids)
        for id in ids:
            if id not in kept:
                matches = [match for match in view.merged(id) if not match.refused]
                kept[id] = tuple(dict.fromkeys(one for match in matches for one in (match.canonical, match.other)))
            same.update(dict.fromkeys(kept[id]))
        return list(same)
