"""How a verdict is told: its words, its statements, and whose they are."""

from __future__ import annotations

from typing import Any

from qa.evidence.wording import Words
from qa.steps.evident import NO, YES, behind, called, said


def test_a_verdict_names_its_sources_behind_it() -> None:
    piece = said(YES, Words("it is so", "确是如此"), ())
    assert piece.clauses == ("Yes: it is so", "是：确是如此")
    assert said(NO, Words("", ""), (), first=True).warns


def test_nothing_is_behind_nothing(asking: Any) -> None:
    asked = asking("metformin")
    assert behind(asked, ()) == ()
    assert called(None, asked.records).of("en") == ""
