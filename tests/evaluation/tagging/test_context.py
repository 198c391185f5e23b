"""What is said of mentions that both sides mark."""

from __future__ import annotations

from evaluation.corpora.annotated import Annotated, Mark
from evaluation.tagging.context import COLUMNS, said


def test_a_denial_taken_for_a_fact_is_counted() -> None:
    def one(*context: str | None) -> dict[str, Annotated]:
        return {"1": Annotated("1", "", (Mark(0, 1, "Disease", frozenset(), *context),))}

    denied, fact = one("negated", "certain", "patient"), one("affirmed", "certain", "patient")
    row = dict(zip(COLUMNS, said(denied, fact, ("Disease",))[0].tolist(), strict=True))
    assert row == dict(zip(COLUMNS, (1, 0, 1, 1, 0, 1, 1), strict=True))
    assert said(denied, denied, ("Disease",))[0].tolist() == [1, 1, 1, 1, 1, 1, 0]
    assert said(denied, one(None, None, None), ("Disease",)).sum() == said(denied, {}, ("Disease",)).sum() == 0
