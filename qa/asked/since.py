"""From when on a question asks: a day that it tells, so many years before another, or a visit."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"{_YEAR}\s*(?:[-/.]|年)\s*(?P<month>\d{{1,2}})(?:\s*(?:[-/.]|月)\s*(?P<day>\d{{1,2}})|月)?"
    rf"|(?P<name>{_MONTH})\.?\s+(?:(?P<of>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<yearafter>(?:19|20)\d{{2}})"
    rf"|(?<!\d){_YEAR.replace('year', 'alone')}(?!\d)(?:\s*年)?",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|after|from|starting|as of|following)\b|以来|以后|之后|开始|起(?!病|来)|自(?!己|身)|从", re.I
)
_VISIT = re.compile(
    r"\b(?:since|after|from|at)\b[^?.]{0,24}\b(?:last|previous|prior|latest|most recent)\b[^?.]{0,20}"
    r"\b(?:visit|appointment|encounter|consultation|check-?up|time|seen|review|record|admission)\b"
    r"|\bsince (?:i|we) (?:last )?saw\b|\bsince last time\b"
    r"|(?:上次|上一次|最近一次|前次)(?:就诊|就医|看病|门诊|来院|来诊|复诊|随访|以来|到现在|看诊|检查|至今)",
    re.IGNORECASE,
)
_NUMBERS = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "十": 10, "半": 0,
}  # fmt: skip
_PERIOD = re.compile(
    r"\b(?:last|past|previous|recent)\s+(?P<n>\d+|one|two|three|four|five|six|ten)\s+(?P<u>years?|months?)\b"
    r"|\b(?P<one>last|past)\s+(?P<u1>year|month)\b|\b(?:a|one)\s+(?P<u2>year|month)\s+ago\b"
    r"|\b(?P<n3>\d+|two|three|four|five|six|ten)\s+(?P<u3>years?|months?)\s+ago\b"
    r"|(?:过去|最近|近|这)(?P<zn>\d+|[一两二三四五六十])(?P<zu>年|个月)|(?P<zl>上一年|去年|一年前|近一年)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Since:
    """`day` is a date of ISO 8601 as far as it is told, or empty; `months` count back from the latest; `visit` is the
    last one before the latest entry."""

    day: str = ""
    months: int = 0
    visit: bool = False
    exact: bool = False
    """Whether what is asked is at that day, not from it on."""

    def __bool__(self) -> bool:
        return bool(self.day or self.months or self.visit)


def since_in(text: str) -> Since:
    """What the text tells; nothing where it tells no time."""
    if day := _day(text):
        return Since(day=day, exact=_SINCE.search(text) is None)
    if _VISIT.search(text):
        return Since(visit=True)
    if match := _PERIOD.search(text):
        told = match.groupdict()
        unit = next((told[key] for key in ("u", "u1", "u2", "u3", "zu") if told[key]), "年")
        number = next((told[key] for key in ("n", "n3", "zn") if told[key]), "1")
        count = int(number) if number.isdigit() else _NUMBERS[number.casefold()]
        return Since(months=count * (1 if unit.casefold().startswith("month") or unit == "个月" else 12))
    return Since()


def _day(text: str) -> str:
    match = _DAY.search(text)
    if match is None:
        return ""
    if match["alone"]:
        return match["alone"]
    if match["name"]:
        month = f"{match['yearafter']}-{_MONTHS[match['name'].casefold()]:02d}"
        return f"{month}-{int(match['of']):02d}" if match["of"] else month
    if not 1 <= int(match["month"]) <= 12:
        return match["year"]
    month = f"{match['year']}-{int(match['month']):02d}"
    return f"{month}-{int(match['day']):02d}" if match["day"] else month
