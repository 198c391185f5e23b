"""Of which cause a harm is, where the text names it together with its cause: "zinc-induced nausea", "nausea induced by
zinc"."""

from __future__ import annotations

import re

from ingest.model import Mention
from ingest.reading.relations.compounds import COMPOUND

_OWN_CAUSE = re.compile(
    r"\w(?P<hyphen>[-–])(?:induced|related|associated|mediated|provoked) (?:[\w-]+ ){0,2}$", re.IGNORECASE
)
_CAUSED_BY = re.compile(
    r"\s*(?:\([\w ,-]{1,20}\) )?(?:(?:that|which) (?:is|was|are|were) )?(?:induced|caused|provoked|produced) by ",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|/|\+|\band/or\b|\band\b|\bor\b|\bplus\b)\s*", re.IGNORECASE)
_SUSPENDED = re.compile(r"[-–](?:induced|associated|related|mediated)?", re.IGNORECASE)
"""What stays of the word behind a cause before the last: "zinc- and copper-induced"."""
_NO_NAME = re.compile(
    r"\b(?:in|on|with|by|of|for|to|from|after|than|despite|but|was|were|is|are)\b|[.;:]\s", re.IGNORECASE
)
_LONGEST = 5
"""Words of a name in a list of causes."""
_LOOKED = 60
"""Characters around a cause or an effect within which the other stands."""
_LIST = 160
"""Characters of a list of causes."""


def attributed(text: str, start: int, agent: Mention, harm: Mention) -> bool:
    """Whether the harm has another cause than `agent`, or `agent` another effect than the harm, in words that are one
    with them; `start` is where the sentence begins."""
    low = max(start, harm.start - _LOOKED)
    if own := _OWN_CAUSE.search(text, low, harm.start):
        at = own.start("hyphen")
        return not (agent.end <= at and _listed(text[agent.end : at]))
    if by := _CAUSED_BY.match(text, harm.end, harm.end + _LOOKED):
        return not (agent.start >= by.end() and _names(text[by.end() : agent.start]))
    if COMPOUND.match(text[agent.end : agent.end + 20]):
        return not agent.end < harm.start <= agent.end + _LOOKED
    return False


def _listed(between: str) -> bool:
    """Whether only further causes stand between a cause and the end of the last: "zinc- and copper-induced"."""
    suspended = _SUSPENDED.match(between)
    rest = between[suspended.end() :] if suspended else between
    return not rest or (_JOINT.match(rest) is not None and _names(rest))


def _names(between: str) -> bool:
    """Whether `between` is a list of names, or the beginning of one."""
    if len(between) > _LIST or _NO_NAME.search(between):
        return False
    return all(len(name.split()) <= _LONGEST for name in _JOINT.split(between))
