"""Sentences that answer a question."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from api.schemas.search import UnmetOut
from retrieval.answering.model import Answer, Standing
from retrieval.model import Mode


class SentenceOut(BaseModel):
    text: str
    context: str | None = Field(description="The sentence before it, where it cannot be understood alone.")
    document: str = Field(examples=["PMID:12345"])
    start: int = Field(description="Where the sentence begins in the document's text.")
    end: int
    title: str
    year: int | None
    source: str
    url: str
    passage: str = Field(description="The passage that was found: the sentence stands in it or beside it.")
    section: str
    standing: Standing = Field(description="What the sentence is in its text; `text` where nothing tells.")
    score: float = Field(description="Compares within one question only.")
    probability: float = Field(description="The share of trust among all sentences ranked; not calibrated.")
    parts: dict[str, float] = Field(description="What each feature added to the score.")


class SentencesOut(BaseModel):
    sentences: list[SentenceOut]
    mode: Mode
    unmet: list[UnmetOut] = Field(description="Where no passage was found: the parts of the filter that nothing meets.")

    @classmethod
    def of(cls, answers: Iterable[Answer], *, mode: Mode, unmet: list[UnmetOut]) -> SentencesOut:
        return cls(sentences=[_sentence(answer) for answer in answers], mode=mode, unmet=unmet)


def _sentence(answer: Answer) -> SentenceOut:
    hit = answer.hit
    return SentenceOut(
        text=answer.sentence.text,
        context=answer.context.text if answer.context else None,
        document=hit.document.id,
        start=answer.sentence.start,
        end=answer.sentence.end,
        title=hit.document.title,
        year=hit.document.year,
        source=hit.document.source,
        url=hit.document.url,
        passage=hit.passage.id,
        section=hit.passage.section,
        standing=answer.standing,
        score=answer.score,
        probability=answer.probability,
        parts=answer.parts,
    )
