"""What a document is about by its title, where that is a name, asks about one or heads a leaflet or a guideline of it:
"Metformin", "What causes gout?", "Zestril: patient leaflet"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Mention

TYPES = frozenset(("Drug", "Disease", "Phenotype", "Gene", "Procedure"))
LONGEST = 90
"""Characters of a title that may be about one thing."""
_ASKS = re.compile(
    r"[?？]\s*$|^(?:what|how|who|is|are|do|does|can|when|why)\b|什么|哪些|如何|怎么|怎样|吗$", re.IGNORECASE
)

_SHEET = (
    r"(?:(?:package |patient )?leaflet|(?:package|patient|pack) insert"
    r"|(?:patient|prescribing|product|drug|(?:consumer )?medicines?|medication) (?:information|guide)(?: leaflet)?"
    r"|summary of product characteristics|SmPC|monograph|(?:fact|data) ?sheet)"
)
"""What heads a paper about a drug. (Of a heart valve, a leaflet is something else.)"""
_GUIDE = r"(?:guidelines?|overview|consensus(?: statement)?)"
_CARE = (
    r"(?:(?:the|an?|and|of|in|with|for|on|use|care|diagnosis|management|treatment|therapy|prevention|prescribing|dosing"
    r"|monitoring|screening|evaluation|assessment|safe|clinical|early|acute|chronic|severe|adults?|children|patients"
    r"|people|women|men)[ ,]+)*"
)
"""Words that may stand before the name of what a guideline is of. With any other ("nurses", "the immune response") it
is of something else."""
_BEFORE = re.compile(
    rf"(?:(?:the|an?|patient|drug|highlights of) )*{_SHEET}(?: for| of| on|:| -)*"
    r"(?: information for the (?:user|patient)[.:])?\s*(?:(?-i:[A-Z]{3,}) \()?"
    r"|(?:the |an? |clinical |practice |national |updated |new |\d{4} |(?-i:[A-Z]{2,}(?:/[A-Z]+)*) )*"
    rf"{_GUIDE}(?:(?: [A-Z]*\d+)?:| for| on| of) {_CARE}",
    re.IGNORECASE,
)
"""What a heading says before the name of its topic."""
_CARED = re.compile(_CARE, re.IGNORECASE)
_AFTER = re.compile(
    rf"(?:.*[:,(–-])?\s*(?:an? )?(?:patient |clinical |practice )*(?:{_SHEET}|{_GUIDE})[).]*", re.IGNORECASE
)
"""What it says after the name, where it ends with the kind of paper."""
_OF_WHOM = re.compile(
    r"(?:中国|国家|成人|老年|儿童|小儿|新生儿|妊娠期?|社区获得性|急性|慢性|盐酸|硫酸|\d{4}|年|版|[（()）\s:：])*"
)
_ITS_PAPER = re.compile(
    r"(?:的|诊断|治疗|诊疗|诊治|防治|预防|管理|基层|临床|应用|使用|合理|用药|实践|专家|患者|健康|与|和|及|、"
    r"|缓释|控释|肠溶|分散|咀嚼|薄膜衣|[（(][^（）()]*[）)]|片剂?|胶囊|颗粒|注射液|注射用|口服液?|溶液|滴眼液|软膏|乳膏|药品|产品)*"
    r"(?:说明书|用药指导|指南|共识|规范|概述|简介|教育)(?:\d{4}(?:年?版)?|[（(].*)?"
)
"""The same in Chinese, where the paper's kind comes last."""


def _heads(before: str, after: str) -> bool:
    """Whether a title is the heading of a leaflet or guideline of what is named between `before` and `after`, not of a
    study of such papers."""
    if _BEFORE.fullmatch(before):
        return True
    return bool(
        (_CARED.fullmatch(before) and _AFTER.fullmatch(after))
        or (_OF_WHOM.fullmatch(before) and _ITS_PAPER.fullmatch(after.strip()))
    )


def may_name(title: str) -> bool:
    """Whether a title is worth reading for a topic."""
    return 0 < len(title) <= LONGEST


def topic(title: str, mentions: Sequence[Mention]) -> Mention | None:
    """The mention in `title` that the document is about; None where it names several things, or tells of one."""
    named = [m for m in mentions if m.entity is not None and m.type in TYPES]
    if len({m.entity for m in named}) != 1:
        return None
    (first, *_) = named
    alone = 2 * (first.end - first.start) >= len(title.strip())
    heads = _heads(title[: first.start].lstrip(), title[first.end :].rstrip())
    return first if alone or _ASKS.search(title) or heads else None
