"""What an answer is for a program: its type, and the verdict, value, list or choices that its first sentence tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.evidence.wording import Words

AnswerType = Literal[
    "text", "list", "count", "verdict", "choice", "code", "value", "comparison", "differential", "patient"
]
Verdict = Literal["", "yes", "no", "maybe"]
"""`maybe` is what sources say both ways, or in so many words; empty where none was asked for or can be given."""


@dataclass(frozen=True, slots=True)
class Item:
    """One member of a list; `entity` is empty for what is no entity, such as a code."""

    name: Words
    entity: str = ""
    sources: int = 0
    """How many sources state it; 0 where they are not counted."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One of the choices that a question gives, as written, with its letter and what speaks for it, from 0 to 1."""

    letter: str
    text: str
    chosen: bool
    score: float


@dataclass(frozen=True, slots=True)
class Typed:
    """What the evidence in front of it comes to. Only what belongs to `kind` is set."""

    kind: AnswerType = "text"
    verdict: Verdict = ""
    value: str = ""
    """A number, a code or a date as its source has it; of a choice the letters chosen, `A` or `A, C`."""
    unit: str = ""
    items: tuple[Item, ...] = ()
    total: int | None = None
    """How many members the list has in all, of which `items` are the first; the number that a count asks for."""
    choices: tuple[Weighed, ...] = ()
