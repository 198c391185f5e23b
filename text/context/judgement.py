"""What a text says of a thing it names: the words of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "possible", "hypothetical", "historical"]
Experiencer = Literal["patient", "family", "other"]
Reading = Literal["document", "claim", "question"]
"""What a text is read as. Of a document and of a question it is asked whether what they name is there; of a claim
whether what it says is denied, so that "does not treat asthma" denies in a claim alone. In a question a list that is
denied is closed by `or`: who asks about "no fever, cough and headache" has the last two."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text says about a mention: whether it is there, how certain that is, and whose it is."""

    polarity: Polarity = "affirmed"
    certainty: Certainty = "certain"
    experiencer: Experiencer = "patient"
    reason: str = field(default="", compare=False)
    """What decided the polarity, for a person to read: "`denies`", "answered"; empty where nothing was said."""
    settled: bool = field(default=False, compare=False)
    """Whether the layout decided it (a form, an answer), so that no model is asked."""
