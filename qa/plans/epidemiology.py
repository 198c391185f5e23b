"""How common a disease is, and whom it affects."""

from __future__ import annotations

import re

from qa.asked.rules import worded
from qa.plans.plan import Plan
from qa.steps.passages import Passages

_ASKS = re.compile(
    r"\b(?:prevalence|incidence|epidemiolog\w+)\b|\bhow (?:common|many people|frequent|rare|often does)\b|"
    r"\b(?:common(?:er)?|more (?:common|frequent|often)) (?:\w+ ){0,2}?(?:in|among)\b|\bone in how many\b|"
    r"\bwho (?:gets|is affected|usually gets)\b|\bhow many (?:\w+ )?(?:have|suffer|are affected)\b|患病率|"
    r"发病率|流行病学|多常见|常见吗|有多少人|男(?:的|性)?多还是女|多见于|高发",
    re.IGNORECASE,
)

PLAN = Plan(
    intent="epidemiology",
    cue=worded(_ASKS),
    steps=(),
    passages=Passages(search_words="prevalence incidence"),
    texts="first",
)
