"""How a disease goes on: outlook, complications, survival."""

from __future__ import annotations

import re

from qa.asked.rules import worded
from qa.plans.plan import Plan
from qa.steps.passages import Passages

_ASKS = re.compile(
    r"\bprogno\w+|\boutlook\b|\bsurviv\w+|\blife expectanc\w+|\bcomplications?\b|\b(?:will|can|does|"
    r"do) (?:\w+ ){1,4}?(?:recover|get better|go away|be cured|outgrow|come back|resolve|improve)\b|"
    r"\bhow long (?:do|does|will|can) (?:\w+ ){1,5}?(?:live|survive|last)\b|\blong[- ]term\b.{0,30}\b(?:outcome|"
    r"effect)|\bfatal\b|\b(?:be|is it) cur(?:ed|able)\b|"
    r"预后|并发症|(?:能|会|可以)(?:活|治好|好吗|自愈|复发|恢复)|活多久|长大(?:以后|后)会好|存活|生存(?:率|期)|"
    r"死亡率|转归|会好吗|后遗症",
    re.IGNORECASE,
)

PLAN = Plan(
    intent="prognosis",
    cue=worded(_ASKS),
    steps=(),
    passages=Passages(search_words="prognosis outlook"),
    texts="instead",
)
