"""What many answers come to."""

from __future__ import annotations

from evaluation.answers.figures import Asked, figures
from evaluation.answers.judge import Judged
from evaluation.answers.questions import Gold


def test_shares_and_means_count_what_was_asked_for() -> None:
    asked = [
        Asked(Gold("1", "?", "drug", "yes_no"), Judged("right", "", verdict=True), 10.0),
        Asked(Gold("2", "?", "drug", "yes_no"), Judged("wrong", "", verdict=False), 20.0),
        Asked(Gold("3", "?", "list", "list"), Judged("partly", "", precision=1.0, recall=0.5), 30.0),
        Asked(Gold("4", "?", "list", "list"), Judged("withheld", ""), 40.0),
    ]
    result = figures(asked)
    assert [result[mark] for mark in ("right", "partly", "wrong", "withheld")] == [0.25, 0.25, 0.25, 0.25]
    assert result["yes_no_accuracy"] == 0.5
    assert (result["list_recall"], result["list_f1"]) == (0.5, 0.6667)
    assert result["choice_accuracy"] is None
    assert result["milliseconds"] == {"p50": 25.0, "p95": 38.5}
    assert result["by_kind"] == {
        "drug": {"right": 1, "partly": 0, "wrong": 1, "withheld": 0},
        "list": {"right": 0, "partly": 1, "wrong": 0, "withheld": 1},
    }
