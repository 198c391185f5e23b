"""Which disease somebody may have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.candidates import candidates
from qa.steps.facts import Facts
from qa.steps.passages import Passages

_DIAGNOSIS = re.compile(
    r"\bdiagnos(?:is|es|e|ed|ing|tic)\b|\bdifferential\b|\b(?:what|which)\b[^?.]*\b(?:diseases?|conditions?|"
    r"disorders?|syndromes?|"
    r"illness(?:es)?)\b|\bpatient (?:with|has|presents?|presenting|who)\b|\byear[- ]old\b|\bpresent(?:s|ed|"
    r"ing)? with\b|"
    r"\bwhat (?:could|might|may|can)\b[^?.]*\bbe\b|\b(?:could|might) (?:it|this|that) be\b|\b(?:what|"
    r"which)\b[^?.]*\bcauses?\b|"
    r"\bcauses? of\b|\bdo i have\b|\bi (?:have|am having)\b|\bwhat is wrong\b"
    r"|什么病|哪些(?:疾)?病|何病|哪种病|什么疾病|诊断|鉴别|可能是|是什么原因|什么原因|什么引起|怎么回事|患者|病人|岁",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    types = types_of(entities)
    return _DIAGNOSIS.search(text) is not None and (
        bool(types & {"Phenotype", "Measurement"}) or "Disease" not in types
    )


PLAN = Plan(
    intent="diagnosis",
    cue=_asks,
    steps=(candidates, Facts(templates=())),
    passages=Passages(search_words="diagnosis", joins=True),
)
