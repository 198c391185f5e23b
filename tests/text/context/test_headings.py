from __future__ import annotations

import pytest

from text.context.headings import headings


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Family history:\nGout.\nPlan:\nRest.", ["fam", ""]),
        ("Past medical history\nGout.\nASSESSMENT\nFever.", ["hist", ""]),
        ("既往史：\n痛风。\n家族史：\n无。", ["hist", "fam"]),
        ("Plan:\nRest.", []),
        ("Family history: gout.", ["fam"]),
        ("Family history: gout. Asthma.\n\nHe is well.", ["fam", ""]),
        ("家族史：痛风。哮喘。现病史：咳嗽。", ["fam", ""]),
        ("PMH: gout. HOSPITAL COURSE: fever.", ["hist", ""]),
    ],
)
def test_what_stands_below_a_heading(text: str, kinds: list[str]) -> None:
    assert [kind for _, kind in headings(text.lower(), text)] == kinds


def test_a_heading_counts_from_its_end() -> None:
    text = "Family history:\nGout."
    assert headings(text.lower(), text) == [(text.index("\n"), "fam")]
