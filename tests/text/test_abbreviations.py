from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.abbreviations import find


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("chronic obstructive pulmonary disease (COPD)", "COPD", "chronic obstructive pulmonary disease"),
        ("in type 2 diabetes mellitus (T2DM).", "T2DM", "type 2 diabetes mellitus"),
        ("an angiotensin-converting enzyme inhibitor (ACEI)", "ACEI", "angiotensin-converting enzyme inhibitor"),
        ("Heart failure (HF; class II)", "HF", "Heart failure"),
    ],
)
def test_finds_what_a_text_defines(text: str, short: str, long: str) -> None:
    (found,) = find(text)
    assert found.short == short
    assert text[found.start : found.end] == long


@pytest.mark.parametrize(
    "text", ["patients (see below)", "it rose (P)", "many (12)", "It was so. Then (TWS)", "(COPD)"]
)
def test_brackets_that_define_nothing(text: str) -> None:
    assert find(text) == []


@given(st.text(alphabet="ABab ()（）.中;", max_size=120))
def test_never_points_outside(text: str) -> None:
    for found in find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.short in text
