"""What a disease comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.facts import FINDINGS, Facts, Template
from qa.steps.passages import Passages

_CAUSE = re.compile(
    r"\b(?:what|which)\b[^?.]*\b(?:causes?|leads? to|results? in)\b|\bcauses? of\b|\bcaused by what\b|\ba?etiolog|"
    r"什么原因|什么引起|什么导致|病因|为什么会得",
    re.IGNORECASE,
)


def _asks_of_a_disease(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _CAUSE.search(text) is not None and types_of(entities) == {"Disease"}


PLAN = Plan(
    intent="cause",
    cue=_asks_of_a_disease,
    steps=(
        Facts(
            templates=(
                Template(("causes", "has_adverse_effect"), "object", FINDINGS),
                Template(("gene_associated_with",), "object", FINDINGS),
                Template(("contributes_to",), "object", FINDINGS),
            )
        ),
    ),
    passages=Passages(
        cue=re.compile(r"caus|due to|induc|result|lead|etiolog|aetiolog|引起|导致|病因|原因", re.IGNORECASE),
        search_words="cause",
    ),
)
