"""Whether a message, or a conversation with it, tells of an emergency, and of which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.asked.emergency.features import Features, features
from qa.asked.emergency.weights import weights

SURE = {"picture": 0.3, "no picture": 0.5, "part": 0.6, "conversation": 0.6, "case": 0.97}
"""From where on it is one: lower where signs stand together as in a picture; higher where words were taken from around
it, and for a case or an `if`. Chosen by cross validation."""
_EARLIER = 3
"""How many earlier turns may belong to what is told now."""
_PARTS = re.compile(r"(?<=[.!?;])\s+|[\n。！？；]")
_OTHER = "other"
_CASES = {f"{language} {frame}" for language in ("en", "zh") for frame in ("case", "iffy")}
"""A clinician's case, or what might be: only what leaves no doubt is one there."""
_TOLD = {"now", "sudden", "kin", "stranger", "self", "many"}
_ASKED = {"topic", "drug_ask", "dose_ask", "may", "vignette", "research", "science", "prevent", "hypothetical", "past"}


@dataclass(frozen=True, slots=True)
class Verdict:
    group: str
    """As in the table of pictures; `other` where no picture fits."""
    self_harm: bool
    poisoned: bool


def emergency(message: str, earlier: Sequence[str] = ()) -> Verdict | None:
    """Of a message, what was told before by the same person, oldest first. None where it is none."""
    whole = features(message)
    if verdict := _verdict(whole, SURE["picture"], SURE["no picture"]):
        return verdict
    parts = [part for part in _PARTS.split(message) if part and part.strip()]
    if len(parts) > 1 and not any(name.endswith(" vignette") for name in whole.named):
        for part in parts:
            if verdict := _verdict(features(part), SURE["part"], 1.0):
                return verdict
    if earlier and _tells(whole):
        before = [turn for turn in earlier[-_EARLIER:] if turn.strip()]
        for begun in range(len(before) - 1, -1, -1):
            told = before[begun:]
            if verdict := _verdict(features("\n".join((*told, message))), SURE["conversation"], 1.0):
                return verdict
    return None


def _verdict(of: Features, picture: float, none: float) -> Verdict | None:
    limit = picture if of.groups else none
    if not _CASES.isdisjoint(of.named):
        limit = max(limit, SURE["case"])
    if weights().probability(of) < limit:
        return None
    group = of.groups[0] if of.groups else _OTHER
    return Verdict(group, "suicide" in of.groups, "poisoning" in of.groups)


def _tells(of: Features) -> bool:
    """Whether a turn adds to what is told: it names a sign, and when or of whom, and asks for no knowledge."""
    names = {name.partition(" ")[2] for name in of.named}
    told = any(name.startswith("sign ") for name in of.named) and not names.isdisjoint(_TOLD)
    return told and names.isdisjoint(_ASKED)
