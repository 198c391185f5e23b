"""What is said in an emergency: whom to call now, and what to do meanwhile, as first-aid guidelines agree."""

from __future__ import annotations

from functools import cache
from typing import Literal

from qa.asked.emergency.tables import rows
from qa.asked.emergency.verdict import Verdict

_CALL = {
    "en": (
        "This may be an emergency. Call your local emergency number now (for example 112, 911, 999, or 120 in China), "
        "or go to the nearest emergency department. Do not wait for an answer here."
    ),
    "zh": (
        "这可能是紧急情况。请立即拨打当地急救电话（中国大陆 120），或马上前往最近的医院急诊科，不要在这里等待回答。"
    ),
}
_SELF_HARM = {
    "en": (
        "You are not alone, and help is there now. If you might act on these thoughts, or have hurt yourself, call "
        "your local emergency number (for example 112, 911, 999, or 120 in China) or a crisis line (988 in the United "
        "States, 116 123 in the United Kingdom, 12356 in China), and stay near someone you trust."
    ),
    "zh": (
        "你并不孤单，现在就有人可以帮助你。如果你可能会伤害自己或已经受伤，请立即拨打 120 或 110，"
        "也可以拨打全国统一心理援助热线 12356，并请一位信任的人陪在身边。"
    ),
}
_MEANWHILE = {"en": "Meanwhile: ", "zh": "在此期间："}


def message(verdict: Verdict, language: Literal["en", "zh"]) -> str:
    """In the language of the asker."""
    said = [(_SELF_HARM if verdict.self_harm else _CALL)[language]]
    group = "poisoning" if verdict.self_harm and verdict.poisoned else verdict.group
    if meanwhile := _advice(language).get(group, ""):
        said.append(f"{_MEANWHILE[language]}{meanwhile}")
    return ("" if language == "zh" else " ").join(said)


@cache
def _advice(language: str) -> dict[str, str]:
    return {group: (english if language == "en" else chinese) for group, english, chinese in rows("advice.tsv")}
