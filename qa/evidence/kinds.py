"""What an answer can rest on: a passage found, a fact of the graph, or the definition in an entity's record.

Every piece has `id` (`E1`, `E2`, … within one answer; empty before it is numbered), `kind`, `source`, `title`, `url`,
`text`, `start`, `end`, `entities`, `score` and `place`. Why it is there is kept as data and put into words by `why`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.model import Assertion, Relation

EvidenceKind = Literal["passage", "assertion", "curated", "patient"]


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
class PassageEvidence:
    """Verbatim text of a document, from `start` to `end` (offsets into the document's text)."""

    id: str
    source: str
    title: str
    url: str
    text: str
    start: int
    end: int
    entities: tuple[str, ...]
    score: float
    ranking: Ranking

    @property
    def kind(self) -> EvidenceKind:
        return "passage"

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        return self.source, self.start, self.end


@dataclass(frozen=True, slots=True)
class Explains:
    """Why a fact stands in a differential: the finding asked about that it explains, as asked."""

    finding: str


@dataclass(frozen=True, slots=True)
class OfPatient:
    """Why a fact stands first: it is of the patient asked about."""


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """One statement of the graph: verbatim text of a document, or a curated record, whose offsets are -1."""

    id: str
    assertion: Assertion
    subject_name: str
    """The English name of the assertion's subject, its id where the asker may not see it."""
    object_name: str
    title: str
    url: str
    counted: Relation | None
    """The statements for and against it, where they were counted."""
    because: Explains | OfPatient | None
    """What it has to do with the question beyond what it states."""

    @property
    def kind(self) -> EvidenceKind:
        """`patient` for what only a patient's label shows."""
        if any(label.startswith("patient:") for label in self.assertion.access):
            return "patient"
        return "assertion" if self.assertion.start >= 0 else "curated"

    @property
    def source(self) -> str:
        return self.assertion.source

    @property
    def text(self) -> str:
        return self.assertion.sentence

    @property
    def start(self) -> int:
        return self.assertion.start

    @property
    def end(self) -> int:
        return self.assertion.end

    @property
    def entities(self) -> tuple[str, ...]:
        """Subject and object."""
        return self.assertion.subject, self.assertion.object

    @property
    def score(self) -> float:
        return round(self.assertion.confidence, 4)

    @property
    def predicate(self) -> str:
        return self.assertion.predicate

    @property
    def negated(self) -> bool:
        return self.assertion.polarity == "negated"

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        a = self.assertion
        if a.start >= 0:
            return a.source, a.start, a.end
        return a.source, a.sentence, self.entities, a.predicate


@dataclass(frozen=True, slots=True)
class DefinitionEvidence:
    """The definition in an entity's record."""

    id: str
    entity: str
    name: str
    text: str

    @property
    def kind(self) -> EvidenceKind:
        return "curated"

    @property
    def source(self) -> str:
        """The record's id, which is the entity's."""
        return self.entity

    @property
    def title(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Empty: a record in the graph has no address of its own."""
        return ""

    @property
    def start(self) -> int:
        return -1

    @property
    def end(self) -> int:
        return -1

    @property
    def entities(self) -> tuple[str, ...]:
        return (self.entity,)

    @property
    def score(self) -> float:
        return 1.0

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        return self.entity, self.text, self.entities


Evidence = PassageEvidence | FactEvidence | DefinitionEvidence
