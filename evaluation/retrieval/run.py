"""Every judged query asked, one after another, and what that came to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from evaluation.bootstrap import Interval, interval, resample
from evaluation.retrieval.collection import Judgements
from evaluation.retrieval.measures import ndcg, recall, reciprocal_rank
from retrieval.model import Hit

DEEP = 100
"""How many documents of each ranking are looked at."""
SHALLOW = 10


class Search(Protocol):
    """What is measured: the best `k` passages for a query, best first."""

    def __call__(self, query: str, k: int) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one query found: documents with the scores of their best passages, best first, and how long it took."""

    query: str
    documents: tuple[tuple[str, float], ...]
    milliseconds: float
    relevant: int
    """How many documents are judged relevant."""
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean over all queries, with its 95 % interval by bootstrap over queries."""

    mean: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What all rankings came to. Times are in milliseconds, of one query after another."""

    queries: int
    measures: Mapping[str, Figure]
    p50: float
    p95: float
    mean: float


def asked(queries: Mapping[str, str], judged: Judgements) -> dict[str, str]:
    """The queries for which a document is judged relevant: of the others nothing can be said."""
    return {id: text for id, text in queries.items() if any(score > 0 for score in judged.get(id, {}).values())}


def rankings(
    queries: Mapping[str, str], judged: Judgements, search: Search, *, deep: int = DEEP, several: bool = True
) -> Iterator[Ranking]:
    """What each query finds, `deep` documents of it. `several`: a document may have more than one passage.

    The first query is asked once before, so that what is opened with it is in no time.
    """
    for text in list(queries.values())[:1]:
        _documents(search, text, deep, several)
    for id, text in queries.items():
        began = time.perf_counter()
        documents = _documents(search, text, deep, several)
        spent = time.perf_counter() - began
        found = [document for document, _ in documents]
        relevant = sum(score > 0 for score in judged[id].values())
        yield Ranking(id, tuple(documents), 1000 * spent, relevant, measured(found, judged[id], deep))


def measured(found: Sequence[str], judged: Mapping[str, int], deep: int = DEEP) -> dict[str, float]:
    """The figures of one ranking by name."""
    return {
        f"ndcg@{SHALLOW}": ndcg(found, judged, SHALLOW),
        f"recall@{SHALLOW}": recall(found, judged, SHALLOW),
        f"recall@{deep}": recall(found, judged, deep),
        f"mrr@{SHALLOW}": reciprocal_rank(found, judged, SHALLOW),
    }


def figures(rankings: Sequence[Ranking], *, samples: int = 1000, seed: int = 0) -> Figures:
    """The means, with intervals of `samples` draws of queries. Raises ValueError without a ranking."""
    if not rankings:
        raise ValueError("no ranking")
    names = list(rankings[0].measures)
    values = np.array([[ranking.measures[name] for name in names] for ranking in rankings])
    drawn = resample(values, samples, seed)
    count = np.full(samples, float(len(rankings)))
    times = np.array([ranking.milliseconds for ranking in rankings])
    return Figures(
        queries=len(rankings),
        measures={
            name: Figure(float(values[:, at].mean()), interval(drawn[:, at], count)) for at, name in enumerate(names)
        },
        p50=float(np.quantile(times, 0.5)),
        p95=float(np.quantile(times, 0.95)),
        mean=float(times.mean()),
    )


def _documents(search: Search, text: str, deep: int, several: bool) -> list[tuple[str, float]]:
    """The `deep` best documents with the scores of their best passages, ties by id.

    More passages are asked for until there are so many documents, or no more passages.
    """
    k = 2 * deep if several else deep
    while True:
        hits = search(text, k)
        best: dict[str, float] = {}
        for hit in hits:
            best[hit.document.id] = max(hit.score, best.get(hit.document.id, hit.score))
        if len(best) >= deep or len(hits) < k:
            return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:deep]
        k *= 2
