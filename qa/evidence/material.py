"""What a writer works from: the evidence, and what is needed to put it into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.model import Entity
from qa.evidence.chart import Standing
from qa.evidence.kinds import Evidence, FactEvidence
from qa.evidence.typed import Typed
from qa.evidence.wording import name_in
from qa.model import Candidate, Listed


@dataclass(frozen=True, slots=True)
class Material:
    """`entities` covers the evidence: every entity that a fact or a definition is about, by id."""

    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    related: bool = False
    """Whether any of it is about what was asked; where not, the question is outside what this graph knows."""

    left_out: Mapping[tuple[str, Standing], int] = field(default_factory=dict)
    """How many facts of the patient there are beside those among the evidence, by predicate and how they stand."""

    totals: Mapping[Listed, int] = field(default_factory=dict)
    """How long lists are in all, of which the evidence shows the beginning; those without a total are shown whole."""

    unread: tuple[tuple[str, str], ...] = ()
    """What of the question was not understood, in English and in Chinese, each without a full stop."""

    typed: Typed | None = None
    """What the evidence comes to for a program; None where it is told in sentences alone."""

    def more(self, predicate: str, end: str, shared: Iterable[str], shown: int) -> int:
        """How many there are beside `shown` ones in a list of what is stated of one thing, by its ids."""
        return max(0, sum(self.totals.get(Listed(predicate, end, id), 0) for id in shared) - shown)

    @property
    def facts(self) -> tuple[FactEvidence, ...]:
        """The statements of the graph among the evidence, in its order."""
        return tuple(e for e in self.evidence if isinstance(e, FactEvidence))

    def name(self, id: str, language: str) -> str:
        """The entity's name in `language`, or the id of one that is not here."""
        return name_in(self.entities[id], language) if id in self.entities else id
