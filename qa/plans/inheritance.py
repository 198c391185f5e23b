"""How a disease is passed on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.facts import Facts, Template
from qa.steps.passages import Passages

_INHERITED = re.compile(
    r"\binherit(?:ed|ance|s)?\b|\bpassed (?:on|down)\b|\bheredit\w+|\bautosomal\b|\bx-?linked\b|\bruns? in (?:the )?"
    r"famil|遗传",
    re.IGNORECASE | re.ASCII,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _INHERITED.search(text) is not None and bool(types_of(entities) & {"Disease", "Gene", "Concept"})


PLAN = Plan(
    intent="inheritance",
    cue=_asks,
    steps=(Facts(templates=(Template(("has_inheritance",), "subject", ("Disease", "Gene")),)),),
    passages=Passages(
        cue=re.compile(r"inherit|autosomal|x-linked|dominant|recessive|遗传|显性|隐性", re.IGNORECASE),
        search_words="inheritance",
    ),
)
