"""Side effects are folded by name and ordered by how often they are."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Assertion
from qa.evidence.frequency import UNTOLD, how_often


def test_the_most_frequent_comes_first_and_literature_last(ward: Any) -> None:
    facts = ward.page("warfarin").facts["effects"]
    assert [fact.what.name for fact in facts] == [
        "Bleeding",
        "Alopecia",
        "Purple toes",
        "skin disorder",
        "Rash",
    ]
    bleeding = facts[0]
    assert {row.source for row in bleeding.rows} == {"sider", "book"}
    assert bleeding.told["placebo"].en == "1%"
    assert set(bleeding.told["frequency"].en.split("; ")) == {"1-21%", "common"}
    assert set(bleeding.told["frequency"].zh.split("；")) == {"1-21%", "常见"}
    assert facts[1].told["frequency"].zh == "罕见"
    assert facts[-1].kind == "causes"


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("1-21%", 0.21), ("5%", 0.05), ("0.98-7%", 0.07), ("100%", 1.0), ("rare", 0.0001), ("1%, rare", 0.01),
        ("common, postmarketing", 0.01), ("postmarketing", 0.0), ("HP:0040281", 0.9), ("1/4", 0.25), ("", UNTOLD),
        ("now and then", UNTOLD),
    ],
)  # fmt: skip
def test_how_often(frequency: str, expected: float) -> None:
    row = Assertion.new(
        "A:1", "has_adverse_effect", "B:1", source="s", sentence="x", qualifiers={"frequency": frequency}
    )
    assert how_often(row) == pytest.approx(expected)
