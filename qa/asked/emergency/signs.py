"""The signs that a message names and does not deny, and those that its numbers say."""

from __future__ import annotations

import re

from qa.asked.emergency.tables import Phrase, phrases

_DENIED = {
    "en": re.compile(
        r"\b(?:no|not|never|without|denies|don'?t|doesn'?t|didn'?t|hasn'?t|haven'?t|isn'?t|nor|neither)\b"
        r"(?:\W+(?!but\b)\w+){0,2}\W*$"
    ),
    "zh": re.compile(
        r"(?:没有|并没|否认|未见|无明显)[^，。；！？、]{0,3}$|(?:没|无|不是|并非|未)(?:再|过|什么|任何)?$"
    ),
}
_BREAK = {"en": re.compile(r"[.;!?,:\n]| but | and now "), "zh": re.compile(r"[。；！？，：\n]|但")}
# What is said with a not itself: `not breathing`, `can't feel`.
_OWN_NOT = re.compile(r"n't|not|no\b|can|won't|without|stop|没|不|无")

_AGE = re.compile(
    r"(\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ]?(days?|weeks?|wks?|wk|months?|"
    r"mths?|mo)(?:[- ]olds?\b| baby| infant| newborn|\b(?=,? (?:baby|boy|girl|old|son|daughter)))"
)
_AGE_AFTER = re.compile(r"(?:baby|newborn|infant|son|daughter|bub)(?:'s| is|,| of)? ?(\w+)[- ](days?|weeks?|months?)\b")
_NUMBERS = {
    name: value
    for value, names in enumerate(
        ("", "a an one 一", "two 二 两 俩", "three 三", "four 四", "five 五", "six 六", "seven 七", "eight 八",
         "nine 九", "ten 十", "eleven 十一", "twelve 十二")
    )
    for name in names.split()
}  # fmt: skip
_CHINESE_AGE = re.compile(r"(\d{1,2}|[一二两俩三四五六七八九十]{1,3})(?:个多?)?(天|日龄|周|星期|礼拜|月)(?!前|后)")
_NEWBORN = re.compile(
    r"\bnew-?born|\bneonate|few (?:days|weeks) old|新生儿|刚满月|没满月|未满月|还没出月子|刚出生|满月的?娃"
)
_INFANT = re.compile(r"宝宝|孩子|娃|婴|儿子|女儿|闺女|新生|大的|出生|月龄|小孩|奶")
_DAYS = {"d": 1, "w": 7, "m": 30, "天": 1, "日": 1, "周": 7, "星": 7, "礼": 7, "月": 30}
YOUNG_DAYS = 91
"""Under three months a fever is an emergency by itself."""


def named(text: str, language: str) -> set[str]:
    """The names of the signs in a text of lower case."""
    found = {name for name, these in phrases("signs", language).items() if _stands(these, text, language)}
    return found | _numbered(text, language)


def framed(text: str, language: str) -> set[str]:
    """The names of the frames in which a text of lower case speaks."""
    return {
        name
        for name, these in phrases("frames", language).items()
        if any(phrase.literal in text and phrase.pattern.search(text) for phrase in these)
    }


def _stands(these: tuple[Phrase, ...], text: str, language: str) -> bool:
    for phrase in these:
        if phrase.literal in text:
            for match in phrase.pattern.finditer(text):
                if not _denied(match, text, language):
                    return True
    return False


def _denied(match: re.Match[str], text: str, language: str) -> bool:
    if _OWN_NOT.match(match.group()):
        return False
    before = text[max(0, match.start() - 40) : match.start()]
    clause = _BREAK[language].split(before)[-1]
    return bool(_DENIED[language].search(clause))


def _number(written: str) -> int:
    """Of a word such as `three`, 三 or 二十一; none is 0."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _NUMBERS.get(written, 0)
    return 10 * (_NUMBERS.get(tens, 0) if tens else 1) + _NUMBERS.get(ones, 0)


def _numbered(text: str, language: str) -> set[str]:
    """`young`: who is spoken of is younger than three months."""
    if _NEWBORN.search(text):
        return {"young"}
    if language == "zh":
        ages = _CHINESE_AGE.findall(text) if _INFANT.search(text) and "孕" not in text else []
    else:
        ages = _AGE.findall(text) + _AGE_AFTER.findall(text)
    for amount, unit in ages:
        number = int(amount) if amount.isdecimal() else _number(amount)
        if 0 < number * _DAYS[unit[0]] < YOUNG_DAYS:
            return {"young"}
    return set()
