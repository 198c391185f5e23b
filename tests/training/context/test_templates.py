from __future__ import annotations

import random

import pytest

from training.context import templates


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_template_can_be_filled(language: str) -> None:
    read = templates.read(language)
    examples = list(templates.written(read, 3, random.Random(1)))
    assert len(examples) == 3 * len(read.lines)
    assert len({example.text for example in examples}) > len(examples) // 2
    for example in examples:
        assert 0 <= example.start < example.end <= len(example.text)
        assert not set("{}<>|\\") & set(example.text), example
        assert example.language == language
    words = {word.lower() for own in read.words.values() for word in own}
    assert all(example.text[example.start : example.end].lower() in words for example in examples)


def test_the_same_seed_writes_the_same_sentences() -> None:
    read = templates.read("en")
    first = list(templates.written(read, 2, random.Random(5)))
    assert first == list(templates.written(read, 2, random.Random(5)))
    assert first != list(templates.written(read, 2, random.Random(6)))


def test_labels_and_choices() -> None:
    read = templates.Templates("en", (("nh", "(No|Without) {S} or <S>."),), {"S": ("fever", "cough")})
    (example,) = templates.written(read, 1, random.Random(2))
    assert (example.negated, example.historical) == (True, True)
    assert example.text.lower() in {
        f"{opens} {one} or {other}."
        for opens in ("no", "without")
        for one, other in (("fever", "cough"), ("cough", "fever"))
    }
