"""What an answer can rest on: a passage found, facts of the graph, or the definition in an entity's record.

Every piece has `id` (`E1`, `E2`, … within one answer; empty before it is numbered), `kind`, `source`, `title`, `url`,
`text`, `start`, `end`, `entities`, `score` and `place`. Why it is there is kept as data and put into words by `why`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.model import Assertion, Relation, Source
from graph.pages import page, pages
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Explains, Interacts, OfPatient, Together
from qa.evidence.severity import Severity
from qa.evidence.wording import Words

HERE = "medgraph"
"""The source of what no statement is needed for: that a drug was named twice."""

EvidenceKind = Literal["passage", "assertion", "curated", "patient", "derived", "searched"]


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """One statement of the graph: verbatim text of a document, or a curated record, whose offsets are -1.

    The text of a curated record is a sentence made from its fields; `record_text` is the record as the source has it.
    """

    id: str
    assertion: Assertion
    subject_name: str
    """The English name of the assertion's subject, its id where the asker may not see it."""
    object_name: str
    clauses: tuple[str, str]
    """The statement in words with what qualifies it, in English and in Chinese, without a full stop."""
    title: str
    version: str
    """Of the source."""
    address: str
    """Of the source."""
    counted: Relation | None
    """The statements for and against it, where they were counted."""
    because: Explains | OfPatient | Interacts | None
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
        return self.said("en")

    def said(self, language: str) -> str:
        """What is shown of it to who reads this language: a document's words stay as they are."""
        if self.kind != "curated":
            return self.assertion.sentence
        return f"{self.clauses[1]}。" if language == "zh" else f"{self.clauses[0]}."

    @property
    def record_text(self) -> str:
        """The record as the source has it; empty where the text is itself the source's."""
        return self.assertion.sentence if self.kind == "curated" else ""

    @property
    def url(self) -> str:
        """The page of the record, where it has one of its own, else that of the source."""
        return next(iter(pages(self.assertion.record)), "") or self.address or page(self.source)

    @property
    def date(self) -> str:
        """When the source last looked at the record, as it says."""
        return dict(self.assertion.qualifiers).get("date", "")

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
        own = (self.because.drugs,) if isinstance(self.because, Interacts) else ()
        return a.source, a.sentence, self.entities, a.predicate, *own


@dataclass(frozen=True, slots=True)
class DerivedEvidence:
    """What a class or a mechanism makes one think of two drugs, with the statements that it follows from, in order.

    No source states it of the two.
    """

    id: str
    drugs: Together
    severity: Severity
    mechanism: Words
    management: Words
    chain: tuple[FactEvidence, ...]
    clauses: tuple[str, str]
    """All of it in words, in English and in Chinese, without a full stop."""

    @property
    def kind(self) -> EvidenceKind:
        return "derived"

    @property
    def source(self) -> str:
        """The sources of the chain."""
        return ", ".join(dict.fromkeys(link.source for link in self.chain))

    @property
    def title(self) -> str:
        return ", ".join(dict.fromkeys(link.title or link.source for link in self.chain))

    @property
    def url(self) -> str:
        return next((link.url for link in self.chain if link.url), "")

    @property
    def text(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """What is shown of it to who reads this language."""
        return f"{self.clauses[1]}。" if language == "zh" else f"{self.clauses[0]}."

    @property
    def start(self) -> int:
        return -1

    @property
    def end(self) -> int:
        return -1

    @property
    def entities(self) -> tuple[str, ...]:
        """All that the chain names."""
        return tuple(dict.fromkeys(id for link in self.chain for id in link.entities))

    @property
    def score(self) -> float:
        return min((link.score for link in self.chain), default=0.0)

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        return self.kind, self.drugs, self.clauses


@dataclass(frozen=True, slots=True)
class SearchedEvidence:
    """A source that was looked into without finding what was asked, or that the licence asked for leaves out."""

    id: str
    record: Source
    absent: tuple[Together, ...]
    """What is not found in it; of one that was left out, what it was not searched for."""
    unchecked: tuple[str, ...]
    """Names in the question that no drug here bears, which it could not be searched for."""
    closed: bool
    """Whether it was left out."""
    clauses: tuple[str, str]
    """All of it in words, in English and in Chinese, without a full stop."""
    nearest: tuple[str, ...] = ()
    """The names of drugs that are nearest to those that no drug bears."""

    @property
    def kind(self) -> EvidenceKind:
        return "searched"

    @property
    def source(self) -> str:
        return self.record.id

    @property
    def title(self) -> str:
        return self.record.title or self.record.id

    @property
    def version(self) -> str:
        return self.record.version

    @property
    def url(self) -> str:
        return self.record.url or page(self.record.id)

    @property
    def text(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """What is shown of it to who reads this language."""
        return f"{self.clauses[1]}。" if language == "zh" else f"{self.clauses[0]}."

    @property
    def start(self) -> int:
        return -1

    @property
    def end(self) -> int:
        return -1

    @property
    def entities(self) -> tuple[str, ...]:
        return ()

    @property
    def score(self) -> float:
        return 1.0

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        return self.kind, self.record.id, self.absent


@dataclass(frozen=True, slots=True)
class ToldEvidence:
    """What curated statements say together of a drug: a list, how often an effect is seen, a chain of a mechanism, what
    speaks against it for somebody."""

    id: str
    chain: tuple[FactEvidence, ...]
    """The statements that it is made of, in order."""
    clauses: tuple[str, str]
    """All of it in words, in English and in Chinese, without a full stop."""
    warns: bool = False
    """Whether no answer may leave it out."""
    looked_in: str = ""
    """The record of a patient that has no line of what is told: it says that there is none."""
    texts: tuple[PassageEvidence, ...] = ()
    """The passages that it quotes, where it tells what texts say."""

    @property
    def kind(self) -> EvidenceKind:
        """`patient` where anything of it is a patient's own."""
        return "patient" if self.looked_in or any(link.kind == "patient" for link in self.chain) else "curated"

    @property
    def _behind(self) -> tuple[FactEvidence | PassageEvidence, ...]:
        return (*self.chain, *self.texts)

    @property
    def source(self) -> str:
        """The sources of what is behind it; `HERE` where names alone were compared."""
        return ", ".join(dict.fromkeys(link.source for link in self._behind)) or self.looked_in or HERE

    @property
    def title(self) -> str:
        return ", ".join(dict.fromkeys(link.title or link.source for link in self._behind)) or HERE

    @property
    def url(self) -> str:
        return next((link.url for link in self._behind if link.url), "")

    @property
    def text(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """What is shown of it to who reads this language."""
        clause = self.clauses[language == "zh"]
        ends = (".”", "。”", "?”", "？”", "!”")  # a quotation that ends a sentence ends this one
        return clause if clause.endswith(("?", "？", *ends)) else f"{clause}。" if language == "zh" else f"{clause}."

    @property
    def start(self) -> int:
        return -1

    @property
    def end(self) -> int:
        return -1

    @property
    def entities(self) -> tuple[str, ...]:
        """All that the chain names."""
        return tuple(dict.fromkeys(id for link in self._behind for id in link.entities))

    @property
    def score(self) -> float:
        return min((link.score for link in self._behind), default=1.0)

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        return "told", self.clauses


Evidence = PassageEvidence | FactEvidence | DefinitionEvidence | DerivedEvidence | SearchedEvidence | ToldEvidence
