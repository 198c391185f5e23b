"""Effects on an organ that a question names."""

from __future__ import annotations

import pytest

from qa.steps.organs import harmed


@pytest.mark.parametrize(
    ("text", "effect", "other"),
    [
        ("Does it harm the eyes?", "Optic neuritis", "Rash"),
        ("会损害肝脏吗？", "Hepatitis", "Rash"),
        ("Is it toxic to the kidneys?", "Renal failure", "Hepatitis"),
    ],
)
def test_only_effects_on_the_organ_fit(text: str, effect: str, other: str) -> None:
    pattern = harmed(text)
    assert pattern is not None
    assert pattern.search(effect)
    assert not pattern.search(other)


def test_a_question_without_an_organ_names_none() -> None:
    assert harmed("Which adverse effects does it have?") is None
    assert harmed("What helps the heart?") is None
