"""The codes of a thing in the vocabularies, and what a code stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.codes import codes_in, systems_asked
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.codes import codes
from qa.steps.definitions import definitions

_CODE = re.compile(r"\bcod(?:e|es|ing)\b|\bidentifiers?\b|\bids?\b|编码|代码|编号|号码", re.IGNORECASE)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return bool(codes_in(text)) or bool(systems_asked(text) and (_CODE.search(text) or entities))


PLAN = Plan(intent="code", first=_asks, steps=(codes, definitions))
