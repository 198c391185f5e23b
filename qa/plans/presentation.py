"""How a disease shows itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.passages import Passages
from qa.steps.presentation import presentation

_ASKS = re.compile(
    r"\b(?:symptoms?|signs?|manifestations?|presentation|clinical (?:features?|picture))\b|"
    r"\bhow does (?:\w+ ){1,5}?(?:present|feel|show)\b|\bfeel like\b|\bwarning signs?\b|"
    r"症状|临床表现|体征|有什么表现|有哪些表现|什么感觉|什么样的表现",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _ASKS.search(text) is not None and ("Disease" in types_of(entities) and "Drug" not in types_of(entities))


PLAN = Plan(
    intent="presentation",
    cue=_asks,
    steps=(presentation,),
    passages=Passages(search_words="symptoms"),
    texts="beside",
)
