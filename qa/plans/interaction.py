"""Which drugs interact, and whether two may be taken together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import surfaces
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.facts import Facts, Template
from qa.steps.passages import Passages

_INTERACTION = re.compile(
    r"\binteract(?:s|ion|ions|ing)?\b|\b(?:take|taken|taking|use|used|combine|combined|combining|mix|mixed|"
    r"given|co-?administ\w+)\b"
    r"[^?.]*\b(?:together|with|and|at the same time|concomitantly|simultaneously)\b|相互作用|(?:一起|同时|"
    r"合用|联用|联合)[^。？]{0,6}"
    r"(?:吃|服|用|吗|使用|应用)|能[^。？]{0,10}(?:一起|同时)|(?:合用|联用|配伍)",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(r"interact|相互作用|合用|联用|配伍", re.IGNORECASE)


def _two_drugs(text: str, entities: Sequence[AskedEntity]) -> bool:
    return len(surfaces(entities, "Drug")) > 1


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    outright = _OUTRIGHT.search(text) is not None
    return _INTERACTION.search(text) is not None and (outright or _two_drugs(text, entities))


PLAN = Plan(
    intent="interaction",
    cue=_asks,
    steps=(
        Facts(
            templates=(
                Template(("interacts_with",), "subject", ("Drug",)),
                Template(("interacts_with",), "object", ("Drug",)),
            ),
            alone=_two_drugs,
        ),
    ),
    passages=Passages(
        cue=re.compile(r"interact|concomitant|together|combin|co-?admin|相互作用|合用|联用|同时", re.IGNORECASE),
        search_words="drug interaction",
        joins=True,
    ),
)
