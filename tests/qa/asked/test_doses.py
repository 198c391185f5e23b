import pytest

from qa.asked.doses import units


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lamotrigine 150 mg/day", ["mg/day"]),
        ("0.5-1 g per kg in 2 h", ["g per kg", "h"]),
        ("BP 150/90 mmHg", ["mmHg"]),
        ("glucose in mg/dL", ["mg/dL"]),
        ("阿司匹林100mg每日", ["mg"]),
        ("What is MG?", []),
        ("type 2 diabetes in CAP", []),
        ("B12 deficiency", []),
    ],
)
def test_units_stand_behind_numbers_or_in_rates(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in units(text)] == found
