"""Strict scores: by hand, and against an independent count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.score import MICRO, Score, count, score

Marks = dict[str, set[tuple[int, int, str]]]

marks: st.SearchStrategy[Marks] = st.dictionaries(
    st.sampled_from("abcd"),
    st.sets(st.tuples(st.integers(0, 3), st.integers(4, 6), st.sampled_from(["Chemical", "Disease"])), max_size=6),
    max_size=4,
)


def test_counts_by_hand() -> None:
    gold: Marks = {
        "1": {(0, 5, "Disease"), (10, 15, "Chemical"), (20, 25, "Disease")},
        "2": {(0, 4, "Chemical")},
        "3": {(1, 2, "Disease")},
    }
    pred: Marks = {
        "1": {(0, 5, "Disease"), (10, 15, "Disease"), (20, 24, "Disease")},
        "2": {(0, 4, "Chemical"), (7, 9, "Chemical")},
    }
    found = score(gold, pred)
    assert found["Disease"] == Score(tp=1, fp=2, fn=2)
    assert found["Chemical"] == Score(tp=1, fp=1, fn=1)
    assert found[MICRO] == Score(tp=2, fp=3, fn=3)
    assert found[MICRO].precision == pytest.approx(2 / 5)
    assert found[MICRO].recall == pytest.approx(2 / 5)
    assert found["Disease"].precision == pytest.approx(1 / 3)
    assert found["Disease"].f1 == pytest.approx(1 / 3)
    assert list(found) == ["Chemical", "Disease", MICRO]


def test_nothing_on_either_side_is_zero() -> None:
    assert score({}, {}) == {MICRO: Score()}
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)


def test_a_type_that_nothing_is_of_has_a_row() -> None:
    counted = count({"1": {(0, 1, "A")}}, {}, lambda mention: mention[2], types=("B",))
    assert counted.types == ("A", "B")
    assert counted.values.tolist() == [[[0, 0, 1], [0, 0, 0]]]


@given(marks, marks)
def test_agrees_with_a_count_of_its_own(gold: Marks, pred: Marks) -> None:
    wanted = [(document, *mention) for document, of in gold.items() for mention in of]
    found = [(document, *mention) for document, of in pred.items() for mention in of]
    result = score(gold, pred)
    for type in ("Chemical", "Disease", MICRO):
        a = [m for m in wanted if type in (m[3], MICRO)]
        b = [m for m in found if type in (m[3], MICRO)]
        right = sum(m in a for m in b)
        precision, recall = right / len(b) if b else 0.0, right / len(a) if a else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        made = result.get(type, Score())
        assert (made.precision, made.recall, made.f1) == pytest.approx((precision, recall, f1))


@given(marks, marks)
def test_changing_sides_changes_precision_and_recall(gold: Marks, pred: Marks) -> None:
    one, other = score(gold, pred)[MICRO], score(pred, gold)[MICRO]
    assert (one.precision, one.recall, one.f1) == (other.recall, other.precision, other.f1)
