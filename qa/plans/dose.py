"""How much of a drug is given, how often, and at most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.bundle import Part
from qa.model import AskedEntity
from qa.plans import contraindication
from qa.plans.plan import Plan
from qa.steps.asking import Asking
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages

_ASKS = re.compile(
    r"\bdos(?:e|es|age|ages|ing)\b|\bhow (?:much|many) (?:\w+ ){0,3}?(?:mg|milligrams?|tablets?|pills?|ml|"
    r"per (?:kilo|kg|day))\b|\bhow much \w+ (?:should|can|do|may|is|was|per)\b|"
    r"\bmaximum (?:daily )?(?:amount|dose)|(?<![大小低高中])剂量|用量|(?:吃|用|喝|打|加)(?:多少|几)(?:毫克|毫升|"
    r"片|粒|mg|ml)?|"
    r"多少毫克|最大用到|疗程",
    re.IGNORECASE,
)
_CIRCUMSTANCE = re.compile(
    r"\b(?:e?gfr|creatinine|ckd|kidney|renal|liver|hepatic|child-pugh|dialysis|pregnan\w+|breast-?feed\w*|"
    r"lactat\w+)\b|"
    r"肾|肌酐|肝功|肝硬化|透析|怀孕|孕|哺乳",
    re.IGNORECASE,
)
_EACH = re.compile(r"\beach\b|\bversus\b|\bvs\b|\bcompar\w+|\btrial\b|\bstudy\b|各|分别|比较|研究", re.IGNORECASE)
"""What asks of several drugs one by one: else they are taken together, which is another question."""


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    alone = len(set(drugs_asked(entities).values())) < 2 or _EACH.search(text) is not None
    return alone and _CIRCUMSTANCE.search(text) is None and _ASKS.search(text) is not None


def _for_somebody(asking: Asking) -> Part:
    """What is stated of the drug for the kidneys, the liver, the age or the state that the question tells of."""
    if _CIRCUMSTANCE.search(asking.question.text) is None:
        return Part()
    parts = [step(asking) for step in contraindication.PLAN.steps]
    return Part(tuple(piece for part in parts for piece in part.evidence))


PLAN = Plan(
    intent="dose",
    cue=_asks,
    steps=(_for_somebody,),
    passages=Passages(search_words="dose"),
    texts="first",
)
