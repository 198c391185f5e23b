"""Passages that a search found, what they can be filtered by, and which part of a filter nothing meets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from retrieval.model import Hit, Mode
from retrieval.passage_filters import Part
from text.matching import Matching

if TYPE_CHECKING:
    from retrieval.passage_filters import Choices, Counted


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
    publication_types: list[str] = Field(description="In the words of the source.")
    entities: list[str]
    spans: list[tuple[int, int]] = Field(description="Where `text` has words of the query: start and end.")
    parts: dict[str, float] = Field(
        description="How the score came about, as far as each applies: `lexical_rank` and `bm25`, `dense_rank` and "
        "`cosine` with how many deviations it lies `above` unrelated texts, `entity_overlap` (how many of the entities "
        "that the query names are mentioned), `rerank`."
    )


class UnmetOut(BaseModel):
    """A part of the filter that no passage meets by itself."""

    part: Part = Field(description="`access`: no passage at all may be seen. `retracted`: every passage is retracted.")
    there: list[str] = Field(description="Values that there are, the commonest first; empty where they are not listed.")
    years: tuple[int, int] | None = Field(default=None, description="The first and the last year that there is.")


class HitsOut(BaseModel):
    hits: list[HitOut]
    mode: Mode
    total: int = Field(description="How many passages the filter lets through; at most 1,000 of them are shown.")
    cursor: str | None = Field(description="Send it back for the next page; null on the last.")
    unmet: list[UnmetOut] = Field(
        description="Where nothing was found: the parts of the filter that nothing meets. Empty where each is met, be "
        "it by different passages."
    )

    @classmethod
    def of(
        cls,
        hits: Iterable[Hit],
        query: str,
        *,
        mode: Mode,
        total: int,
        cursor: str | None,
        unmet: list[UnmetOut],
    ) -> HitsOut:
        matching = Matching(query)
        return cls(hits=[_hit(hit, matching) for hit in hits], mode=mode, total=total, cursor=cursor, unmet=unmet)


class CountOut(BaseModel):
    name: str
    count: int

    @classmethod
    def each(cls, counted: Counted) -> list[CountOut]:
        return [cls(name=name, count=count) for name, count in counted]


class ChoicesOut(BaseModel):
    """What there is to filter by, among what may be seen, the commonest first."""

    sources: list[CountOut] = Field(description="Counts are of documents.")
    languages: list[CountOut] = Field(description="Counts are of documents.")
    study_types: list[CountOut] = Field(description="Counts are of documents.")
    sections: list[CountOut] = Field(description="Counts are of passages.")
    years: tuple[int, int] | None = Field(description="The first and the last.")

    @classmethod
    def of(cls, choices: Choices) -> ChoicesOut:
        return cls(
            sources=CountOut.each(choices.sources),
            languages=CountOut.each(choices.languages),
            study_types=CountOut.each(choices.study_types),
            sections=CountOut.each(choices.sections),
            years=choices.years,
        )


def _hit(hit: Hit, matching: Matching) -> HitOut:
    return HitOut(
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
        publication_types=list(hit.document.publication_types),
        entities=list(hit.passage.entities),
        spans=matching.spans(hit.passage.text),
        parts=hit.parts,
    )
