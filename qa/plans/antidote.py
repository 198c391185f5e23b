"""What reverses a drug or a poison."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages

_ASKS = re.compile(
    r"\bantidotes?\b|\brevers(?:e|es|ed|al|ing)\b (?:\w+ ){0,3}?\w+|\breversal agent|\bcounteract\w*|解毒(?:药|"
    r"剂)?|拮抗剂是|逆转|特效药.{0,6}(?:中毒|过量)",
    re.IGNORECASE,
)


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    return _ASKS.search(text) is not None and (bool(drugs_asked(entities)) or not (types_of(entities) & {"Disease"}))


PLAN = Plan(
    intent="antidote",
    first=_asks,
    cue=_asks,
    steps=(),
    passages=Passages(search_words="antidote"),
    texts="first",
)
