"""What a server opens in the background when it starts, so that the first question need not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from api.answering import answerer
from api.callers.known import readers
from api.wiring import Parts
from graph.licences import readable
from graph.view import GraphView
from qa.model import Question

PUBLIC = frozenset({"public"})
ASKED = ("What is the treatment of fever?", "发热怎么治疗？")
CASES = ("A man has fever and no cough. What is the diagnosis?", "患者发热，无咳嗽，可能是什么病？")
MOST = 2
"""Of so many different sets of labels the differential is opened; others when one who holds them asks."""


def warmed(parts: Parts) -> dict[str, Callable[[], object]]:
    """What is opened, by name and in this order: what every question needs comes first."""
    steps: dict[str, Callable[[], object]] = {
        "graph": parts.graph,
        "passages": parts.passages,
        "encoder": lambda: parts.encoder().encode(["the first text takes longer"], "query"),
        "index": lambda: parts.searcher().refresh(),
        "answers": lambda: _answered(parts, ASKED, PUBLIC),
    }
    steps["names"] = lambda: parts.answerer().open_names()
    if parts.settings.tagger != "dictionary":
        steps["reader"] = parts.reader
    steps["differential"] = lambda: [_ranked(parts, labels) for labels in _readers(parts)]
    return steps


def _answered(parts: Parts, questions: Sequence[str], labels: frozenset[str]) -> None:
    """Answer by quoting, whatever else is set: so the tables of phrases and names are read, and no model is called."""
    parts.answerer()
    alone = answerer(parts.graph(), parts.searcher(), differential=parts.differential(), sentences=parts.sentences)
    for question in questions:
        alone.answer(Question(question, access=labels))


def _ranked(parts: Parts, labels: frozenset[str]) -> bool:
    """Open what is kept for a differential and use it once; whether it is kept."""
    kept = parts.differential().open(GraphView(parts.graph(), labels))
    if kept:
        _answered(parts, CASES, labels)
    return kept


def _readers(parts: Parts) -> list[frozenset[str]]:
    """The labels of those who may ask, patients' left out: the differential reads none of them."""
    sets = readers(parts.settings, parts.keys()) or {PUBLIC}
    plain = {frozenset(label for label in labels if not label.startswith("patient:")) for labels in sets}
    return sorted((readable(labels, open_only=False) for labels in plain if labels), key=sorted)[:MOST]
