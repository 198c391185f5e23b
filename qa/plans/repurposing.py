"""What a drug might come to be for, and which drugs a disease might come to be treated with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.passages import Passages
from qa.steps.purposes import purposes
from qa.steps.remedies import remedies
from qa.steps.repurposed import proposed

_NEW = re.compile(
    r"\brepurpos\w*|\brepositi\w*|\bcandidate (?:drugs?|compounds?|treatments?)\b|\bdrug candidates?\b|"
    r"\bnew (?:uses?|"
    r"indications?)\b|\bcould\b[^?.]*\bbe (?:re)?used (?:for|against|in)\b|\bmight\b[^?.]*\b(?:treat|help|"
    r"work)\b|\bpotential "
    r"(?:drugs?|treatments?|new)\b|\bevidence for and against\b"
    r"|老药新用|重定位|再利用|新用途|候选药|候选|新适应|支持和反对|可能(?:用于|对)[^？]*(?:治疗|有效)|"
    r"潜在(?:药物|治疗)",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _NEW.search(text) is not None and bool(types_of(entities) & {"Disease", "Phenotype"})


PLAN = Plan(
    intent="repurposing",
    cue=_asks,
    steps=(purposes, proposed, remedies),
    passages=Passages(search_words="drug repurposing", joins=True),
)
