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
# "cisplatin, carboplatin and oxaliplatin-induced", "cisplatin- and carboplatin-induced".
_LISTED = re.compile(
    r"(?:[-–](?:induced|associated|related|mediated)?)?"
    r"(?:\s*(?:,|/|\+|\band/or\b|\band\b|\bor\b|\bplus\b)\s*(?:and |or )?[\w()-]+(?: [\w()-]+){0,2})*",
    re.IGNORECASE,
)
_WORD = r"(?!(?:in|on|with|by|of|for|to|from|after|than|despite|but|was|were|is|are)\b)[\w()./%-]+"
_LIST_BEFORE = re.compile(
    rf"(?:{_WORD}(?: {_WORD}){{0,3}}(?:,? and |,? or |, |/)){{0,6}}(?:{_WORD} ){{0,5}}", re.IGNORECASE
)
_LOOKED = 60
_SOON = 60
"""Characters behind a cause within which its effect stands."""


def attributed(text: str, start: int, agent: Mention, harm: Mention) -> bool:
    """Whether the harm has another cause than `agent`, or `agent` another effect than the harm, in words that are one
    with them; `start` is where the sentence begins."""
    low = max(start, harm.start - _LOOKED)
    if own := _OWN_CAUSE.search(text, low, harm.start):
        at = own.start("hyphen")
        return not (agent.end <= at and _LISTED.fullmatch(text, agent.end, at))
    if by := _CAUSED_BY.match(text, harm.end, harm.end + _LOOKED):
        return not (agent.start >= by.end() and _LIST_BEFORE.fullmatch(text, by.end(), agent.start))
    if COMPOUND.match(text[agent.end : agent.end + 20]):
        return not agent.end < harm.start <= agent.end + _SOON
    return False
