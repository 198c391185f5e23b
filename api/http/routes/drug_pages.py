"""GET /v1/drugs, /v1/drugs/for and /v1/drugs/{id}: a drug's page, and the drugs for a disease."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from api import drug_pages
from api.drug_pages import Asked
from api.http.access import Reader
from api.http.dependencies import OpenParts
from api.http.visit import Recorded
from api.schemas.drug_pages import DrugOut, UsesOut
from api.schemas.drugs import Language, Name
from graph.licences import readable
from qa.drugs.check import MOST
from qa.drugs.page.model import Section

router = APIRouter(tags=["drugs"], route_class=Recorded)

Licence = Annotated[
    Literal["all", "open"],
    Query(description="`all` also reads sources whose licence restricts what they may be used for."),
]
Spoken = Annotated[Language | None, Query(description="Of what is said; that of the name by default.")]
Sections = Annotated[list[Section] | None, Query(description="Only these sections.", examples=[["effects"]])]
With = Annotated[
    list[Name] | None,
    Query(alias="with", max_length=MOST, description="Drugs taken: with which of them alternatives interact."),
]
Limit = Annotated[int, Query(ge=1, le=10_000, description="Facts of each section; `total` counts all.")]


@router.get("/v1/drugs", summary="A drug's page by name")
def named(
    parts: OpenParts,
    reader: Reader,
    name: Annotated[
        Name, Query(description="A generic or brand name in any language, a class, or an id.", examples=["华法林"])
    ],
    section: Sections = None,
    taken: With = None,
    licence: Licence = "open",
    language: Spoken = None,
    limit: Limit = 100,
) -> DrugOut:
    """Names, codes, classes, indications, mechanism, targets, side effects, what speaks against it, genotypes,
    interactions by severity and alternatives, each with what states it. A name that no drug bears is a 404 with the
    nearest names."""
    asked = Asked(name, readable(reader, open_only=licence == "open"), tuple(taken or ()), language)
    return drug_pages.page(parts, asked, section or (), limit)


# Before the route of a drug, whose id would be `for`.
@router.get("/v1/drugs/for", summary="Drugs for a disease, ranked by evidence")
def uses(
    parts: OpenParts,
    reader: Reader,
    disease: Annotated[Name, Query(description="A name in any language, or an id.", examples=["pulmonary embolism"])],
    without: Annotated[
        list[Name] | None,
        Query(
            alias="without_interaction_with",
            max_length=MOST,
            description="Drugs taken: what interacts gravely with one is set aside.",
        ),
    ] = None,
    licence: Licence = "open",
    language: Spoken = None,
    candidates: Annotated[
        bool, Query(description="With drugs that no curated source states of it, by paths; hypotheses for research.")
    ] = False,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(description="The `cursor` of the page before.")] = None,
) -> UsesOut:
    """Labelled before listed before read by machines in package inserts before known from literature alone, what is for
    the disease before what is for kinds of it; what a source says is not for it stands apart."""
    asked = Asked(disease, readable(reader, open_only=licence == "open"), tuple(without or ()), language)
    return drug_pages.uses(parts, asked, limit, cursor, candidates=candidates)


@router.get("/v1/drugs/{id:path}", summary="A drug's page by id")
def drug(
    parts: OpenParts,
    reader: Reader,
    id: Annotated[str, Path(description="A CURIE, or a name.", examples=["DRUGBANK:DB00682"])],
    section: Sections = None,
    taken: With = None,
    licence: Licence = "open",
    language: Spoken = None,
    limit: Limit = 100,
) -> DrugOut:
    """The same of an id."""
    asked = Asked(id, readable(reader, open_only=licence == "open"), tuple(taken or ()), language)
    return drug_pages.page(parts, asked, section or (), limit)
