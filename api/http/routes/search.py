"""GET /v1/search, /v1/search/sentences and /v1/search/sources."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api import searching
from api.callers.given import Label
from api.http.access import Reader, held
from api.http.dependencies import OpenParts
from api.http.visit import Recorded
from api.schemas.search import ChoicesOut, HitsOut
from api.schemas.sentences import SentencesOut
from api.sentences import sentences
from retrieval.model import DEFAULT_MODE, Mode

router = APIRouter(tags=["search"], route_class=Recorded)

Access = Annotated[list[Label] | None, Query(description="Only these of the labels that your key holds.")]


Question = Annotated[str, Query(min_length=1, max_length=4000, examples=["aortic root dilatation"])]
HowRanked = Annotated[
    Mode, Query(description="By words, by meaning, by both, or by both with the best of them read again.")
]


def wanted(
    year_from: Annotated[int | None, Query(ge=0, le=9999, examples=[2010])] = None,
    year_to: Annotated[int | None, Query(ge=0, le=9999, examples=[2020])] = None,
    language: Annotated[list[str] | None, Query(description="ISO 639-1, such as en.")] = None,
    source: Annotated[
        list[str] | None, Query(description="Collection, such as pubmed: see /v1/search/sources.")
    ] = None,
    section: Annotated[list[str] | None, Query(description="What the section's name holds, such as methods.")] = None,
    study_type: Annotated[
        list[str] | None, Query(description="What a publication type holds, such as randomized controlled trial.")
    ] = None,
    document: Annotated[list[str] | None, Query(description="Within these documents.")] = None,
    entity: Annotated[
        list[str] | None, Query(description="That mention one of these entities (ids or names), or one below them.")
    ] = None,
    descendants: Annotated[bool, Query(description="Whether what is below the entities is meant, too.")] = True,
    only_access: Annotated[
        list[Label] | None, Query(description="Of documents that carry one of these labels.")
    ] = None,
    retracted: Annotated[bool, Query(description="Find retracted documents, too.")] = False,
) -> searching.Wanted:
    """What a hit must satisfy."""
    return searching.Wanted(
        year_from=year_from,
        year_to=year_to,
        languages=_sorted(language),
        sources=_sorted(source),
        sections=_sorted(section),
        study_types=_sorted(study_type),
        documents=_sorted(document),
        entities=_sorted(entity),
        labels=_sorted(only_access),
        descendants=descendants,
        retracted=retracted,
    )


Filters = Annotated[searching.Wanted, Depends(wanted)]


@router.get("/v1/search", summary="Find passages by words and by meaning")
def search(
    parts: OpenParts,
    reader: Reader,
    q: Question,
    filters: Filters,
    k: Annotated[int, Query(ge=1, le=100, description="How many passages at most.")] = 10,
    mode: HowRanked = DEFAULT_MODE,
    access: Access = None,
    cursor: Annotated[str | None, Query(description="The `cursor` of the page before, with the same filters.")] = None,
) -> HitsOut:
    """Passages, best first, each with where it stands, how its score came about and which of its words match."""
    return searching.search(
        parts, q, filters, reader=reader, access=held(access, reader), k=k, cursor=cursor, mode=mode
    )


@router.get("/v1/search/sentences", summary="Find the sentences that answer a question")
def answering(
    parts: OpenParts,
    reader: Reader,
    q: Question,
    filters: Filters,
    k: Annotated[int, Query(ge=1, le=50, description="How many sentences at most.")] = 5,
    mode: HowRanked = DEFAULT_MODE,
    access: Access = None,
) -> SentencesOut:
    """Sentences, best first, out of the first passages that a search with the same filters finds, each with where it
    stands in its document and how its score came about."""
    return sentences(parts, q, filters, reader=reader, access=held(access, reader), k=k, mode=mode)


@router.get("/v1/search/sources", summary="What passages can be filtered by")
def sources(parts: OpenParts, reader: Reader, access: Access = None) -> ChoicesOut:
    """The sources, languages, publication types, sections and years of what your key may see, with their numbers."""
    return searching.choices(parts, held(access, reader))


def _sorted(values: list[str] | None) -> tuple[str, ...]:
    return tuple(sorted(set(values or ())))
