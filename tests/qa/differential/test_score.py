import numpy as np
import pytest

from qa.differential.matrix import Column, Holders, Matrix
from qa.differential.score import UNKNOWN, WIDER, score

ONE, TWO, ABSENT, ABOVE = ("HP:1",), ("HP:2",), ("HP:3",), "HP:0"
MATRIX = Matrix().with_columns(
    {
        ONE: Holders({"D:1", "D:2"}, {"D:3"}),
        TWO: Holders({"D:1"}, set()),
        ABSENT: Holders({"D:2", "D:4"}, set()),
    },
    {},
).with_parents({}, {ABOVE: Holders({"D:1", "D:5"}, set())})  # fmt: skip


def column(ids: tuple[str, ...]) -> Column:
    found = MATRIX.columns[ids]
    assert found is not None
    return found


def by_id(scores) -> dict[str, float]:  # type: ignore[no-untyped-def]  # Scores or None: None fails the test
    return {MATRIX.diseases[number]: float(value) for number, value in zip(scores.diseases, scores.values, strict=True)}


def test_who_explains_everything_has_one() -> None:
    scores = by_id(score([column(ONE), column(TWO)], [(), ()], []))
    assert scores["D:1"] == pytest.approx(1.0)
    part = column(ONE).content / (column(ONE).content + column(TWO).content)
    assert scores["D:2"] == pytest.approx(part)
    assert scores["D:3"] == pytest.approx(-part)


def test_an_unknown_finding_weighs_and_an_absent_one_costs_a_little() -> None:
    content = column(ONE).content
    scores = by_id(score([column(ONE), None], [(), ()], [column(ABSENT), None]))
    assert scores["D:1"] == pytest.approx(content / (content + UNKNOWN))
    assert scores["D:1"] - 0.05 < scores["D:2"] < scores["D:1"]


def test_a_parent_counts_less_than_the_finding() -> None:
    above = MATRIX.wider[ABOVE]
    assert above is not None
    scores = by_id(score([column(TWO)], [[above]], []))
    assert scores["D:1"] == pytest.approx(1.0)
    assert scores["D:5"] == pytest.approx(WIDER * min(above.content, column(TWO).content) / column(TWO).content)


def test_nobody_has_anything() -> None:
    assert score([None], [()], [column(ABSENT)]) is None
    assert score([], [], []) is None


def test_diseases_come_by_the_first_column_that_names_them_and_then_by_id() -> None:
    scores = score([column(TWO), column(ONE)], [(), ()], [column(ABSENT)])
    assert scores is not None
    assert [MATRIX.diseases[number] for number in scores.diseases] == ["D:1", "D:2", "D:3", "D:4"]
    assert np.isfinite(scores.values).all()
