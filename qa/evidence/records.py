"""What evidence is made from, read once a question: the sources of assertions, and the entities they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.model import Assertion, Entity, Relation, Source
from graph.view import GraphView
from qa.evidence.interacting import interaction
from qa.evidence.kinds import FactEvidence
from qa.evidence.reasons import Explains, Interacts, OfPatient
from qa.evidence.statement import LANGUAGES, about, clause
from qa.evidence.wording import name_in


class Records:
    """The sources and entities of one view. Made for one question, used by one thread."""

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self._sources: dict[str, Source | None] = {}
        self._entities: dict[str, Entity | None] = {}

    def source(self, id: str) -> Source | None:
        """The source, or None where it is gone."""
        if id not in self._sources:
            self._sources[id] = self._view.source(id)
        return self._sources[id]

    def stands(self, assertion: Assertion) -> bool:
        """Whether the assertion may be used: its source is there and was not retracted."""
        source = self.source(assertion.source)
        return source is not None and not source.retracted

    def entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        """These entities by id, without those that the view does not show; what is new to it is read in one call."""
        wanted = list(dict.fromkeys(ids))
        new = [id for id in wanted if id not in self._entities]
        if new:
            shown = self._view.entities(new)
            self._entities.update({id: shown.get(id) for id in new})
        return {id: entity for id in wanted if (entity := self._entities[id]) is not None}

    @property
    def read(self) -> Mapping[str, Entity]:
        """Every entity read so far."""
        return {id: entity for id, entity in self._entities.items() if entity is not None}

    def evidence(
        self,
        assertions: Iterable[tuple[Assertion, Explains | OfPatient | Interacts | None]],
        counted: Mapping[tuple[str, str, str], Relation] | None = None,
    ) -> tuple[FactEvidence, ...]:
        """Evidence of each assertion with what it has to do with the question, in order; `counted` by subject,
        predicate and object."""
        rows = list(assertions)
        members = [link for _, because in rows if isinstance(because, Interacts) for link in because.members]
        entities = self.entities(id for row in (*(row for row, _ in rows), *members) for id in about(row))
        counts = counted or {}

        def name(id: str) -> str:
            return name_in(entities[id], "en") if id in entities else id

        def of(row: Assertion, because: Explains | OfPatient | Interacts | None) -> FactEvidence:
            source = self.source(row.source)
            clauses = (clause(row, LANGUAGES[0], entities), clause(row, LANGUAGES[1], entities))
            return FactEvidence(
                id="",
                assertion=row,
                subject_name=name(row.subject),
                object_name=name(row.object),
                clauses=interaction(because, clauses, entities) if isinstance(because, Interacts) else clauses,
                title=source.title if source else "",
                version=source.version if source else "",
                address=source.url if source else "",
                counted=counts.get((row.subject, row.predicate, row.object)),
                because=because,
            )

        return tuple(of(row, because) for row, because in rows)
