from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading.linking.rewording import reworded


@pytest.mark.parametrize(
    ("surface", "group", "other"),
    [
        ("lung toxicity", "d", "lung diseases"),
        ("injury to the kidney", "d", "kidney diseases"),
        ("cardiac complications", "d", "cardiac disorders"),
        ("TRAF2 protein", "g", "TRAF2"),
        ("human CFTR gene", "g", "CFTR"),
        ("miRNA-193a", "g", "MIR193a"),
        ("miR-21-5p", "g", "MIR21"),
        ("galantamine hydrobromide", "c", "galantamine"),
        ("clomiphene citrate", "c", "clomiphene"),
        ("l-perillyl alcohol", "c", "perillyl alcohol"),
    ],
)
def test_a_surface_has_other_words(surface: str, group: str, other: str) -> None:
    assert other in reworded(surface, group)


@pytest.mark.parametrize(
    ("surface", "group"),
    [
        ("diabetes", "d"),
        ("toxicity", "d"),
        ("TRAF2", "g"),
        ("protein", "g"),
        ("sodium", "c"),
        ("lung toxicity", "c"),
        ("very " * 99 + "toxicity", "d"),
    ],
)
def test_what_says_no_more_has_none(surface: str, group: str) -> None:
    assert reworded(surface, group) == []


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from("cdgtl"))
def test_other_words_are_others(surface: str, group: str) -> None:
    others = reworded(surface, group)
    assert not {surface, ""} & set(others)
    assert len(set(others)) == len(others)
