"""From a document as it was read to what the graph and the passages keep of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from graph import model as graph
from graph.model import Contribution, Entity
from graph.schema import CURIE, fits
from ingest.jobs.relate import relate
from ingest.model import Document, Mention
from ingest.reading.relations.model import Relator
from retrieval.model import DocumentInfo, Passage

_CUT = 100
"""Characters that are left of a name that is too long."""


def with_entities(passage: Passage, mentions: Sequence[Mention]) -> Passage:
    """The passage with the entities that are mentioned in it; `mentions` come in order of `start`."""
    first, last = (bisect_left(mentions, at, key=lambda m: m.start) for at in (passage.start, passage.end))
    inside = {m.entity for m in mentions[first:last] if m.entity is not None}
    return replace(passage, entities=tuple(sorted(inside)))


def info(document: Document) -> DocumentInfo:
    """What retrieval keeps of a document beside its text."""
    return DocumentInfo(
        id=document.id,
        title=document.title,
        year=document.year,
        language=document.language,
        source=document.source,
        licence=document.licence,
        url=document.url,
        hash=document.hash,
        keywords=document.keywords,
        publication_types=document.publication_types,
        retracted=document.retracted,
        access=document.access,
    )


def contribution(
    document: Document,
    mentions: list[Mention],
    passages: list[Passage],
    relator: Relator,
    entity: Callable[[str], Entity | None],
    topic: Mention | None = None,
) -> Contribution:
    """What the graph keeps of a document: its mentions, and what it states by itself and in its sentences.

    `entity` gives what is to be declared of an entity that is mentioned, None where a source of the graph declares it.
    """
    stated = relate(document, mentions, passages, relator, topic) if passages else []
    given = [_placed(statement, document, passages) for statement in document.statements]
    brought = {e.id for e in document.entities}
    ids = sorted(_entities(mentions, stated, topic) - brought)
    # Annotations that an input gives come with their entities.
    unbrought = [] if document.annotations else [entity(id) for id in ids]
    declared = (replace(one, access=document.access) for one in unbrought if one is not None)
    return Contribution(
        source=graph.Source(
            id=document.id,
            kind="document",
            title=document.title,
            licence=document.licence,
            year=document.year,
            language=document.language,
            url=document.url,
            retracted=document.retracted,
            access=document.access,
        ),
        entities=tuple(_fitted(one) for one in (*document.entities, *declared) if CURIE.fullmatch(one.id)),
        passages=tuple(
            graph.PassageNode(p.id, document.id, p.section, p.start, p.end, p.text, document.access) for p in passages
        ),
        mentions=tuple(
            graph.Mention(
                passage=_passage_at(passages, m.start).id,
                entity=m.entity,
                start=m.start,
                end=m.end,
                surface=m.surface,
                score=m.score,
                polarity=m.polarity,
                certainty=m.certainty,
                experiencer=m.experiencer,
                tagger=m.tagger,
                reason=m.reason,
            )
            for m in mentions
            if m.entity is not None and CURIE.fullmatch(m.entity)
        ),
        # A retracted document is kept and can be searched for, but what it asserts no longer counts.
        assertions=() if document.retracted else tuple(one for one in (*given, *stated) if _named(one)),
    )


def _entities(mentions: Sequence[Mention], stated: Sequence[graph.Assertion], topic: Mention | None) -> set[str]:
    """The entities that a document mentions, its title's topic only where something is stated of it."""
    entities = {m.entity for m in mentions if m.entity is not None}
    if topic is not None and topic.entity and any(topic.entity in (s.subject, s.object) for s in stated):
        entities.add(topic.entity)
    return entities


def _named(assertion: graph.Assertion) -> bool:
    return bool(CURIE.fullmatch(assertion.subject) and CURIE.fullmatch(assertion.object))


def _fitted(entity: Entity) -> Entity:
    """The entity with names that a store takes: what a document calls a thing may be a whole text."""
    if fits(entity.name) and all(fits(synonym.text) for synonym in entity.synonyms):
        return entity
    name = entity.name if fits(entity.name) else entity.name[:_CUT]
    return replace(entity, name=name, synonyms=tuple(synonym for synonym in entity.synonyms if fits(synonym.text)))


def _placed(statement: graph.Assertion, document: Document, passages: list[Passage]) -> graph.Assertion:
    passage = _passage_at(passages, statement.start).id if passages and statement.start >= 0 else ""
    return replace(statement, passage=passage, access=document.access)


def _passage_at(passages: list[Passage], offset: int) -> Passage:
    """The passage that holds `offset`; passages follow one another without gap."""
    low, high = 0, len(passages) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if passages[middle].start <= offset:
            low = middle
        else:
            high = middle - 1
    return passages[low]
