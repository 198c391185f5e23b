"""How long somebody has been ill, in words of either language, as one of `profiles.TEMPOS`."""

from __future__ import annotations

import re

from qa.differential.profiles import TEMPOS

_NUMERALS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 4,
    "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "half a": 0.5,
    "half an": 0.5, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "几": 3, "数": 3, "半": 0.5, "十几": 13, "十余": 12, "十二": 12,
}  # fmt: skip
_HOURS = {
    "second": 1 / 3600, "sec": 1 / 3600, "minute": 1 / 60, "min": 1 / 60, "hour": 1, "hr": 1, "h": 1, "day": 24,
    "d": 24,
    "night": 24, "week": 168, "wk": 168, "w": 168, "fortnight": 336, "month": 730, "mo": 730, "mth": 730, "year": 8766,
    "yr": 8766, "y": 8766, "decade": 87660, "秒": 1 / 3600, "秒钟": 1 / 3600, "分钟": 1 / 60, "分": 1 / 60, "小时": 1,
    "钟头": 1, "天": 24, "日": 24, "夜": 24, "晚": 24, "周": 168, "星期": 168, "礼拜": 168, "月": 730, "年": 8766,
}  # fmt: skip
_NUMBER = (
    r"(?P<number>\d+(?:\.\d+)?|half an?|a couple of|couple of|a few|few|several|an?|one|two|three|four|five|six|"
    r"seven|"
    r"eight|nine|ten|twelve|十二|十几|十余|[一二两三四五六七八九十几数半])"
)
_LASTING = re.compile(
    rf"(?<![A-Za-z0-9.])(?<!\d[x×] )(?<!times )(?<!once )(?<!twice ){_NUMBER}(?:\s*(?:-|–|to|or|至|到|~|"
    rf"、)?\s*(?:\d+|two|three|four|five|six|[二三四五六七八九十]))?"
    r"(?:(?<=[a-z])[\s-]+|(?<![a-z])\s*(?:\+|余|多|来)?\s*-?\s*)(?:个)?(?P<half>半)?\s*(?P<unit>seconds?|secs?|"
    r"minutes?|mins?|hours?|hrs?|h|days?|d|nights?|"
    r"weeks?|wks?|w|fortnights?|months?|mo|mths?|years?|yrs?|y|decades?|秒钟?|分钟|小时|钟头|天|日|夜|晚|周|星期|"
    r"礼拜|月|年)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(\d+)/(24|7|52|12)\b")
"""As doctors write it: 3/7 are three days, 6/52 six weeks, 2/12 two months, 5/24 five hours."""
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (tempo, re.compile(pattern, re.IGNORECASE))
    for tempo, pattern in (
        (
            "episodes",
            r"\bepisod|\bcomes? and goes?|\bon and off\b|\brecurrent(?:ly)?\b|\battacks\b|\bintermittent|"
            r"\bevery few\b|"
            r"反复|发作性|时好时坏|间断发作|一阵一阵|时有时无",
        ),
        ("days", r"\b(?:since )?yesterday\b|昨天|昨日|前天"),
        ("minutes", r"\bjust now\b|\bmoments? ago\b|\bminutes\b|刚才|刚刚|分钟"),
        (
            "hours",
            r"\b(?:since )?this (?:am|pm|morning|afternoon|evening)\b|\btonight\b|\btoday\b|\b(?:since )?last night\b|"
            r"\bovernight\b|"
            r"\bwoke (?:up )?with\b|\bsudden|\babrupt|\bhours\b|\bhyper-?acute|"
            r"今早|今晨|今天|今日|昨晚|昨夜|半夜|夜里|突然|突发|骤起|小时",
        ),
        (
            "days",
            r"\bsince (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bfew days\b|\bdays\b|\bacute|"
            r"\bweekend\b|前几天|近几天|这几天|急性|数日|几天",
        ),
        ("weeks", r"\bsub-?acute|\bweeks\b|\blast week\b|\bsince (?:christmas|easter)\b|亚急性|上周|近几周|周"),
        ("months", r"\bmonths\b|\bgradual|\binsidious|\bprogressive|渐进|缓慢|进行性|逐渐|个月"),
        (
            "years",
            r"\byears\b|\bchronic|\blong[- ]?standing|\blifelong|\bsince (?:childhood|birth)|"
            r"慢性|多年|长期|自幼|从小|年",
        ),
    )
)


def tempo(text: str) -> str:
    """One of `profiles.TEMPOS`, or nothing where the words do not tell."""
    text = text.strip().casefold()
    if text in TEMPOS:
        return text
    hours = in_hours(text)
    return _of_hours(hours) if hours is not None else next((word for word, cue in _WORDS if cue.search(text)), "")


def stretches(text: str) -> list[re.Match[str]]:
    """The places of a text that tell a stretch of time, in their order."""
    return sorted((*_OF.finditer(text), *_LASTING.finditer(text)), key=lambda match: match.start())


def cues(text: str) -> list[tuple[str, int, str]]:
    """The words that tell a tempo without a number, such as `since last night`: the tempo, their place, and they."""
    return [(word, match.start(), match[0]) for word, pattern in _WORDS if (match := pattern.search(text)) is not None]


def in_hours(text: str) -> float | None:
    """The first stretch of time in a text, in hours."""
    text = text.casefold()
    if (part := _OF.search(text)) is not None:
        return float(part[1]) * {"24": 1, "7": 24, "52": 168, "12": 730}[part[2]]
    match = _LASTING.search(text)
    if match is None:
        return None
    many = _NUMERALS.get(match["number"])
    amount = float(match["number"]) if many is None else many
    unit = match["unit"]
    amount += 0.5 if match["half"] else 0
    return amount * (_HOURS.get(unit) or _HOURS[unit.rstrip("s")])


def _of_hours(hours: float) -> str:
    bounds = ((1.5, "minutes"), (24, "hours"), (24 * 10, "days"), (24 * 50, "weeks"), (8766, "months"))
    return next((word for bound, word in bounds if hours < bound), "years")
