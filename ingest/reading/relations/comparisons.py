"""Of which side of a comparison something is told: "rashes were rarer with this drug than with that"."""

from __future__ import annotations

import re

from ingest.model import Mention

_ARM = (
    r"(?:(?:in|with|on|by|among|the|those|that|patients?|subjects|receiving|given|taking|treated|treatment|group|of|after|for"
    r"|standard|oral) ){0,6}"
)
_BEHIND_THAN = re.compile(
    rf"\b(?:than|compared (?:with|to)|as compared with|relative to|versus|vs\.?) {_ARM}$", re.IGNORECASE
)
_LED_BY_COMPARED = re.compile(rf"^(?:\W|\w+: )*(?:as )?compared (?:with|to) {_ARM}$", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:more|higher|greater|increased|worse|elevated|exceeded)\b|较高|更高|更多|高于|多于", re.IGNORECASE
)
_LESS = re.compile(
    r"\b(?:fewer|less|lower (?:incidence|rates?|frequency|risk|prevalence|proportion))\b|较低|更低|更少|低于|少于",
    re.IGNORECASE,
)
_AS_WITHOUT = re.compile(
    r"\b(?:similar|comparable|same|equal|no (?:significant )?differences?|did not differ|not different)\b[^.;]{0,80}"
    r"\b(?:placebo|controls?|sham)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;。；]\s")
_UNLIKE = re.compile(r"\b(?:unlike|in contrast to|as opposed to|contrary to)(?: [\w'’,-]+){0,8}? ?$", re.IGNORECASE)


def spared(text: str, start: int, end: int, agent: Mention, harm: Mention) -> bool:
    """Whether the sentence `text[start:end]` compares, and the harm is rather that of the other side than `agent`'s."""
    between = text[min(agent.end, harm.end) : max(agent.start, harm.start)]
    if _ENDS.search(between):
        return False
    # Of two sentences that are read together, the one that names the two.
    start = max((match.end() for match in _ENDS.finditer(text, start, min(agent.start, harm.start))), default=start)
    lead = text[start : agent.start]
    sentence = text[start:end]
    compared = _BEHIND_THAN.search(lead[-90:]) is not None or _LED_BY_COMPARED.match(lead) is not None
    less, more = _LESS.search(sentence) is not None, _MORE.search(sentence) is not None
    if compared:
        return more and not less
    return less and not more and (_LESS.search(between) is not None or _LESS.search(lead) is not None)


def unlike(text: str, start: int, agent: Mention) -> bool:
    """Whether `agent` is the one that what is told of another does not hold for."""
    return _UNLIKE.search(text[max(start, agent.start - 80) : agent.start]) is not None


def as_without(text: str, start: int, end: int) -> bool:
    """Whether the sentence says that a harm was as frequent without the drug."""
    return _AS_WITHOUT.search(text, start, end) is not None
