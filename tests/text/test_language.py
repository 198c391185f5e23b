from __future__ import annotations

import pytest

from text.language import of_question, of_text, two_letters


@pytest.mark.parametrize(
    ("given", "code"),
    [("eng", "en"), ("chi", "zh"), ("zho", "zh"), ("fre", "fr"), ("ger", "de"), ("jpn", "ja"), ("EN", "en"),
     ("zh-CN", "zh"), ("pt_BR", "pt"), ("mul", "mul"), ("und", "und"), ("", ""),
     ("scr", "hr"), ("dut", "nl"), ("iw", "he"), ("english", "english"), ("12", "12")],
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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("metoprolol overdose", "en"),
        ("café au lait spots", "en"),
        ("jamais vu", "en"),
        ("Raynaud phenomenon", "en"),
        ("Has anyone died from measles lately?", "en"),
        ("efectos adversos de la metformina", None),
        ("febre e manchas vermelhas na pele", None),
        ("Vedlejší účinky metforminu", None),
        ("skutki uboczne metforminy", None),
        ("koorts en huiduitslag bij een baby", None),
        ("¿Qué causa la fiebre?", None),
        ("Каковы симптомы гриппа?", None),
        ("インフルエンザの症状は何ですか", None),
        ("ibuprofen 和 warfarin 能一起吃吗？", "zh"),
        ("Does 银翘散 interact with warfarin?", "en"),
        ("", "en"),
        ("12.5 %", "en"),
    ],
)
def test_the_language_of_a_question(text: str, language: str | None) -> None:
    assert of_question(text) == language
