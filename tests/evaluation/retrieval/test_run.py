"""Rankings of documents out of rankings of passages, and the figures over all of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evaluation.retrieval.run import asked, figures, measured, rankings
from retrieval.model import DocumentInfo, Hit, Passage


def hit(document: str, score: float) -> Hit:
    passage = Passage(f"{document} {score}", document, 0, "", 0, 1, "x")
    return Hit(passage, DocumentInfo(document), score)


class Fixed:
    """Finds these passages, best first, and keeps how many it was asked for."""

    def __init__(self, *hits: Hit) -> None:
        self.hits = sorted(hits, key=lambda one: -one.score)
        self.wanted: list[int] = []

    def __call__(self, query: str, k: int) -> Sequence[Hit]:
        self.wanted.append(k)
        return self.hits[:k]


def test_only_queries_with_a_relevant_document_are_asked() -> None:
    judged = {"1": {"a": 1}, "2": {"a": 0}, "4": {"a": 1}}
    assert asked({"1": "one", "2": "two", "3": "three"}, judged) == {"1": "one"}


def test_a_document_scores_as_its_best_passage_and_equals_stand_by_id() -> None:
    search = Fixed(hit("b", 0.9), hit("c", 0.5), hit("b", 0.4), hit("a", 0.5))
    (ranking,) = rankings({"1": "one"}, {"1": {"a": 1, "x": 1, "c": 0}}, search, deep=10)
    assert ranking.documents == (("b", 0.9), ("a", 0.5), ("c", 0.5))
    assert ranking.relevant == 2
    assert ranking.measures["mrr@10"] == pytest.approx(1 / 2)
    assert ranking.measures["recall@10"] == pytest.approx(1 / 2)


def test_more_passages_are_asked_for_until_there_are_documents_enough() -> None:
    search = Fixed(*(hit("many", 1 - n / 1000) for n in range(50)), *(hit(f"d{n}", 0.1) for n in range(20)))
    (ranking,) = rankings({"1": "one"}, {"1": {"d0": 1}}, search, deep=10)
    assert search.wanted == [20, 40, 80] * 2  # once before the times are taken
    assert [id for id, _ in ranking.documents[:2]] == ["many", "d0"]
    assert len(ranking.documents) == 10
    single = Fixed(*(hit(f"d{n}", 0.1) for n in range(20)))
    list(rankings({"1": "one"}, {"1": {"d0": 1}}, single, deep=10, several=False))
    assert single.wanted == [10] * 2


def test_figures_are_means_with_intervals_around_them() -> None:
    judged = {str(n): {"right": 1} for n in range(40)}
    found = Fixed(hit("right", 1.0))
    missed = Fixed(hit("wrong", 1.0))
    good = list(rankings({str(n): "x" for n in range(30)}, judged, found))
    bad = list(rankings({str(n): "x" for n in range(30, 40)}, judged, missed))
    total = figures([*good, *bad], samples=500)
    assert total.queries == 40
    for name in ("ndcg@10", "recall@10", "recall@100", "mrr@10"):
        one = total.measures[name]
        assert one.mean == pytest.approx(0.75)
        assert one.interval is not None
        low, high = one.interval
        assert 0.5 < low < 0.75 < high < 0.95
    assert 0 < total.p50 <= total.p95
    assert figures([*good, *bad], samples=500) == total
    with pytest.raises(ValueError, match="no ranking"):
        figures([])


def test_a_shallower_look_is_named_so() -> None:
    assert set(measured(["a"], {"a": 1}, 20)) == {"ndcg@10", "recall@10", "recall@20", "mrr@10"}
