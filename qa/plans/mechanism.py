"""How a drug acts: by which path on a disease, on which targets, and by which enzymes it is metabolised."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.bundle import Part
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.about import acts, kinds, paths
from qa.steps.asking import Asking
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages
from qa.steps.together import drugs_named

_ACTS = re.compile(
    r"\bmechanisms?\b|\bmode of action\b|\b(?:how|in what way|why)\b"
    r"(?! +(?:often|much|many|long|soon|should|to|(?:do|can|could|must|may) (?:i|we|you|one))\b)[^?.]*\b"
    r"(?:work|act|help|treat|reliev|lower|reduc|raise|increas|decreas|block|inhibit|prevent|kill|stop|suppress|"
    r"thin|dilat|"
    r"relax|improv|control|protect|promot|stimulat|slow)\w*"
    r"|\b(?:by|through|via) (?:which|what) (?:path|pathway|way|mechanism)|\bpathways?\b|\bstep by step\b"
    r"|机制|机理|原理|作用链|药理|作用方式|怎么起作用|如何起作用|如何发挥|通路|途径"
    r"|(?:怎样|怎么|如何|为什么|为何)[^？。]{0,3}"
    r"(?:抑制|降|升|起效|发挥|杀|阻断|扩张|缓解)",
    re.IGNORECASE,
)
_TARGETS = re.compile(
    r"\btargets?\b|\bbinds?\b|\breceptors?\b|\benzymes?\b|\bmetaboli[sz](?:e|es|ed)\b|\bmetabolism\b|\bsubstrate\b|"
    r"\binhibits?\b|"
    r"\binduces?\b|\bprodrug\b|\btransporters?\b|\bCYP\w+|\bP-?gp\b|靶点|靶标|作用于|受体|代谢酶|酶代谢|"
    r"由[^？]{0,6}代谢|底物|转运体",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:class|classes|kind|type|group|family)\b|\bdrug class\b|\bATC\b|\bbelongs? to\b"
    r"|属于(?:哪|什么)|哪一?类药?|什么类|是什么药$|是什么药？|ATC",
    re.IGNORECASE,
)


_OF_THE_BODY = re.compile(
    r"(?:blood )?(?:sugar|glucose)s?|(?:blood )?(?:cholesterol|lipids|triglycerides)|(?:uric|gastric|stomach) acid"
    r"|histamine|prostaglandins?|血糖|葡萄糖|胆固醇|血脂|甘油三酯|尿酸|胃酸|组胺|前列腺素",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    asks = _ACTS.search(text) is not None or _TARGETS.search(text) is not None or _KIND.search(text) is not None
    # What a drug does to what the body makes is no question on two drugs.
    named = {name: id for name, id in drugs_asked(entities).items() if _OF_THE_BODY.fullmatch(name) is None}
    alone = len({name.casefold() for name in named}) == 1 or (bool(named) and not drugs_named(entities))
    return asks and alone


def _acting(asking: Asking) -> Part:
    """Classes, or targets and enzymes, where they are asked for, else the paths, else what there is of the other."""
    if _KIND.search(asking.question.text):
        return kinds(asking)
    steps = (acts, paths) if _TARGETS.search(asking.question.text) else (paths, acts)
    first = steps[0](asking)
    return first if first.evidence else steps[1](asking)


PLAN = Plan(
    intent="mechanism",
    cue=_asks,
    steps=(_acting,),
    passages=Passages(
        cue=re.compile(r"mechanism|inhibit|activat|receptor|bind|target|enzyme|机制|抑制|受体|靶", re.IGNORECASE),
        search_words="mechanism of action",
    ),
)
