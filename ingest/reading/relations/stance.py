"""Whether the evidence of a relation affirms or denies it, and how certainly: by cues around the two mentions.

The network tells *that* a text relates two entities; what is left for rules is the plain word that takes it back or
weakens it, close to where both are named.
"""

from __future__ import annotations

import re

from text.context.judgement import Certainty, Polarity

_VERB = (
    r"(?:caus|induc|produc|lead|led|result|associat|relat|link|correlat|increas|affect|alter|develop|attribut|"
    r"responsib|contribut|influenc|chang|modif|inhibit|activat|express|bind|interact|improv|prevent|treat|effective|due)"
)
_DENIED = re.compile(
    rf"\b(?:not|n['’]t|never|no longer|fail(?:s|ed)? to|unlikely to|neither)\s+(?:be\s+|been\s+)?(?:\w+ly\s+)?"
    rf"{_VERB}\w*"
    r"|\bno\s+(?:\w+\s+){0,2}?(?:evidence|association|relationship|relation|correlation|effect|influence|indication|"
    r"difference|increase|change|role|link)\b"
    r"|\b(?:inverse|negative)ly\s+(?:associated|related|correlated|linked)\b"
    r"|\bwithout\s+(?:any\s+)?(?:evidence|signs?)\s+of\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:may|might|could|possibl[ey]|probabl[ey]|potential(?:ly)?|suggest\w*|appears?|seems?|likely|suspected|"
    r"presumed|thought to|hypothesi[sz]ed?|implicated)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:whether|if|hypothesis that|aim(?:ed|s)? (?:to|of|was)|objective|purpose|(?:we|was|were) investigated?|"
    r"to (?:determine|investigate|assess|evaluate|examine|explore|test|compare|study|clarify|establish))\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*[-–]\s*(?:induced|associated|related|mediated)\s+(?:[\w-]+\s+){0,2}", re.IGNORECASE)
_NEAR = 70
"""Characters before the first and behind the second mention in which a cue counts."""


def stance(
    text: str, start: int, end: int, first: tuple[int, int], second: tuple[int, int]
) -> tuple[Polarity, Certainty]:
    """What the evidence `start`-`end` says of the relation between the mentions `first` and `second` within it."""
    low, high = min(first[0], second[0]), max(first[1], second[1])
    if _JOINED.fullmatch(text, min(first[1], second[1]), max(first[0], second[0])):
        # "did not affect tacrine-induced bradycardia" takes for granted that there is one.
        return "affirmed", "certain"
    near = text[max(start, low - _NEAR) : min(end, high + _NEAR)]
    polarity: Polarity = "negated" if _DENIED.search(near) else "affirmed"
    if _HYPOTHETICAL.search(text, start, max(start, low)):
        return polarity, "hypothetical"
    return polarity, "possible" if _POSSIBLE.search(near) else "certain"
