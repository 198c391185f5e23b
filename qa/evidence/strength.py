"""How strong a statement is as evidence: by whom, by what kind of study, how surely, how lately.

The grades follow the levels of the Oxford Centre for Evidence-Based Medicine (2011), as far as a document tells
what it is, in its title or its text. They order what is shown; they judge no study.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from graph.model import Assertion, Source

_STUDIES: tuple[tuple[str, str, str, str], ...] = (
    # key, English words, Chinese words, what they are called in Chinese; the strongest first
    ("systematic review", r"meta-?analys[ei]s|systematic review", "荟萃分析|meta分析|系统[评综][价述]", "系统评价"),
    ("guideline", r"guidelines?|consensus statement|recommendations of", "指南|专家共识", "指南"),
    ("randomised trial", r"randomi[sz]ed|double[- ]blind|placebo[- ]controlled", "随机|双盲|安慰剂对照", "随机试验"),
    ("clinical trial", r"(?:clinical|phase (?:[1-4]|i{1,3}|iv)[ab]?) (?:trial|study)", "临床试验|期试验", "临床试验"),
    ("cohort study", r"cohort|prospective|retrospective|follow-up study|registry", "队列|前瞻性|回顾性", "队列研究"),
    ("case-control study", r"case[- ]control", "病例对照", "病例对照研究"),
    ("cross-sectional study", r"cross-sectional|survey", "横断面|调查", "横断面研究"),
    ("case report", r"case (?:reports?|series)|report of (?:a|one|two|three|\d+) cases?", "例报告", "病例报告"),
    ("review", r"reviews?", "综述", "综述"),
    ("laboratory study", r"in vitro|cell lines?", "体外", "实验室研究"),
)  # fmt: skip
_PATTERNS = tuple((key, re.compile(rf"\b(?:{english})\b|{chinese}", re.I)) for key, english, chinese, _ in _STUDIES)
_RANK = {key: rank for rank, (key, *_) in enumerate(_STUDIES)}
CHINESE = {key: name for key, _, _, name in _STUDIES}
"""What each kind of study is called in Chinese."""

_BEFOREHAND = frozenset(("background", "methods"))
"""Sections that tell nothing of what a study found."""
_CODES = {"PCS": 0, "EXP": 0, "IDA": 0, "TAS": 1, "ICE": 2, "IC": 2, "NAS": 3, "IEA": 4, "ITM": 5}


def study(source: Source | None, qualifiers: Mapping[str, str] = MappingProxyType({})) -> str:
    """The kind of study that the title of a document names, such as `randomised trial`, or else a statement's qualifier
    `study`, which was read in the document; empty where neither is there."""
    if source is None or source.kind != "document":
        return ""
    told = qualifiers.get("study", "").replace("meta-analysis", "systematic review")
    return next((key for key, pattern in _PATTERNS if pattern.search(source.title)), told if told in _RANK else "")


def weakness(assertion: Assertion, source: Source | None) -> tuple[object, ...]:
    """What to sort statements by, the strongest first: curated ones, those of people, certain ones, better grounds,
    results before what was known beforehand, the more confident, the latest; then by id."""
    qualifiers = dict(assertion.qualifiers)
    curated = source is not None and source.kind == "curated"
    kind = study(source, qualifiers)
    grade = _CODES.get(qualifiers.get("evidence", ""), 1) if curated else _RANK.get(kind, len(_RANK))
    when = qualifiers.get("date", "")[:4] or str((source.year if source else None) or "")
    return (
        not curated,
        "species" in qualifiers,
        assertion.certainty != "certain",
        grade,
        qualifiers.get("section") in _BEFOREHAND,
        -round(assertion.confidence, 3),
        -int(when) if when.isdigit() else 0,
        assertion.id,
    )
