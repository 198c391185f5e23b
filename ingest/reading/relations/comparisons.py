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
_MORE = re.compile(r"\b(?:more|higher|greater|increased|worse|elevated|exceeded)\b", re.IGNORECASE)
# Not "in less than 1 %", nor "less commonly" alone, which compare no drugs.
_LESS = re.compile(
    r"\b(?:fewer|less|lower (?:incidence|rates?|frequency|risk|prevalence|proportion))\b"
    r"(?! than (?:\d|one|two|half|an?)\b)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\bthan (?!\d|one\b|two\b|half\b|an?\b)|\b(?:compared|relative|versus|vs|fewer)\b"
    r"|\b(?:lower|reduced) \w+ (?:in|with|of|on)\b",
    re.IGNORECASE,
)
_LESS_ZH = re.compile(r"[^，。；]{0,12}(?:少于|低于|小于)")
_THAN_ZH = re.compile(r"(?:高于|多于|大于|较|比)$")
_COMPARED_ZH = re.compile(r"(?:与|和|较|相比于?)[^，。；]{1,15}(?:相比|比较)[，,]?$")
_FEWER_ZH = re.compile(r"[^，。；]{0,12}(?:更|较)?(?:少见?|低)(?=[，。；]|$)")
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
    if _spared_in_chinese(text, start, agent, harm):
        return True
    compared = _BEHIND_THAN.search(lead[-90:]) is not None or _LED_BY_COMPARED.match(lead) is not None
    less, more = _LESS.search(sentence) is not None, _MORE.search(sentence) is not None
    if compared:
        return more and not less
    told = _LESS.search(between) is not None or _LESS.search(lead) is not None
    return less and not more and told and _AGAINST.search(sentence) is not None


def _spared_in_chinese(text: str, start: int, agent: Mention, harm: Mention) -> bool:
    """The same of 少于, 低于, 高于, 与…相比…更少."""
    if agent.start > harm.end and _THAN_ZH.search(text, max(start, agent.start - 3), agent.start):
        return True
    if agent.end > harm.start:
        return False
    if _LESS_ZH.match(text, harm.end):
        return True
    lead = text[max(start, agent.start - 24) : agent.start]
    return _COMPARED_ZH.search(lead) is not None and _FEWER_ZH.match(text, harm.end) is not None


def unlike(text: str, start: int, agent: Mention) -> bool:
    """Whether `agent` is the one that what is told of another does not hold for."""
    return _UNLIKE.search(text[max(start, agent.start - 80) : agent.start]) is not None


def as_without(text: str, start: int, end: int) -> bool:
    """Whether the sentence says that a harm was as frequent without the drug."""
    return _AS_WITHOUT.search(text, start, end) is not None
