"""How severe an interaction is: every source's own word on one scale.

The ONC's high-priority pairs are those that experts agreed "should not be given together" (Phansalkar et al., JAMIA
2012;19:735), its non-interruptive ones those whose alert need not interrupt (JAMIA 2013;20:489). The ANSM's four levels
are ranked as its own thesaurus does: contre-indication, association déconseillée, précaution d'emploi, à prendre en
compte.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, get_args

from graph.model import Assertion
from text.names import normalise

Severity = Literal["contraindicated", "major", "moderate", "minor", "unknown"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first."""
ALARMING: frozenset[Severity] = frozenset({"contraindicated", "major"})

CHINESE: dict[Severity, str] = {
    "contraindicated": "禁忌",
    "major": "严重",
    "moderate": "中度",
    "minor": "轻微",
    "unknown": "未分级",
}

_SAID: dict[Severity, tuple[str, ...]] = {
    "contraindicated": ("contraindicated", "contraindication", "contre-indication", "禁忌", "禁用", "禁止合用"),
    "major": ("major", "severe", "serious", "high", "association déconseillée", "严重", "重度", "重要"),
    "moderate": ("moderate", "medium", "précaution d'emploi", "中度", "中等"),
    "minor": (
        "minor", "mild", "low", "non-interruptive", "à prendre en compte", "il convient de prendre en compte", "轻微",
        "轻度",
    ),
}  # fmt: skip
_WORDS = {normalise(said): severity for severity, words in _SAID.items() for said in words}
_KEYS = ("severity", "priority")


def word(assertion: Assertion) -> str:
    """What the source itself says of how severe it is; empty where it says nothing."""
    qualifiers = dict(assertion.qualifiers)
    return next((qualifiers[key] for key in _KEYS if qualifiers.get(key)), "")


def severity(assertion: Assertion) -> Severity:
    """The same on the one scale; `unknown` where the source says nothing, or a word that is not known here."""
    return _graded(word(assertion))


@lru_cache(maxsize=1000)
def _graded(said: str) -> Severity:
    return _WORDS.get(normalise(said), "unknown")


def worst(severities: Iterable[Severity]) -> Severity:
    """The worst of them; `unknown` of none."""
    return min(severities, key=SEVERITIES.index, default="unknown")
