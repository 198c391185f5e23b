import pytest

from graph.model import Assertion
from qa.evidence.frequency import UNTOLD, expected, frequency, how_often, tells


def row(value: str) -> Assertion:
    qualifiers = {"frequency": value} if value else None
    return Assertion.new("D:1", "has_phenotype", "HP:1", source="S", sentence="x", record="1", qualifiers=qualifiers)


@pytest.mark.parametrize(
    ("value", "often", "to_expect"),
    [
        ("HP:0040280", 1.0, 1.0),
        ("HP:0040285", 0.0, 0.0),
        ("40/50", 0.8, 41 / 52),
        ("1/1", 1.0, 2 / 3),
        ("0/3", 0.0, 0.2),
        ("45%", 0.45, 0.45),
        ("200%", 1.0, 1.0),
        ("3/0", 0.5, 2.0),
        ("often", 0.5, 0.5),
        ("", 0.5, 0.5),
    ],
)
def test_how_often(value: str, often: float, to_expect: float) -> None:
    assert frequency(row(value)) == pytest.approx(often)
    assert expected(row(value)) == pytest.approx(to_expect)


@pytest.mark.parametrize(
    ("value", "told"), [("HP:0040283", True), ("3/7", True), ("17%", True), ("not stated", False), ("", False)]
)
def test_whether_it_says_how_often(value: str, told: bool) -> None:
    assert tells(row(value)) == told


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("1-21%", 0.21), ("5%", 0.05), ("0.98-7%", 0.07), ("100%", 1.0), ("rare", 0.0001), ("1%, rare", 0.01),
        ("common, postmarketing", 0.01), ("postmarketing", 0.0), ("HP:0040281", 0.9), ("1/4", 0.25), ("", UNTOLD),
        ("now and then", UNTOLD),
    ],
)  # fmt: skip
def test_at_most(frequency: str, expected: float) -> None:
    row = Assertion.new(
        "A:1", "has_adverse_effect", "B:1", source="s", sentence="x", qualifiers={"frequency": frequency}
    )
    assert how_often(row) == pytest.approx(expected)
