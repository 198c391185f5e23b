import pytest

from graph.model import Assertion
from qa.evidence.frequency import expected, frequency, tells


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
