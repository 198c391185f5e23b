"""What a writer works from: the evidence, and what is needed to put it into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.model import Assertion, Entity, Relation, Source
from graph.store import GraphStore
from qa.evidence.phrases import fact, name_in, qualified
from qa.model import Candidate, Evidence, EvidenceKind
from retrieval.model import Hit

Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Material:
    """`entities`, `facts` and `relations` cover the evidence: every entity it is about by id, the assertion behind a
    piece of evidence by evidence id, and the counts for and against by (subject, predicate, object)."""

    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    facts: Mapping[str, Assertion] = field(default_factory=dict)
    relations: Mapping[Edge, Relation] = field(default_factory=dict)
    related: bool = False
    """Whether any of it is about what was asked; where not, the question is outside what this graph knows."""

    def name(self, id: str, language: str) -> str:
        """The entity's name in `language`, or the id of one that is not here."""
        return name_in(self.entities[id], language) if id in self.entities else id


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of evidence before it has its id, with the assertion it is made of."""

    evidence: Evidence
    assertion: Assertion | None = None

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        e = self.evidence
        return (e.source, e.start, e.end) if e.start >= 0 else (e.source, e.text, e.entities, e.predicate)


class Sources:
    """The sources of assertions, each read once."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        self._read: dict[str, Source | None] = {}

    def __getitem__(self, id: str) -> Source | None:
        if id not in self._read:
            self._read[id] = self._graph.source(id)
        return self._read[id]

    def stands(self, assertion: Assertion) -> bool:
        """Whether the assertion may be used: its source is there and was not retracted."""
        source = self[assertion.source]
        return source is not None and not source.retracted


def from_assertion(
    assertion: Assertion,
    sources: Sources,
    entities: Mapping[str, Entity],
    relation: Relation | None,
    because: str = "",
) -> Found:
    """Evidence of one assertion. `why` says what is stated, by whom, how often, and what it has to do with the
    question (`because`)."""
    source = sources[assertion.source]
    subject, object = (name_in(entities[id], "en") if id in entities else id for id in _ends(assertion))
    said = fact(
        assertion.predicate,
        subject,
        object,
        negated=assertion.polarity == "negated",
        certainty=assertion.certainty,
        language="en",
    )
    kind: EvidenceKind = "assertion" if assertion.start >= 0 else "curated"
    if any(label.startswith("patient:") for label in assertion.access):
        kind = "patient"
    counts = ""
    if relation is not None and relation.affirmed + relation.negated > 1:
        counts = f"; in all {relation.affirmed} statements for and {relation.negated} against"
    why = f"{assertion.source} states: {said}{qualified(assertion, 'en')}{counts}{'; ' + because if because else ''}"
    return Found(
        Evidence(
            id="",
            kind=kind,
            source=assertion.source,
            text=assertion.sentence,
            start=assertion.start,
            end=assertion.end,
            why=why,
            score=round(assertion.confidence, 4),
            title=source.title if source else "",
            entities=_ends(assertion),
            predicate=assertion.predicate,
            polarity=assertion.polarity,
            certainty=assertion.certainty,
            url=source.url if source else "",
        ),
        assertion,
    )


def from_hit(hit: Hit, start: int, end: int, rank: int, query: str) -> Found:
    """Evidence of the part of a found passage from `start` to `end`, offsets into the passage's text."""
    parts = hit.parts
    ways = [
        f"{int(parts[key])} by {word}"
        for key, word in (("lexical_rank", "words"), ("dense_rank", "meaning"), ("rerank_rank", "reading"))
        if key in parts
    ]
    shortened = query if len(query) <= 80 else query[:79] + "…"
    why = f"passage ranked {' and '.join(ways) if ways else rank} for '{shortened}'"
    if "cosine" in parts:
        why += f", cosine {parts['cosine']:.2f}"
    passage = hit.passage
    return Found(
        Evidence(
            id="",
            kind="passage",
            source=passage.document,
            text=passage.text[start:end],
            start=passage.start + start,
            end=passage.start + end,
            why=why,
            score=round(max(0.0, parts.get("cosine", hit.score)), 4),
            title=hit.document.title,
            entities=passage.entities,
            url=hit.document.url,
        )
    )


def numbered(found: Iterable[Found], limit: int) -> list[Found]:
    """At most `limit` different pieces in their order, with the ids E1, E2, …"""
    kept: dict[tuple[object, ...], Found] = {}
    for piece in found:
        kept.setdefault(piece.place, piece)
    return [
        replace(piece, evidence=replace(piece.evidence, id=f"E{number}"))
        for number, piece in enumerate(list(kept.values())[: max(limit, 0)], 1)
    ]


def _ends(assertion: Assertion) -> tuple[str, str]:
    return assertion.subject, assertion.object


def ids_of(relations: Sequence[Relation]) -> set[str]:
    """Every entity these relations name."""
    return {id for relation in relations for id in (relation.subject, relation.object)}
