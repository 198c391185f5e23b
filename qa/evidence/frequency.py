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
