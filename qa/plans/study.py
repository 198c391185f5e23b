"""What a study, a trial or a review found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.passages import Passages

_ASKS = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|meta-?analys[ei]s|systematic reviews?|RCTs?|cohorts?|case reports?|"
    r"randomi[sz]ed|evidence (?:for|from|that|on)|literature|according to research)\b|"
    r"\b(?:since|published (?:in|after|since)) (?:19|20)\d\d\b|研究(?:发现|显示|表明|怎么说|的?结论)|试验|荟萃|"
    r"综述|随机对照|病例报告|文献|队列",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _ASKS.search(text) is not None and (not {"Measurement"} & types_of(entities) and "interact" not in text)


PLAN = Plan(
    intent="study",
    weaker=_asks,
    steps=(),
    passages=Passages(search_words="study trial"),
    texts="instead",
)
