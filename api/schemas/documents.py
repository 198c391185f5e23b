"""Documents and data sets, and how much is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import BaseModel, Field

from api.schemas.graph import NodeOut, node
from graph.model import Entity, Mention, Source
from graph.pages import page
from retrieval.model import DocumentInfo, Passage

_cursor = Field(default=None, description="Send it as `cursor` for the next page; null behind the last.")


class DocumentOut(BaseModel):
    id: str = Field(examples=["PMID:12345"])
    title: str
    year: int | None
    language: str
    source: str = Field(description="The collection it is of.", examples=["pubmed"])
    licence: str
    url: str
    keywords: list[str]
    publication_types: list[str] = Field(description="In the words of the source.")
    retracted: bool

    @classmethod
    def of(cls, document: DocumentInfo) -> DocumentOut:
        return cls(
            id=document.id,
            title=document.title,
            year=document.year,
            language=document.language,
            source=document.source,
            licence=document.licence,
            url=document.url or page(document.id),
            keywords=list(document.keywords),
            publication_types=list(document.publication_types),
            retracted=document.retracted,
        )


class DocumentsOut(BaseModel):
    documents: list[DocumentOut] = Field(description="The latest year first.")
    total: int
    cursor: str | None = _cursor


class PassageOut(BaseModel):
    id: str
    section: str
    start: int = Field(description="Offset in the text, in code points.")
    end: int


class MentionOut(BaseModel):
    passage: str
    start: int = Field(description="Offset in the text, in code points.")
    end: int
    surface: str
    entity: NodeOut
    polarity: Literal["affirmed", "negated"]
    certainty: Literal["certain", "possible", "hypothetical", "historical"]
    experiencer: Literal["patient", "family", "other"]
    score: float
    reason: str = Field(description="Why the surface was linked to this entity.")


class WholeDocumentOut(DocumentOut):
    text: str
    passages: list[PassageOut] = Field(description="Joined they are the text.")
    mentions: list[MentionOut]
    assertions: int = Field(description="How many statements it makes: /v1/assertions?source=… lists them.")

    @classmethod
    def whole(
        cls,
        document: DocumentInfo,
        passages: Iterable[Passage],
        mentions: Iterable[Mention],
        entities: Mapping[str, Entity],
        *,
        assertions: int,
    ) -> WholeDocumentOut:
        pieces = list(passages)
        return cls(
            **DocumentOut.of(document).model_dump(),
            text="".join(piece.text for piece in pieces),
            passages=[PassageOut.model_validate(piece, from_attributes=True) for piece in pieces],
            mentions=[
                MentionOut(
                    passage=mention.passage,
                    start=mention.start,
                    end=mention.end,
                    surface=mention.surface,
                    entity=node(mention.entity, entities),
                    polarity=mention.polarity,
                    certainty=mention.certainty,
                    experiencer=mention.experiencer,
                    score=mention.score,
                    reason=mention.reason,
                )
                for mention in mentions
            ],
            assertions=assertions,
        )


class SourceOut(BaseModel):
    id: str = Field(examples=["HPOA"])
    kind: Literal["curated", "document"]
    title: str
    version: str
    licence: str
    year: int | None
    language: str
    url: str
    retracted: bool

    @classmethod
    def of(cls, source: Source) -> SourceOut:
        return cls.model_validate(source, from_attributes=True)


class SourcesOut(BaseModel):
    sources: list[SourceOut] = Field(description="By id.")
    total: int
    cursor: str | None = _cursor


class StatsOut(BaseModel):
    """What is stored, as far as the key may see it.

    The graph counts over everything: its numbers are null but for a key with the scope `admin`.
    """

    documents: int
    passages: int
    sources: int
    mentions: int | None
    entities: int | None
    assertions: int | None
    relations: int | None
    by_type: dict[str, int] | None = Field(description="Entities by type.")
    by_predicate: dict[str, int] | None = Field(description="Relations by predicate.")
