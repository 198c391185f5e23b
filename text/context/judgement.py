"""What a text says of a thing it names: the words of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "possible", "hypothetical", "historical"]
Experiencer = Literal["patient", "family", "other"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text says about a mention: whether it is there, how certain that is, and whose it is."""

    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
