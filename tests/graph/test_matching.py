"""How the bearers of names are ranked."""

from __future__ import annotations

import pytest

from graph.matching import WHOLE, Ranking, dice


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("a b", "a b", 1.0), ("a b", "b c", 0.5), ("a", "b", 0.0), ("a a", "a", 2 / 3), ("a a b", "a b b", 2 / 3)],
)
def test_the_share_of_words_counts_repetitions(one: str, other: str, share: float) -> None:
    assert dice(one.split(), other.split()) == pytest.approx(share)
    assert dice(other.split(), one.split()) == pytest.approx(share)


def test_the_best_name_of_each_counts_and_ties_go_by_id() -> None:
    ranking = Ranking("High fevers", 3)
    assert (ranking.norm, ranking.words) == ("high fever", ["high", "fever"])
    ranking.partly("X:3", "fever", "Fever")
    ranking.partly("X:2", "fever", "fever")
    ranking.partly("X:2", "high fever", "high fever")
    ranking.partly("X:4", "cough", "Cough")
    assert not ranking.full
    ranking.whole("X:5", "High Fever")
    assert ranking.full
    ranking.partly("X:5", "high", "High")
    ranking.partly("X:1", "fever", "Fever")
    assert [(id, name) for id, name, _ in ranking.best()] == [
        ("X:5", "High Fever"), ("X:2", "high fever"), ("X:1", "Fever"),
    ]  # fmt: skip
    assert [score for _, _, score in ranking.best()] == pytest.approx([WHOLE, 1.0, 2 / 3])


@pytest.mark.parametrize(("text", "limit"), [("!?", 10), ("fever", 0), ("fever", -1)])
def test_of_no_words_or_no_places_nothing_is_wanted(text: str, limit: int) -> None:
    ranking = Ranking(text, limit)
    assert ranking.full
    assert ranking.best() == []
