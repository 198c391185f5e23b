"""How often a finding is seen in a disease, as a number, by the qualifier `frequency` of a statement."""

from __future__ import annotations

import re

from graph.model import Assertion

MIDDLE = {
    "HP:0040280": 1.0,
    "HP:0040281": 0.9,
    "HP:0040282": 0.55,
    "HP:0040283": 0.17,
    "HP:0040284": 0.025,
    "HP:0040285": 0.0,
}
"""The middle of the range of each class of HPO's frequency subontology."""

UNTOLD = -1.0
"""Of what no source says how often: behind what is rare."""
_WORDS = {
    "very common": 0.1, "very frequent": 0.1, "common": 0.01, "frequent": 0.01, "uncommon": 0.001, "infrequent": 0.001,
    "occasional": 0.001, "rare": 0.0001, "very rare": 0.00001, "postmarketing": 0.0,
}  # fmt: skip
"""The least that a word means, as EMA's guideline on the summary of product characteristics has it (2009, 4.8)."""
_PERCENTS = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_SHARE = re.compile(r"\d+/\d+|\d+(?:\.\d+)?%")


def tells(assertion: Assertion) -> bool:
    """Whether the statement says in numbers, or in a class of HPO, how often."""
    value = dict(assertion.qualifiers).get("frequency", "")
    return value in MIDDLE or _SHARE.fullmatch(value) is not None


def expected(assertion: Assertion) -> float:
    """How often the finding is to be expected: `frequency`, but one case in one is no certainty. A count `k/n` is taken
    as (k + 1) / (n + 2), the rule of succession (Laplace 1774)."""
    part, slash, whole = dict(assertion.qualifiers).get("frequency", "").partition("/")
    if slash and part.isdigit() and whole.isdigit():
        return (int(part) + 1) / (int(whole) + 2)
    return frequency(assertion)


def frequency(assertion: Assertion) -> float:
    """How often, from 0 to 1, by the qualifier `frequency`: a class of HPO (the middle of its range), `40/50`, or
    `45%`. 0.5 where nothing is said."""
    value = dict(assertion.qualifiers).get("frequency", "")
    if value in MIDDLE:
        return MIDDLE[value]
    part, _, whole = value.partition("/")
    try:
        return min(1.0, float(part) / float(whole)) if whole else min(1.0, float(value.rstrip("%")) / 100)
    except (ValueError, ZeroDivisionError):
        return 0.5


def how_often(assertion: Assertion, key: str = "frequency") -> float:
    """As a part of one, at most: of `1-21%` .21; of a word the least that it means; `UNTOLD` where nothing is said.
    Under placebo, where `key` is `placebo`."""
    value = dict(assertion.qualifiers).get(key, "").strip()
    if percents := _PERCENTS.findall(value):
        return min(1.0, max(map(float, percents)) / 100)
    if value in MIDDLE or "/" in value:
        return frequency(assertion)
    return max((_WORDS[word] for part in value.split(",") if (word := part.strip().lower()) in _WORDS), default=UNTOLD)
