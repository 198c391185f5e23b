"""The words of question answering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from graph.model import PUBLIC
from qa.evidence.kinds import Evidence
from qa.evidence.typed import Typed

Reason = Literal[
    "",
    "empty_question",
    "question_too_long",
    "unsupported_language",
    "emergency",
    "out_of_scope",
    "no_evidence",
    "unsupported_answer",
    "model_unavailable",
    "unknown_name",
    "vague",
    "nothing_loaded",
    "unclear",
]
"""Why there is no answer; empty where there is one."""

Using = Literal["both", "graph", "passages"]
"""What an answer is made from: the graph's statements, passages found, or both; names are the graph's in any case."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what its asker may see. `patient` is a patient's access label such as `patient:42`."""

    text: str
    language: str | None = None
    """`en`, `zh`, or None: found out from the text."""
    access: frozenset[str] = PUBLIC
    patient: str | None = None
    limit: int = 12
    """How many pieces of evidence at most."""
    conversation: tuple[str, ...] = ()
    """What the same person asked before, oldest first: what this turn leaves out may come from there."""
    choices: tuple[str, ...] = ()
    """The choices of which one is right, where they are given apart from the text."""
    using: Using = "both"


@dataclass(frozen=True, slots=True)
class AskedEntity:
    """An entity that the question names, and why we think so."""

    id: str
    type: str
    name: str
    surface: str
    negated: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Understanding:
    language: str
    intent: str
    """The name of the plan that answers, such as `treatment`."""
    entities: tuple[AskedEntity, ...]
    unknown: tuple[str, ...] = ()
    """What reads as the name of a drug, a disease or a gene but is none that the graph holds, as written."""
    strange: tuple[str, ...] = ()
    """Those of them that stand where a drug is asked about, or are made as the names of drugs are."""
    next_intent: str = ""
    """The next likely reading, where it is close; empty where the reading is clear."""
    read_as: str = ""
    """The question as it was read, where what it leaves out was taken from earlier turns or a name was misspelt."""
    respelt: tuple[tuple[str, str], ...] = ()
    """What was misspelt, as written, each with how it was read."""
    near: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What may be misspelt and is near to several names or to none very much, each with these names."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer; `citations` are evidence ids, never empty in an answer that is given."""

    text: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One diagnosis of a differential: which asked findings it explains and which it does not."""

    entity: str
    name: str
    probability: float
    """Calibrated; those of all candidates and of what is none of them add up to one."""
    explained: tuple[str, ...]
    unexplained: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    missed: bool = False
    """Whether it must not be missed: dangerous, and treatable in time."""


class Listed(NamedTuple):
    """A list that an answer may give: of what stands at the other ends of the relations of an entity."""

    predicate: str
    end: str
    """At which the list stands: `subject`, `object`, or `either`."""
    shared: str
    """The entity at the other end."""


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    abstained: bool
    reason: Reason
    message: str
    """The reason in the asker's language, for a person; empty where there is an answer."""
    sentences: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...]
    understanding: Understanding | None = None
    differential: tuple[Candidate, ...] = ()
    dropped: int = 0
    """How many written sentences the check took out for lack of support."""
    writer: str = ""
    typed: Typed = field(default_factory=Typed)
    totals: Mapping[Listed, int] = field(default_factory=dict)
    """How long the lists are in all of which the evidence shows the beginning."""
    seconds: dict[str, float] = field(default_factory=dict)
