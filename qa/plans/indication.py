"""What a drug is for, and whether it may still be sold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.facts import Facts, Template
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages
from qa.steps.purposes import purposes
from qa.steps.together import drugs_named

_FOR = re.compile(
    r"\bindicat(?:ed|ions?)\b|\bwhat (?:is|are)\b[^?.]*\bfor\b\?|\bused for\b|\buses of\b|\bapproved\b|"
    r"\bauthori[sz]ed\b|"
    r"\blicen[sc]ed\b|\bwithdrawn\b|\bstill (?:on the market|sold|available)\b|\boff-?label\b"
    r"|适应症|适应证|获批|批准|上市|撤市|退市|用于治疗什么|治什么|治疗什么|用来治疗?什么|有什么用|还能用来|"
    r"现在还能用|说明书",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _FOR.search(text) is not None and bool(drugs_asked(entities)) and not drugs_named(entities)


PLAN = Plan(
    intent="indication",
    cue=_asks,
    steps=(purposes, Facts(templates=(Template(("treats", "palliates", "prevents"), "subject", ("Drug",)),))),
    passages=Passages(
        cue=re.compile(r"indicat|treat|approved|withdrawn|适应|治疗|批准", re.IGNORECASE), search_words="indication"
    ),
)
