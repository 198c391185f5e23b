"""What a disease comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import surfaces, types_of
from qa.evidence.bundle import Part
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.asking import Asking
from qa.steps.candidates import candidates
from qa.steps.facts import FINDINGS, Facts, Template
from qa.steps.passages import Passages

_CAUSE = re.compile(
    r"\b(?:what|which)\b[^?.]*\b(?:causes?|leads? to|results? in)\b|\bcauses? of\b|\bcaused by what\b|\ba?etiolog|"
    r"什么原因|什么引起|什么导致|病因|为什么会得",
    re.IGNORECASE,
)


def _asks_of_a_disease(text: str, entities: Sequence[AskedEntity]) -> bool:
    """Whether the cause of one disease is asked for; many a disease goes by the name of a finding, too."""
    types = types_of(entities)
    one = types == {"Disease"} or (types == {"Disease", "Phenotype"} and len(surfaces(entities)) == 1)
    return _CAUSE.search(text) is not None and one


_STATED = Facts(
    templates=(
        Template(("causes", "has_adverse_effect"), "object", FINDINGS),
        Template(("gene_associated_with",), "object", FINDINGS),
        Template(("contributes_to",), "object", FINDINGS),
    )
)


def _causes(asking: Asking) -> Part:
    """What is stated to cause it; of what is a finding, too, and has no stated cause, the diseases that have it."""
    part = _STATED(asking)
    finding = "Phenotype" in types_of(asking.understanding.entities)
    return candidates(asking) if finding and not part.evidence else part


PLAN = Plan(
    intent="cause",
    cue=_asks_of_a_disease,
    steps=(_causes,),
    passages=Passages(
        cue=re.compile(r"caus|due to|induc|result|lead|etiolog|aetiolog|引起|导致|病因|原因", re.IGNORECASE),
        search_words="cause",
    ),
)
