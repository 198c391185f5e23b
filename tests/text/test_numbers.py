import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.numbers import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500 mg twice in 2 weeks", [("500", "mg"), ("2", "week")]),
        ("1,200 patients, 12.5%", [("1200", ""), ("12.5", "%")]),
        ("每次500毫克，每日3次", [("500", "mg"), ("3", "")]),
        ("50 µg and 50 μg and 50 ug", [("50", "mcg")] * 3),
        ("2 hrs, 2 h, 2小时", [("2", "h")] * 3),
        ("CD20 and B12", []),
        ("5 months of 5 m", [("5", "month"), ("5", "")]),
        ("none", []),
    ],
)
def test_numbers_come_with_their_units(text: str, expected: list[tuple[str, str]]) -> None:
    assert numbers(text) == expected


@given(st.text(st.sampled_from("0123456789.,- %mgkl/毫克年"), max_size=30))
def test_every_number_begins_with_a_digit(text: str) -> None:
    assert all(value[0].isdigit() and "," not in value for value, _ in numbers(text))
