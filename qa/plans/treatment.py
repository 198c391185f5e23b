"""What helps against something, and what a drug helps against."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.evidence.bundle import Part
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.asking import Asking
from qa.steps.facts import FINDINGS, Facts, Template, whether_a_drug_does
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages
from qa.steps.purposes import purposes
from qa.steps.remedies import remedies

_TREATMENT = re.compile(
    r"\b(?:treat(?:s|ed|ing|ment|ments|able)?|therap(?:y|ies|eutic|eutics)|cure[sd]?|manag(?:e|ed|ing|"
    r"ement)|remed(?:y|ies)|"
    r"medications?|drugs? (?:of choice|for|against|used|help\w*|are|is|work\w*)|(?:which|what) (?:drugs?|medicines?)|"
    r"(?:first|second)[- ]line|prescribe[ds]?|antidote|reliev\w+|indications?|indicated|used for|"
    r"prevent(?:s|ed|ion)?)\b"
    r"|治疗|怎么治|如何治|怎样治|吃什么药|用什么药|什么药|哪些药|治愈|疗法|用药|缓解|解毒|预防|适应症|适应证|怎么办",
    re.IGNORECASE,
)

_EFFECT = re.compile(
    r"\b(?:effective|efficacious|efficacy|useful|beneficial|any good|helps?|helpful|works?|working|candidate|"
    r"option)\b"
    r"|有效|候选|有用|管用|疗效|效果",
    re.IGNORECASE,
)
"""What is asked of a drug and a disease."""


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    if _TREATMENT.search(text) is not None:
        return True
    both = bool(drugs_asked(entities)) and bool(types_of(entities) & set(FINDINGS))
    return both and _EFFECT.search(text) is not None


def _uses(asking: Asking) -> Part:
    """What the drugs that are named are for; where none is named, which drugs are for the diseases."""
    return purposes(asking) if drugs_asked(asking.understanding.entities) else remedies(asking)


PLAN = Plan(
    intent="treatment",
    cue=_asks,
    steps=(
        _uses,
        Facts(
            templates=(
                Template(("treats",), "object", FINDINGS),
                Template(("palliates", "prevents"), "object", FINDINGS),
                Template(("treats", "palliates", "prevents"), "subject", ("Drug", "Procedure")),
            ),
            alone=whether_a_drug_does,
        ),
    ),
    passages=Passages(
        cue=re.compile(r"treat|therap|effective|efficacy|reliev|improv|治疗|疗效|有效|缓解", re.IGNORECASE),
        search_words="treatment",
        joins=True,
    ),
)
