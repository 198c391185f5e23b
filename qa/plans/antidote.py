"""What reverses a drug or a poison."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.rules import types_of
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.named import drugs_asked
from qa.steps.passages import Passages
from qa.steps.reversing import antidotes

_ASKS = re.compile(
    r"\bantidotes?\b|\bwhat (?:do|does|can) [^?.]{2,40} reverse\b|"
    r"\brevers(?:e|es|ed|al|ing)\b (?:\w+ ){0,3}?\w+|\breversal agent|\bcounteract\w*|解毒(?:药|"
    r"剂)?|拮抗剂是|逆转|特效药.{0,6}(?:中毒|过量)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bantidotes?\b|\breversal agents?\b|解毒|逆转剂|逆转药", re.IGNORECASE)
"""What is asked of a poisoning, too."""


def _asks(text: str, entities: Sequence[AskedEntity]) -> bool:
    if _NAMED.search(text) is not None:
        return True
    return _ASKS.search(text) is not None and (bool(drugs_asked(entities)) or not (types_of(entities) & {"Disease"}))


PLAN = Plan(
    intent="antidote",
    first=_asks,
    cue=_asks,
    steps=(antidotes,),
    passages=Passages(search_words="antidote"),
    texts="first",
)
