"""Which disease somebody may have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.diagnostic import asks_what, diagnostic
from qa.asked.rules import surfaces, types_of
from qa.evidence.bundle import Part
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.asking import Asking
from qa.steps.candidates import candidates
from qa.steps.facts import Facts
from qa.steps.passages import Passages
from qa.steps.presentation import presentation

_DIAGNOSIS = re.compile(
    r"\bdiagnos(?:is|es|e|ed|ing|tic)\b|\bdifferential\b|\b(?:what|which)\b[^?.]*\b(?:diseases?|conditions?|"
    r"disorders?|syndromes?|"
    r"illness(?:es)?)\b|\bpatient (?:with|has|presents?|presenting|who)\b|\byear[- ]old\b|\bpresent(?:s|ed|"
    r"ing)? with\b|"
    r"\bwhat (?:could|might|may|can)\b[^?.]*\b(?:be|have)\b|\b(?:could|might) (?:it|this|that) be\b|\b(?:what|"
    r"which)\b[^?.]*\bcauses?\b|"
    r"\bcauses? of\b|\bdo i have\b|\bi (?:have|am having)\b|\bwhat is wrong\b"
    r"|什么病|哪些(?:疾)?病|何病|哪种病|什么疾病|诊断|鉴别|可能是|是什么原因|什么原因|什么引起|怎么回事|患者|病人|岁",
    re.IGNORECASE,
)


_SUGGESTS = re.compile(
    r"\bwhat is (?:it|this|that)\b|\b(?:think of|consider|suggest|explain)\w*|\bmore likely\b|"
    r"\bwhat(?:'s|’s)? (?:wrong|going on|happening)\b|是什么|考虑什么|想到什么|还是|会不会|是不是|哪种|哪一?[种型类]",
    re.IGNORECASE,
)


def _findings(text: str, entities: Sequence[AskedEntity]) -> set[str]:
    """The words for findings, without what is asked about."""
    asked = {name.casefold() for name in diagnostic(text, entities).diseases}
    return surfaces(entities, "Phenotype", "Measurement") - asked


def _tells(entities: Sequence[AskedEntity]) -> bool:
    """Whether findings are told, and no drug is what the question is about."""
    types = types_of(entities)
    return bool(types & {"Phenotype", "Measurement"}) and "Drug" not in types


def _asks_what(text: str, entities: Sequence[AskedEntity]) -> bool:
    """Whether what to find out next, what must not be missed, or which of two diseases it is, is asked of findings."""
    return _tells(entities) and (asks_what(text) or len(diagnostic(text, entities).weighed) > 1)


def _suggests(text: str, entities: Sequence[AskedEntity]) -> bool:
    """Whether several findings are told, or one, and what it may be, or which of a group, is asked in any words; or
    whether it is a disease that is named."""
    sought, told = diagnostic(text, entities), _findings(text, entities)
    if not told and "Drug" not in types_of(entities):
        return bool(sought.weighed)
    asks = bool(sought.group) or _SUGGESTS.search(text) is not None
    return _tells(entities) and (len(told) > 2 or (bool(told) and asks))


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    """Whether a diagnosis is asked for; or what to find out next, of somebody whose findings the record tells."""
    types = types_of(entities)
    if not types and asks_what(text):
        return True
    return _DIAGNOSIS.search(text) is not None and (
        bool(types & {"Phenotype", "Measurement"}) or "Disease" not in types
    )


def _presents(asking: Asking) -> Part:
    """How the diseases asked about present, where no finding is told by which they could be ranked."""
    entities = asking.understanding.entities
    asked = diagnostic(asking.question.text, entities).weighed
    return presentation(asking) if asked and not _findings(asking.question.text, entities) else Part()


PLAN = Plan(
    intent="diagnosis",
    first=_asks_what,
    cue=_asks,
    weaker=_suggests,
    steps=(candidates, _presents, Facts(templates=())),
    passages=Passages(search_words="diagnosis", joins=True),
)
