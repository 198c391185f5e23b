"""Drugs and targets proposed for a disease, with the paths that speak for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, Field

from api.schemas.graph import NodeOut, node
from api.schemas.statements import EdgeOut, StatementOut, WordsOut
from graph.model import Entity, Source
from qa.drugs.repurpose.model import Candidate, Proposal, Standing, Way
from qa.evidence.wording import name_in

ABOUT = WordsOut(
    en="Hypotheses for research, from how the graph hangs together: no advice for treatment. A probability is that of "
    "a model among all drugs or genes, and says nothing of benefit or harm.",
    zh="仅为研究假设，由图谱中的关联推得，并非治疗建议。概率为模型在全部药物或基因中的估计，不代表获益或危害。",
)


class NamedOut(NodeOut):
    """An entity with its names in both languages."""

    names: WordsOut


class WayOut(BaseModel):
    """One path from the candidate to the disease."""

    share: float = Field(description="Its part of all that speaks for the candidate, from 0 to 1.")
    metapath: str = Field(description="The kind of path, in the letters of Hetionet.", examples=["CbGaD"])
    nodes: list[NamedOut]
    relations: list[EdgeOut] = Field(description="One for each step; it may point either way.")
    words: WordsOut = Field(description="The path as a sentence.")


class CandidateOut(BaseModel):
    entity: NamedOut
    probability: float
    new: bool = Field(description="No curated source states it of the disease.")
    standing: list[Standing] = Field(description="What curated sources state of it and the disease.")
    paths: list[WayOut] = Field(description="Those that count most, best first.")
    curated: list[StatementOut] = Field(description="What curated sources state.")
    literature_for: list[StatementOut]
    literature_against: list[StatementOut]


class ProposalOut(BaseModel):
    sought: Literal["drugs", "targets"]
    disease: NamedOut
    candidates: list[CandidateOut] = Field(description="The most probable first.")
    compared: int = Field(description="So many were ranked: all that a path leads from.")
    about: WordsOut = ABOUT
    also: list[NodeOut] = Field(default=[], description="What else bears the name that was asked for.")

    @classmethod
    def of(cls, proposal: Proposal, sources: Mapping[str, Source], also: list[NodeOut]) -> ProposalOut:
        return cls(
            sought=proposal.sought,
            disease=_named(proposal.disease, proposal.entities),
            candidates=[_candidate(one, proposal.entities, sources) for one in proposal.candidates],
            compared=proposal.compared,
            also=also,
        )


def _candidate(one: Candidate, entities: Mapping[str, Entity], sources: Mapping[str, Source]) -> CandidateOut:
    curated, favourable, adverse = (
        [StatementOut.of(row, sources.get(row.source), entities) for row in rows]
        for rows in (one.stated.curated, one.stated.literature_for, one.stated.literature_against)
    )
    return CandidateOut(
        entity=_named(one.id, entities),
        probability=float(f"{one.probability:.3g}"),
        new=one.new,
        standing=list(one.stated.standing),
        paths=[_way(way, entities) for way in one.ways],
        curated=curated,
        literature_for=favourable,
        literature_against=adverse,
    )


def _way(way: Way, entities: Mapping[str, Entity]) -> WayOut:
    relations = [EdgeOut.of_named(relation, entities) for relation in way.relations]
    return WayOut(
        share=round(way.share, 3),
        metapath=way.metapath,
        nodes=[_named(id, entities) for id in way.nodes],
        relations=relations,
        words=WordsOut(
            en="; ".join(edge.words.en.rstrip(".") for edge in relations) + ".",
            zh="；".join(edge.words.zh.rstrip("。") for edge in relations) + "。",
        ),
    )


def _named(id: str, entities: Mapping[str, Entity]) -> NamedOut:
    entity = entities.get(id)
    names = WordsOut(en=name_in(entity, "en"), zh=name_in(entity, "zh")) if entity else WordsOut(en=id, zh=id)
    return NamedOut(**node(id, entities).model_dump(), names=names)
