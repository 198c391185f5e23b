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


_TO_TAKE = re.compile(
    r"\b(?:i|my|we|he|she|someone|child|kid|baby|infant|toddler|adults?|safe|max(?:imum)?|at once|lethal|fatal)\b|"
    r"\b\d+[- ]?(?:kg|month|year|week|day)s?\b(?! trial)|我|孩子|小孩|儿童|宝宝|婴儿|成人|"
    r"最大|最多|安全|一次|致死|几[片粒颗]",
    re.IGNORECASE,
)
_STUDIED = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|randomi[sz]ed|groups?|were given|was given|used in)\b|研究|试验|组", re.I
)


def _left_to_a_label(asking: Asking) -> Part:
    """Nothing, and no passage: what a trial gave to others is no dose for somebody, nor the most that may be taken."""
    text = asking.question.text
    return Part(closes=_TO_TAKE.search(text) is not None and _STUDIED.search(text) is None)


def _for_somebody(asking: Asking) -> Part:
    """What is stated of the drug for the kidneys, the liver, the age or the state that the question tells of."""
    if _CIRCUMSTANCE.search(asking.question.text) is None:
        return Part()
    parts = [step(asking) for step in contraindication.PLAN.steps]
    return Part(tuple(piece for part in parts for piece in part.evidence))


PLAN = Plan(
    intent="dose",
    cue=_asks,
    steps=(_for_somebody, _left_to_a_label),
    passages=Passages(search_words="dose"),
    texts="first",
)
