from __future__ import annotations

import pytest

from text.language import of_text, two_letters


@pytest.mark.parametrize(
    ("given", "code"),
    [("eng", "en"), ("chi", "zh"), ("zho", "zh"), ("fre", "fr"), ("ger", "de"), ("jpn", "ja"), ("EN", "en"),
     ("zh-CN", "zh"), ("pt_BR", "pt"), ("mul", "mul"), ("und", "und"), ("", "")],
)  # fmt: skip
def test_codes_are_iso_639_1(given: str, code: str) -> None:
    assert two_letters(given) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Fever and cough.", "en"),
        ("患者出现发热和咳嗽。", "zh"),
        ("COPD患者应戒烟", "zh"),
        ("The patient said 发热 and went home again.", "en"),
        ("患者は発熱と咳があった。", "ja"),
        ("", "en"),
        ("12.5 %", "en"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_characters(text: str, code: str) -> None:
    assert of_text(text) == code
