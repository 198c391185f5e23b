"""What a question asks beside its topic: how bad a disease is, which line of treatment, from when and of which kind the
studies are to be, in which species. For whom a drug is asked about is read in `qa/steps/circumstances.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_SEVERE = re.compile(
    r"\b(?:severe|refractory|resistant|advanced|critical|fulminant)\b|重度|重症|难治|晚期|严重的?(?=\w)", re.I
)
_MILD = re.compile(r"\b(?:mild|uncomplicated|early[- ]stage)\b|轻度|轻症|轻型|早期", re.I)
_LINES = (
    ("first", re.compile(r"\bfirst[- ]line\b|\b(?:drug|treatment|therapy) of (?:first )?choice\b|一线|首选", re.I)),
    ("second", re.compile(r"\b(?:second|third)[- ]line\b|二线|三线|次选", re.I)),
    ("alternative", re.compile(r"\balternatives?\b|\bother options?\b|\binstead of\b|替代|其他选择|备选", re.I)),
)
_FROM = re.compile(
    r"\b(?:since|after|from)\s+((?:19|20)\d\d)\b(?!\s*(?:mg|ml|patients))|"
    r"((?:19|20)\d\d)\s*年?\s*(?:以来|以后|之后|后|至今|起)",
    re.I,
)
_TO = re.compile(
    r"\b(?:until|before|up to|to)\s+((?:19|20)\d\d)\b|\b(?:19|20)\d\d\s*[-–]\s*((?:19|20)\d\d)\b|"
    r"((?:19|20)\d\d)\s*年?\s*(?:以前|之前|前)|[到至]\s*((?:19|20)\d\d)\s*年?",
    re.I,
)
_RANGE = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-–至到]|年[至到])\s*(?:19|20)\d\d")
_LAST = re.compile(r"\b(?:last|past) (\d{1,2}|two|three|five|ten) years\b|[近过]去?([\d一两二三五十]{1,2})年", re.I)
_NUMBERS = {"two": 2, "three": 3, "five": 5, "ten": 10, "一": 1, "两": 2, "二": 2, "三": 3, "五": 5, "十": 10}
_STUDIES = (
    ("meta-analysis", re.compile(r"\bmeta-?\s?analys[ei]s\b|荟萃分析|meta\s?分析", re.I)),
    ("systematic review", re.compile(r"\bsystematic reviews?\b|系统(?:性)?(?:综述|评价)", re.I)),
    (
        "randomized controlled trial",
        re.compile(r"\brandomi[sz]ed\b|\bRCTs?\b|随机(?:对照|化)?(?:临床)?(?:试验|研究)", re.I),
    ),
    ("case reports", re.compile(r"\bcase (?:reports?|series)\b|病例报[告道]|个案", re.I)),
    ("observational study", re.compile(r"\bcohort\b|\bobservational\b|队列|观察性", re.I)),
    ("guideline", re.compile(r"\bguidelines?\b|指南", re.I)),
    ("review", re.compile(r"(?<!systematic )\b(?:literature )?reviews\b", re.I)),
)
_ANIMALS = re.compile(
    r"\b(?:mice|mouse|rats?|murine|dogs?|cats?|rabbits?|zebrafish|animal(?:s| models?| studies)|in vitro)\b|"
    r"小鼠|大鼠|动物实验|体外|斑马鱼",
    re.I,
)
_PETS = re.compile(
    r"\b(?:the|my|our|his|her|their|your) (?:\w+ )?(?:dogs?|cats?|pets?|pupp(?:y|ies)|kittens?|"
    r"hamsters?|rabbits?|parrots?)\b|"
    r"\bpets\b|(?:我家|家里|家中|养)(?:养?的)?(?:小)?[狗猫兔]|宠物|[狗猫](?:狗|猫)?(?:要不要|需要|也要|会不会|能不能)",
    re.I,
)
_DURATION = re.compile(
    r"\b(?:for|since|over|last(?:s|ing|ed))\s+(?:the (?:past|last)\s+)?(?:about\s+)?"
    r"((?:\d{1,3}|a|an|one|two|three|several)\s+"
    r"(?:hours?|days?|weeks?|months?|years?))\b|"
    r"((?:\d{1,3}|[一二两三四五六七八九十几半]+)(?:个)?(?:小时|天|周|星期|月|年)(?:了|来))",
    re.I,
)
_WITHOUT = re.compile(
    r"\b(?:without|except(?: for)?|other than|excluding|but not|and not|besides)\s+(?:an?\s|the\s|any\s)?"
    r"([\w' -]{3,40}?)"
    r"(?=\s+(?:and|or|in|for|is|are|what|which)\b|\s[-–]\s|[.,;?!]|$)|"
    r"(?:除了|除|不含|不用|不要|排除)([^，。？,?]{1,20}?)"
    r"(?=之外|以外|外|，|。|？|的|[,?]|$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Constraints:
    """Empty where a question says nothing of it. `without` are words of the question for what is not to be told."""

    severity: Literal["", "mild", "severe"] = ""
    line: str = ""
    """`first`, `second` or `alternative`."""
    year_from: int | None = None
    year_to: int | None = None
    studies: frozenset[str] = frozenset()
    """Parts of the names of publication types, as a filter of documents takes them."""
    animals: bool = False
    """Whether animals are asked about: people are, unless a question says so."""
    pets: bool = False
    """Whether the animals are those that somebody lives with."""
    duration: str = ""
    without: tuple[str, ...] = ()


def constraints_in(text: str, this_year: int) -> Constraints:
    """What `text`, asked in `this_year`, asks beside its topic."""
    severity: Literal["", "mild", "severe"] = "severe" if _SEVERE.search(text) else "mild" if _MILD.search(text) else ""
    since, until = _years(text, this_year)
    duration = _DURATION.search(text)
    return Constraints(
        severity=severity,
        line=next((line for line, words in _LINES if words.search(text)), ""),
        year_from=since,
        year_to=until,
        studies=frozenset(kind for kind, words in _STUDIES if words.search(text)),
        animals=_ANIMALS.search(text) is not None,
        pets=of_pets(text),
        duration=_group(duration) if duration else "",
        without=tuple(_group(match).strip() for match in _WITHOUT.finditer(text)),
    )


def of_pets(text: str) -> bool:
    """Whether a question is about somebody's animals: what is known of people is no answer to it."""
    return _PETS.search(text) is not None


def _years(text: str, this_year: int) -> tuple[int | None, int | None]:
    first, last = _RANGE.search(text) or _FROM.search(text), _TO.search(text)
    since = int(_group(first)) if first else None
    until = int(_group(last)) if last else None
    if since is None and (span := _LAST.search(text)):
        count = _group(span).lower()
        since = this_year - (int(count) if count.isdigit() else _NUMBERS.get(count, 5))
    return (since, None) if until is not None and since is not None and until < since else (since, until)


def _group(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)
