"""Why a piece of evidence is there, as data; `why` puts it into words."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Assertion
from qa.evidence.severity import Severity
from qa.evidence.wording import Words

Together = tuple[Words, Words]
"""Two drugs that a question is about, by their names in both languages."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How a search came to a passage: its place in the list, and its ranks by the ways that found it (1 is the best,
    None where a way did not)."""

    query: str
    place: int
    words: int | None
    meaning: int | None
    reading: int | None
    cosine: float | None


@dataclass(frozen=True, slots=True)
class Explains:
    """Why a fact stands in a differential: the finding asked about that it explains, as asked."""

    finding: str


@dataclass(frozen=True, slots=True)
class OfPatient:
    """Why a fact stands first: it is of the patient asked about."""


@dataclass(frozen=True, slots=True)
class Interacts:
    """Why an interaction stands first: its source states it of two drugs that the question is about, or of classes that
    the source itself counts them to."""

    drugs: Together
    severity: Severity
    """On the one scale."""
    word: str
    """The source's own; empty where it does not say."""
    mechanism: Words
    management: Words
    members: tuple[Assertion, ...] = ()
    """By which of its own classes the source means the drugs."""
    more: int | None = None
    """Of a list of what is stated of one drug: how many more of this severity there are than it shows."""
