"""How the ranking by words and the ranking by meaning become one score."""

from __future__ import annotations

import pytest

from retrieval import fusion
from retrieval.model import Neighbour


def near(*pairs: tuple[str, float]) -> list[Neighbour]:
    return [Neighbour(id, 0.5 + nearness / 20, nearness) for id, nearness in pairs]


def many(best: float, least: float, prefix: str = "x") -> list[tuple[str, float]]:
    """As many passages as a ranking is asked for, falling evenly."""
    step = (best - least) / (fusion.DEPTH - 1)
    return [(f"{prefix}{place}", best - step * place) for place in range(fusion.DEPTH)]


def test_the_best_by_both_has_all_that_both_can_give() -> None:
    parts = fusion.joined(many(9, 3), near(*many(5, 2)))
    assert fusion.score(parts["x0"], "hybrid") == pytest.approx(1 + fusion.WORDS)
    assert fusion.score(parts[f"x{fusion.DEPTH - 1}"], "hybrid") == 0


def test_how_far_apart_two_passages_are_counts_and_not_their_rank() -> None:
    words = [("name", 20.0), ("other", 8.0), ("meant", 7.9), ("last", 1.0)]
    meaning = near(("meant", 5.0), ("other", 4.9), ("name", 4.8), ("last", 1.0))
    parts = fusion.joined(words, meaning)
    ranked = sorted(parts, key=lambda id: -fusion.score(parts[id], "hybrid"))
    assert ranked[0] == "name"


def test_what_stands_in_one_ranking_has_next_to_nothing_of_the_other() -> None:
    parts = fusion.joined([("words", 30.0), *many(9, 3)], near(("meaning", 8.0), *many(5, 2, "y")))
    assert "dense_rank" not in parts["words"]
    assert "lexical_rank" not in parts["meaning"]
    assert parts["words"]["meaning"] == parts["meaning"]["words"] == fusion.MISSING
    assert fusion.score(parts["words"], "hybrid") == pytest.approx(fusion.WORDS + fusion.MISSING)


def test_asking_for_more_changes_no_score_and_puts_the_more_behind() -> None:
    long = [*many(9, 3), ("later", 2.0), ("last", 1.0)]
    few, more = fusion.joined(long[: fusion.DEPTH], []), fusion.joined(long, [])
    assert all(few[id] == more[id] for id in few)
    assert 0 > more["later"]["words"] > more["last"]["words"] > fusion.MISSING


def ranked(words: list[tuple[str, float]], meaning: list[tuple[str, float]]) -> list[tuple[float, str]]:
    parts = fusion.joined(words, near(*meaning))
    return sorted((-fusion.score(part, "hybrid"), id) for id, part in parts.items())


@pytest.mark.parametrize("best", [9, 1])
def test_asking_both_rankings_for_more_puts_all_of_the_more_behind(best: float) -> None:
    """Whoever turns pages asks for more and more: none may be shown twice, and none be lost."""
    words = [(f"p{i}", best - (best - 1) * i / 399) for i in range(400)]
    meaning = [(f"p{i * 7 % 400}", 5 - i / 100) for i in range(400)]
    whole = ranked(words, meaning)
    for depth in (fusion.DEPTH, fusion.DEPTH + 1, 150, 399):
        few = ranked(words[:depth], meaning[:depth])
        assert few == whole[: len(few)]


def test_fewer_hits_than_asked_for_are_measured_from_nothing() -> None:
    """All that holds a word was found, so the worst of them is still better than what holds none."""
    parts = fusion.joined([("a", 8.0), ("b", 4.0)], near(("c", 2.0)))
    assert [fusion.score(parts[id], "lexical") for id in "abc"] == [1, 0.5, fusion.MISSING]


def test_equal_scores_are_all_the_best() -> None:
    parts = fusion.joined([("a", 2.0), ("b", 2.0)], near(("c", 1.0)))
    assert (
        fusion.score(parts["a"], "hybrid")
        == fusion.score(parts["b"], "hybrid")
        == pytest.approx(fusion.WORDS + fusion.MISSING)
    )
    assert fusion.score(parts["c"], "dense") == 1


def test_a_mode_counts_its_own_ranking_alone() -> None:
    parts = fusion.joined([("a", 2.0), ("b", 1.0)], near(("b", 2.0), ("a", 1.0)))
    assert fusion.score(parts["a"], "lexical") > fusion.score(parts["b"], "lexical")
    assert fusion.score(parts["b"], "dense") > fusion.score(parts["a"], "dense")


def test_nothing_found_is_nothing() -> None:
    assert fusion.joined([], []) == {}
