"""Side effects are folded by name and ordered by how often they are."""

from __future__ import annotations

from typing import Any

from qa.drugs.page.effects import HARMS


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
    assert facts[-1].kind == HARMS[1] == "causes"
