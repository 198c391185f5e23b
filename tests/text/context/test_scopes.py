"""One sentence and its scopes."""

from __future__ import annotations

import pytest

from text.context.scopes import Sentence
from text.context.triggers import triggers


def judged(text: str, mention: str) -> tuple[str, str]:
    start = text.index(mention)
    sentence = Sentence(text.lower(), text, triggers("en"), (0, len(text)), "en", "document")
    verdict = sentence.judge(start, start + len(mention), "")
    return verdict.polarity, verdict.reason


@pytest.mark.parametrize(
    ("text", "mention", "reason"),
    [
        ("She denies nausea.", "nausea", "denied by `she denies`"),
        ("Pneumonia was ruled out.", "Pneumonia", "denied by `was ruled out`"),
        ("I do not think this is gout.", "gout", "denied by `do not think`"),
        ("He is a non-smoker.", "smoker", "denied by `non-`"),
    ],
)
def test_a_denial_says_by_which_phrase(text: str, mention: str, reason: str) -> None:
    assert judged(text, mention) == ("negated", reason)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("He does have a fever.", "fever"),
        ("I do not think that the drug for gout is too strong.", "gout"),
        ("She had EGFR-negative lung cancer.", "lung cancer"),
        ("He has no children and suffers from hemophilia.", "hemophilia"),
    ],
)
def test_what_is_not_denied_gives_no_reason(text: str, mention: str) -> None:
    assert judged(text, mention) == ("affirmed", "")
