"""What is answered to a question that names something."""

from __future__ import annotations

import pytest

from text.context.answers import answered
from text.sentences import sentences


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("any fever? no. cough is present.", "negated"),
        ("any fever? none seen.", "negated"),
        ("fever? yes, since monday.", "affirmed"),
        ("doctor: any fever?\npatient: no, never.", "negated"),
        ("have you had fever? not that i know of.", "negated"),
        ("有发热吗？没有。", "negated"),
        ("有发热吗？有。", "affirmed"),
        ("any fever? no cough either.", None),
        ("any fever? we shall see.", None),
        ("fever was high. No more than that.", None),
        ("有发热吗？没关系。", None),
    ],
)
def test_a_plain_yes_or_no(text: str, polarity: str | None) -> None:
    question, answer = sentences(text)[:2]
    assert answered(text, question, answer) == polarity


def test_a_question_without_an_answer() -> None:
    assert answered("any fever?", (0, 10), None) is None
