"""How a disease is prevented."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.facts import FINDINGS, Facts, Template
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages

_ASKS = re.compile(
    r"\bprevent(?:s|ed|ing|ion|able|ive)?\b|\bavoid (?:getting|catching)\b|\bward(?:s|ing)? off\b|\bvaccin\w+|"
    r"\bprophyla\w+|\breduce (?:the|my|your|his|her) risk\b|\bprotect (?:\w+ )?(?:against|from)\b|"
    r"\bstop (?:\w+ )?(?:getting|catching)\b|"
    r"预防|怎么防|如何防|避免得|避免(?:感染|患)|疫苗|防止",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    of_disease = bool(types_of(entities) & {"Disease", "Phenotype"})
    return _ASKS.search(text) is not None and (of_disease or not drugs_asked(entities))


PLAN = Plan(
    intent="prevention",
    cue=_asks,
    steps=(Facts(templates=(Template(("prevents",), "object", FINDINGS),)),),
    passages=Passages(search_words="prevention"),
    texts="first",
)
