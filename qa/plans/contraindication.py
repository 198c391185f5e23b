"""For whom a drug is wrong, and which drugs are wrong for somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.apart import apart
from qa.steps.circumstances import person_in
from qa.steps.facts import FINDINGS, Facts, Template
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages
from qa.steps.together import Checked

_CONTRAINDICATION = re.compile(
    r"\bcontra-?indicat\w*|\bcan\b[^?.]{1,60}\bbe (?:used|taken|given) (?:in|during|by|for|when)\b|"
    r"\bsafe (?:for|in|during|to (?:use|take|give))\b|\b(?:should|must) (?:not|"
    r"avoid)\b|\bwho should(?:n'?t| not)\b"
    r"|\bavoided? in\b|\b(?:can|may|could|should) (?:a |an |the )?(?:pregnant|breastfeeding|nursing|asthma\w*|"
    r"diabet\w+|patients?|people|persons?|somebody|someone|adults?|child\w*|wom[ae]n|m[ae]n)"
    r"\b[^?.]*\b(?:take|use|receive|be given)\b|禁忌|禁用|慎用|忌用|(?:能不能|可不可以|能否|可以|能)(?:用|"
    r"吃|服用|使用)|不能(?:用|吃|服)|(?:能|可以?|可否|能否|适合)(?:给|让|由)?[^。？]{1,16}(?:患者|病人|者|"
    r"的人)[^。？]{0,2}[用吃服]",
    re.IGNORECASE,
)

_MAY = re.compile(
    r"\b(?:can|could|may|should|must|is|are)\b[^?.,]{0,40}\b(?:take|have|use|get|receive|start|continue|keep taking|"
    r"stay on|be (?:given|prescribed|started|put)|given|allowed|safe|ok|okay|fine|right|suitable|good|harm\w*|"
    r"danger\w*)\b"
    r"|\b(?:give|prescribe|start|offer)\b[^?.,]{0,30}\b(?:him|her|them|patient|me|to)\b"
    r"|[能可][^。？]{0,4}[用吃服打]|适合|安全|行吗|给[他她]|开[^。？]{0,4}吗",
    re.IGNORECASE,
)
"""Whether a drug may be taken at all."""
_FOR_SOMEBODY = re.compile(
    r"\b(?:can|could|may|should|shall)\b[^?.]*\b(?:take|have|get|use|used|given|give|receive|prescribe[ds]?)\b"
    r"|\b(?:safe|ok|okay|all right|alright|allowed|suitable|appropriate|fine)\b"
    r"|能[^。？]{0,6}[用吃服打]|可以|适合|安全",
    re.IGNORECASE,
)
"""Whether a drug is for somebody of an age."""


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    if _CONTRAINDICATION.search(text) is not None:
        return True
    if _MAY.search(text) is not None and drugs_asked(entities) and not types_of(entities) & {"Disease", "Phenotype"}:
        return True
    who = person_in(text, entities)
    if who.age is not None and _FOR_SOMEBODY.search(text) is not None and bool(drugs_asked(entities)):
        return True
    told = bool(who.allergies or who.pregnant or who.lactating or who.liver) or who.egfr is not None
    return told and bool(drugs_asked(entities))


PLAN = Plan(
    intent="contraindication",
    cue=_asks,
    steps=(
        Checked(),
        apart,
        Facts(
            templates=(
                Template(("contraindicated_in",), "subject", ("Drug", "Procedure")),
                Template(("contraindicated_in",), "object", FINDINGS),
            )
        ),
    ),
    passages=Passages(
        cue=re.compile(
            r"contraindicat|avoid|caution|safe|not be (?:used|given)|pregnan|禁|慎|避免|妊娠", re.IGNORECASE
        ),
        search_words="contraindicated",
        joins=True,
    ),
)
