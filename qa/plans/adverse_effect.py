"""What harm a drug does, and which drugs do a harm."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import surfaces
from qa.drugs.model import CLASSES
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.about import adverse
from qa.steps.facts import FINDINGS, Facts, Template
from qa.steps.passages import Passages

_ADVERSE = re.compile(
    r"\b(?:side[- ]?effects?|adverse (?:\w+ )?(?:effects?|events?|reactions?)|toxicit(?:y|ies)|"
    r"toxic effects?|unwanted effects?|"
    r"adverse)\b|\b(?:harm|damage|hurt|injure)s?\b[^?.]{0,20}\b(?:eyes?|ears?|hearing|vision|sight|liver|"
    r"kidneys?|heart|lungs?|"
    r"stomach|bones?|skin|nerves?|muscles?|brain|blood|teeth|hair|thyroid)\b"
    r"|副作用|不良反应|毒性|毒副|不良事件|[伤损害](?:肝|肾|胃|眼|耳|听力|视力|心|肺|神经|骨)|(?:损伤|损害|伤害)",
    re.IGNORECASE,
)
_HARMFUL = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+)?(?:drugs?|medicines?|medications?|chemicals?|antibiotics?|agents?|substances?)\s+"
    r"(?:\w+\s+){0,3}(?:caus(?:e|es|ing)|induc(?:e|es|ing)|trigger|provoke|precipitate|worsen|lead to|result in)\b|"
    r"(?:哪些|什么|哪种|哪类)药物?[^。？，]{0,4}(?:引起|导致|诱发|引发|造成)",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\bhow (?:often|common|frequent\w*|likely|many)\b|\bfrequen\w+|\bincidence\b|\bpercent\w*|\brate of\b|\bSIDER\b"
    r"|频率|多常见|发生率|常见吗|多少人|百分之|概率",
    re.IGNORECASE,
)
_CAUSED = re.compile(r"\b(?:cause|causes|caused|induce[sd]?|lead to)\b|引起|导致", re.IGNORECASE)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    if _ADVERSE.search(text) is not None or _HARMFUL.search(text) is not None:
        return True
    named = surfaces(entities, "Drug") and surfaces(entities, *FINDINGS) - surfaces(entities, "Drug")
    return bool(named) and _OFTEN.search(text) is not None


def _names_a_drug_as_cause(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _CAUSED.search(text) is not None and bool(surfaces(entities, "Drug"))


def _both(text: str, entities: Sequence[AskedEntity]) -> bool:
    """Whether a drug or class and a finding are named: what else either does, or is done by, is not the question."""
    drugs = surfaces(entities, "Drug") | surfaces([one for one in entities if one.id.startswith(CLASSES)], "Concept")
    return bool(drugs and surfaces(entities, *FINDINGS) - drugs)


PLAN = Plan(
    intent="adverse_effect",
    cue=_asks,
    weaker=_names_a_drug_as_cause,
    steps=(
        adverse,
        Facts(
            templates=(
                Template(("has_adverse_effect", "causes"), "subject", ("Drug", "Procedure")),
                Template(("has_adverse_effect", "causes"), "object", FINDINGS),
            ),
            alone=_both,
        ),
    ),
    passages=Passages(
        cue=re.compile(
            r"adverse|side[- ]effect|toxic|complication|induced|tolerat|不良|副作用|毒性|引起", re.IGNORECASE
        ),
        search_words="adverse effects",
        joins=True,
    ),
)
