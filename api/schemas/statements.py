"""Relations with the statements behind them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, Field

from api.schemas.graph import EntityId, NodeOut, RelationOut, node
from graph.model import Assertion, Entity, Relation, Source
from graph.pages import page, pages
from qa.evidence.qualifying import grounds
from qa.evidence.statement import edge, sentence
from qa.evidence.strength import study

Cursor = Field(default=None, description="Send it as `cursor` for the next page; null behind the last.")


def public_id(assertion: Assertion) -> str:
    """The id of an assertion for others: its triple and its hash, for stores find an assertion through its triple."""
    key = "\n".join((assertion.subject, assertion.predicate, assertion.object, assertion.id))
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


class WordsOut(BaseModel):
    en: str
    zh: str


class StatedByOut(BaseModel):
    """Who states it: a document, or a curated data set."""

    id: str = Field(examples=["HPOA"])
    kind: Literal["curated", "document"]
    title: str
    version: str
    licence: str
    year: int | None
    url: str
    study: str = Field(description="The kind of study that the title of a document names; empty where it names none.")


class StatementOut(BaseModel):
    """One statement by one source: an assertion."""

    id: str = Field(description="For /v1/assertions/{id}.")
    subject: NodeOut
    predicate: str
    object: NodeOut
    words: WordsOut = Field(description="The statement as a sentence made from its fields, in both languages.")
    text: str = Field(description="The verbatim sentence of a document; empty for a curated record.")
    polarity: Literal["affirmed", "negated"]
    certainty: Literal["certain", "possible", "hypothetical", "historical"]
    experiencer: Literal["patient", "family", "other"]
    species: str = Field(description="The animals of which it is stated; empty where it is stated of people.")
    qualifiers: dict[str, str] = Field(examples=[{"frequency": "HP:0040281", "evidence": "PCS"}])
    grounds: WordsOut = Field(description="On what grounds a curated record states it.")
    source: StatedByOut
    record: str = Field(description="What names a curated record.", examples=["PMID:21756023"])
    record_text: str = Field(description="A curated record as its source has it.")
    record_urls: list[str] = Field(description="The pages of the record, where it has some of its own.")
    date: str = Field(description="When the source last looked at the record.")
    passage: str
    start: int = Field(description="Offset of `text` in the document, in code points; -1 for a curated record.")
    end: int
    confidence: float
    extractor: str

    @classmethod
    def of(cls, assertion: Assertion, source: Source | None, entities: Mapping[str, Entity]) -> StatementOut:
        a, qualifiers = assertion, dict(assertion.qualifiers)
        recorded = a.start < 0
        return cls(
            id=public_id(a),
            subject=node(a.subject, entities),
            predicate=a.predicate,
            object=node(a.object, entities),
            words=WordsOut(en=sentence(a, "en", entities), zh=sentence(a, "zh", entities)),
            text="" if recorded else a.sentence,
            polarity=a.polarity,
            certainty=a.certainty,
            experiencer=a.experiencer,
            species=qualifiers.get("species", ""),
            qualifiers=qualifiers,
            grounds=WordsOut(en=grounds(a, "en"), zh=grounds(a, "zh")),
            source=StatedByOut(
                id=a.source,
                kind=source.kind if source else "document",
                title=source.title if source else "",
                version=source.version if source else "",
                licence=source.licence if source else "",
                year=source.year if source else None,
                url=(source.url if source else "") or page(a.source),
                study=study(source, qualifiers),
            ),
            record=a.record,
            record_text=a.sentence if recorded else "",
            record_urls=pages(a.record),
            date=qualifiers.get("date", ""),
            passage=a.passage,
            start=a.start,
            end=a.end,
            confidence=a.confidence,
            extractor=a.extractor,
        )


class StatementsOut(BaseModel):
    statements: list[StatementOut]
    total: int
    cursor: str | None = Cursor
    also: list[NodeOut] = Field(default=[], description="What else bears the names that were asked for.")


class EdgeOut(RelationOut):
    """A relation with the names at its ends."""

    subject: EntityId
    object: EntityId
    ends: tuple[NodeOut, NodeOut] = Field(description="Subject and object.")
    words: WordsOut = Field(description="The relation as a sentence.")

    @classmethod
    def of_named(cls, relation: Relation, entities: Mapping[str, Entity]) -> EdgeOut:
        return cls(
            **RelationOut.model_validate(relation, from_attributes=True).model_dump(),
            ends=(node(relation.subject, entities), node(relation.object, entities)),
            words=WordsOut(en=f"{_said(relation, 'en', entities)}.", zh=f"{_said(relation, 'zh', entities)}。"),
        )


class EdgesOut(BaseModel):
    relations: list[EdgeOut] = Field(description="Those with the most sources first, then the most confident.")
    total: int
    cursor: str | None = Cursor


class BehindOut(BaseModel):
    """A relation and what is stated for and against it, the strongest first."""

    relation: EdgeOut
    affirmed: list[StatementOut]
    negated: list[StatementOut]
    total: int = Field(description="How many statements there are in all; more than are listed where it is larger.")


class WhyOut(BaseModel):
    subjects: list[NodeOut] = Field(description="What the first name can mean.")
    objects: list[NodeOut]
    relations: list[BehindOut]


class PathOut(BaseModel):
    nodes: list[NodeOut]
    relations: list[EdgeOut] = Field(description="One for each step; it may point either way.")
    reasons: list[StatementOut] = Field(description="The strongest statement for each step.")


class PathsOut(BaseModel):
    paths: list[PathOut] = Field(description="Those through little connected entities first.")
    also: list[NodeOut] = Field(default=[], description="What else bears the names that were asked for.")


def _said(relation: Relation, language: str, entities: Mapping[str, Entity]) -> str:
    triple = relation.subject, relation.predicate, relation.object
    return edge(triple, language, entities, negated=not relation.affirmed)
