"""What a thing is, and how a disease presents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of, worded
from qa.evidence.bundle import Part
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.asking import Asking
from qa.steps.definitions import definitions
from qa.steps.facts import FINDINGS, Facts, Template
from qa.steps.presentation import presentation

_OF_A_DISEASE = re.compile(
    r"\b(?:symptoms?|signs?|features?|manifestations?|presentation|findings?|phenotypes?) (?:of|in|for|"
    r"seen)\b|\bpresent\?|"
    r"(?:有(?:哪些|什么)|的)(?:症状|表现|临床表现|体征|特征)|症状(?:有|是)|临床表现|如何诊断|怎么诊断",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^\W*(?:what(?: is|'s|’s| are| does)|define|definition of|meaning of|explain|describe|tell me about)\b|"
    r"\bdefinition\b|"
    r"什么是|是什么|何谓|定义|指什么|介绍|什么意思|啥是|是啥",
    re.IGNORECASE,
)


def _asks_of_a_disease(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _OF_A_DISEASE.search(text) is not None and "Disease" in types_of(entities)


def _signs(asking: Asking) -> Part:
    """The findings, where they are what is asked for: how much else is known of a disease must not crowd them out."""
    return presentation(asking) if _OF_A_DISEASE.search(asking.question.text) else Part()


def _besides(asking: Asking) -> Part:
    """The findings, where the question asks what a disease is."""
    return Part() if _OF_A_DISEASE.search(asking.question.text) else presentation(asking)


PLAN = Plan(
    intent="definition",
    cue=_asks_of_a_disease,
    weaker=worded(_DEFINITION),
    steps=(
        _signs,
        definitions,
        Facts(
            templates=(
                Template(("subclass_of",), "subject", ()),
                Template(("treats", "palliates"), "subject", ("Drug",)),
                Template(("gene_associated_with", "causes"), "object", FINDINGS),
            )
        ),
        _besides,
    ),
)
