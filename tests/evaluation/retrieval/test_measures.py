"""nDCG, recall and reciprocal rank: against values worked out by hand, and against trec_eval itself."""

from __future__ import annotations

import random
from math import log2

import pytest

from evaluation.retrieval.measures import ndcg, recall, reciprocal_rank

JUDGED = {"a": 2, "b": 1, "c": 0, "d": 1}


def test_ndcg_is_the_gain_found_through_the_best_there_could_be() -> None:
    best = 2 + 1 / log2(3) + 1 / log2(4)
    assert ndcg(["a", "b", "d"], JUDGED, 10) == pytest.approx(1.0)
    assert ndcg(["c", "b", "x", "a"], JUDGED, 10) == pytest.approx((1 / log2(3) + 2 / log2(5)) / best)
    assert ndcg(["c", "b", "x", "a"], JUDGED, 2) == pytest.approx((1 / log2(3)) / (2 + 1 / log2(3)))
    assert ndcg([], JUDGED, 10) == 0
    assert ndcg(["c"], {"c": 0}, 10) == 0


def test_recall_counts_what_is_judged_above_0() -> None:
    assert recall(["a", "c", "x", "b"], JUDGED, 4) == pytest.approx(2 / 3)
    assert recall(["a", "c", "x", "b"], JUDGED, 1) == pytest.approx(1 / 3)
    assert recall(["a"], {"a": 0}, 10) == 0


def test_reciprocal_rank_is_that_of_the_first_relevant() -> None:
    assert reciprocal_rank(["c", "x", "b", "a"], JUDGED, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank(["c", "x", "b", "a"], JUDGED, 2) == 0


def test_they_are_those_of_trec_eval() -> None:
    pytrec_eval = pytest.importorskip("pytrec_eval", reason="needs the package pytrec-eval-terrier of the extra `dev`")
    random.seed(4)
    names = [f"d{n}" for n in range(300)]
    for _ in range(50):
        judged = {name: random.choice((-1, 0, 0, 1, 2, 3)) for name in random.sample(names, random.randint(1, 60))}
        ranking = random.sample(names, random.randint(1, 200))
        run = {name: float(len(ranking) - at) for at, name in enumerate(ranking)}
        wanted = {"ndcg_cut.10", "recall.10,100", "recip_rank"}
        (theirs,) = pytrec_eval.RelevanceEvaluator({"q": judged}, wanted).evaluate({"q": run}).values()
        assert ndcg(ranking, judged, 10) == pytest.approx(theirs["ndcg_cut_10"])
        assert recall(ranking, judged, 10) == pytest.approx(theirs["recall_10"])
        assert recall(ranking, judged, 100) == pytest.approx(theirs["recall_100"])
        assert reciprocal_rank(ranking, judged, len(ranking)) == pytest.approx(theirs["recip_rank"])
