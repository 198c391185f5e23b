"""Passages that a search found."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from retrieval.model import Hit


class HitOut(BaseModel):
    document: str = Field(examples=["PMID:12345"])
    passage: str
    title: str
    text: str
    score: float
    section: str
    start: int
    end: int
    year: int | None
    language: str
    source: str
    url: str
    retracted: bool
    entities: list[str]
    parts: dict[str, float] = Field(description="How the score came about: ranks and cosine.")


class HitsOut(BaseModel):
    hits: list[HitOut]

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> HitsOut:
        return cls(
            hits=[
                HitOut(
                    document=hit.document.id,
                    passage=hit.passage.id,
                    title=hit.document.title,
                    text=hit.passage.text,
                    score=hit.score,
                    section=hit.passage.section,
                    start=hit.passage.start,
                    end=hit.passage.end,
                    year=hit.document.year,
                    language=hit.document.language,
                    source=hit.document.source,
                    url=hit.document.url,
                    retracted=hit.document.retracted,
                    entities=list(hit.passage.entities),
                    parts=hit.parts,
                )
                for hit in hits
            ]
        )
