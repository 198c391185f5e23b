"""What a server opens in the background when it starts, so that the first question need not wait for it."""

from __future__ import annotations

from collections.abc import Callable

from api.settings import Settings
from api.wiring import Parts
from graph.licences import readable
from graph.view import GraphView

PUBLIC = frozenset({"public"})
MOST = 2
"""Of so many different sets of labels the differential is opened; others when one who holds them asks."""


def warmed(parts: Parts) -> dict[str, Callable[[], object]]:
    """What is opened, by name and in this order: what every question needs comes first."""
    steps: dict[str, Callable[[], object]] = {
        "graph": parts.graph,
        "passages": parts.passages,
        "encoder": lambda: parts.encoder().encode(["the first text takes longer"], "query"),
        "index": lambda: parts.searcher().refresh(),
        "answers": parts.answerer,
    }
    if parts.settings.tagger != "dictionary":
        steps["reader"] = parts.reader
    steps["differential"] = lambda: [
        parts.differential().open(GraphView(parts.graph(), labels)) for labels in _readers(parts.settings)
    ]
    return steps


def _readers(settings: Settings) -> list[frozenset[str]]:
    """The labels of those who may ask, patients' left out: the differential reads none of them."""
    sets = settings.keys.values() or [PUBLIC]
    plain = {frozenset(label for label in labels if not label.startswith("patient:")) for labels in sets}
    return sorted((readable(labels, open_only=False) for labels in plain if labels), key=sorted)[:MOST]
