"""The headings of a note, by which what stands below or behind them is of the past, of the family, denied or doubtful.

A heading stands on a line of its own, or at the beginning of a line or a sentence with a colon behind it. One on a line
of its own holds until the next heading; one with its text on the line, or one that denies or doubts, until the next
heading or an empty line.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["", "fam", "hist", "neg", "pos"]

_FAMILY = r"family (?:medical |health )?(?:history|hx)|fam hx|fh|fhx|fmh|家族史|家族病史|家族遗传史"
_PAST = (
    r"(?:past |prior |previous )?(?:medical|surgical) (?:history|hx)|past (?:medical and surgical )?history|"
    r"pmh|pmhx|psh|pshx|既往史|过去史|既往病史|手术史"
)
# What only a list below it can be of: on its own line. Where words follow, the phrases read them.
_DENIED = (
    r"(?:pertinent |relevant |significant )?negatives(?: include)?|"
    r"(?:the )?(?:patient|pt|she|he|mother|father|parents?)? ?(?:denies|denied)"
    r"(?: (?:any of )?the following| any| all of the following)?|negative for(?: the following)?|"
    r"no (?:evidence|history|signs) of(?: the following)?|not present|absent|"
    r"(?:患者)?否认(?:以下(?:症状|情况|病史)?)?|阴性症状|阴性体征|未见以下(?:异常|情况)?"
)
_DOUBTED = (
    r"(?:differential(?: diagnos[ie]s)?|ddx|dd|rule out|r/o|to rule out|possible diagnos[ie]s|considerations?|"
    r"diagnostic considerations|suspected)(?: includes?)?|鉴别诊断|待排除?|疑似诊断|可能诊断"
)
_OTHER = (
    r"history of (?:the )?present(?:ing)? (?:illness|complaint)|hpi|present illness|chief complaints?|cc|"
    r"reason for (?:visit|admission|"
    r"consultation|referral)|interval history|social (?:history|hx)|sh|personal history|birth history|"
    r"obstetric history|gyn(?:ecologic(?:al)?)? history|allerg(?:y|ies)|medications?|current medications?|"
    r"home medications?|meds|"
    r"immunizations?|review of systems|ros|physical exam(?:ination)?|examination|exam|pe|on examination|o/e|"
    r"vital signs|vitals|"
    r"objective|subjective|labs?|laboratory(?: data| results| findings)?|imaging|radiology|investigations?|"
    r"studies|results|findings|"
    r"assessment|assessment and plan|assessment/plan|a/p|a&p|impression|diagnos[ie]s|(?:admission|admitting|"
    r"discharge|final|preoperative|postoperative|"
    r"working|principal|primary|secondary) diagnos[ie]s|problems?|problem list|active problems|plan|treatment|"
    r"disposition|follow-?up|course|"
    r"hospital course|emergency department course|ed course|procedures?|complications?|condition|"
    r"recommendations?|summary|conclusions?|background|methods|discussion|"
    r"(?:pertinent |relevant )?positives|present|confirmed|"
    r"主诉|现病史|个人史|婚育史|月经史|过敏史|体格检查|查体|辅助检查|实验室检查|专科检查|诊断|初步诊断|入院诊断|出院诊断|处理|治疗|诊疗经过|"
    r"治疗经过|医嘱|印象|意见|建议|讨论|小结"
)
_LABEL = re.compile(
    rf"(?:(?:^|\n)[ \t]*(?:[0-9]{{1,2}}[.)][ \t]*|[-*•#]+[ \t]*)?|(?<=[.。;；!！?？])[ \t]*)"
    rf"(?:(?P<fam>{_FAMILY})|(?P<hist>{_PAST})|(?P<none>{_OTHER}))[ \t]*[:：]"
)
_ALONE = re.compile(
    rf"^[ \t]*(?:[0-9]{{1,2}}[.)][ \t]*|[-*•#]+[ \t]*)?(?:(?P<fam>{_FAMILY})|(?P<hist>{_PAST})|"
    rf"(?P<neg>{_DENIED})|(?P<pos>{_DOUBTED})|(?P<none>{_OTHER}))[ \t]*+[:：.]?[ \t]*+$",
    re.MULTILINE,
)
_NAMED = re.compile(r"^[ \t]*[^\n:：]{2,45}[:：][ \t]*$", re.MULTILINE)
_CAPITAL = re.compile(r"(?:^|(?<=[.。;；\s]))[A-Z][A-Z /()&-]{2,45}:|^[ \t]*[A-Z][A-Z /()&-]{2,45}$", re.MULTILINE)
_KINDS: dict[str, Kind] = {"fam": "fam", "hist": "hist", "neg": "neg", "pos": "pos"}
_FILLED = re.compile(r"[^\S\n]*\S")
_BLANKS = re.compile(r"\s*")
_EMPTY = re.compile(r"\n[ \t]*\n")


def headings(folded: str, text: str) -> list[tuple[int, Kind]]:
    """Where what is about the past or the family begins, and where it ends; in order.

    `folded` is `text` in small letters, of the same length.
    """
    kinds: dict[int, Kind] = {}
    for pattern, source in ((_CAPITAL, text), (_NAMED, folded), (_LABEL, folded), (_ALONE, folded)):
        for match in pattern.finditer(source):
            kinds[match.end()] = _KINDS.get(match.lastgroup or "", "")
    if not any(kinds.values()):
        return []
    places = sorted(kinds.items())
    ends: list[tuple[int, Kind]] = []
    for (at, kind), following in zip(places, [*places[1:], (len(text), "")], strict=True):
        filled = kind and _FILLED.match(text, at)
        blanks = _BLANKS.match(text, at) if kind in ("neg", "pos") else None
        first = blanks.end() if blanks else at
        if (filled or first > at) and (empty := _EMPTY.search(text, first, following[0])):
            ends.append((empty.start(), ""))
    return sorted([*places, *ends])
