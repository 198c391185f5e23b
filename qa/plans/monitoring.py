"""What must be watched with a drug or in a disease."""

from __future__ import annotations

import re

from qa.asked.rules import worded
from qa.plans.plan import Plan
from qa.steps.passages import Passages
from qa.steps.reversing import watched

_ASKS = re.compile(
    r"\bmonitor(?:ed|ing|s)?\b|\b(?:follow(?:ed)?[- ]?up|keep (?:an eye|watching)|watch(?:ed|ing)? (?:for|out)|"
    r"check(?:ed|s)? (?:regularly|before|during|while))\b|"
    r"\b(?:blood )?(?:tests?|levels?|labs?) (?:\w+ ){0,4}?(?:while|during|when|on)\b|监测|随访|复查|定期(?:查|"
    r"检查)|需要查什么",
    re.IGNORECASE,
)

PLAN = Plan(
    intent="monitoring",
    cue=worded(_ASKS),
    steps=(watched,),
    passages=Passages(search_words="monitoring"),
    texts="first",
)
