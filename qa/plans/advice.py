"""What sources advise people to do or to leave."""

from __future__ import annotations

import re

from qa.asked.rules import worded
from qa.plans.plan import Plan
from qa.steps.passages import Passages

_ASKS = re.compile(
    r"\b(?:what|how) should (?:i|he|she|we|they|my \w+|one|people|patients) (?:eat|drink|do|avoid|change|"
    r"take care|live|sleep)\b|\b(?:diet|lifestyle|exercise|self-?care|at home)\b (?:\w+ ){0,3}?(?:for|with|in|"
    r"advice)|"
    r"\badvice\b|\btips\b|\bwhat to do\b|\bshould (?:he|she|i|we) change\b|饮食|注意什么|注意事项|怎么护理|"
    r"生活中|忌口|能吃什么|不能吃什么|该怎么做",
    re.IGNORECASE,
)

PLAN = Plan(
    intent="advice",
    cue=worded(_ASKS),
    steps=(),
    passages=Passages(search_words="what to do advice"),
    texts="instead",
)
