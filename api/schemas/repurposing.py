"""Drugs and targets proposed for a disease, with the paths that speak for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, Field

from api.schemas.graph import NodeOut, node
from api.schemas.statements import EdgeOut, StatementOut, WordsOut
from graph.model import Entity, Source
from graph.schema import PREDICATES
from qa.drugs.page.mechanisms import SOURCE as DRUGMECHDB
from qa.drugs.repurpose.model import Candidate, Mechanism, Proposal, Standing, Way
from qa.evidence.statement import edge
from qa.evidence.wording import name_in

ABOUT = WordsOut(
    en="Hypotheses for research, from how the graph hangs together: no advice for treatment. A probability is how "
    "likely a model, learnt from Hetionet, takes it to be that sources state this of what has such paths: it says "
    "nothing of benefit or harm. High ones are too high: of what was given more than 50 %, 4 to 6 in 10 were so.",
    zh="仅为研究假设，由图谱中的关联推得，并非治疗建议。概率是以Hetionet训练的模型对“来源会如此记载”的估计，不代表获益或危害；"
    "高值偏高：估计高于50%者约四至六成确有记载。",
)
THIN = WordsOut(
    en="No drug is stated to treat it here: the order is then hardly better than by how many diseases each treats.",
    zh="此处无来源述及治疗该病的药物：此时排序几乎不优于按药物所治疾病数目的排序。",
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


class MechanismOut(BaseModel):
    """How a candidate may come to act on the disease, by a curated path: its own, or that of another drug from where
    both act on the same."""

    source: str
    record: str
    drug: NamedOut = Field(description="Whose path it is: the candidate, or the other drug.")
    own: bool
    nodes: list[NamedOut]
    words: WordsOut = Field(description="The path as a sentence.")


class KnownOut(NamedOut):
    place: int = Field(description="Among all that were ranked, from 1; 0 where no path leads from it.")


class GroundsOut(BaseModel):
    """What the ranking rests on."""

    drugs: int = Field(description="So many are stated to treat the disease.")
    genes: int = Field(description="So many are stated to be associated with it.")
    similar: int = Field(description="So many diseases are stated to resemble it.")


class CandidateOut(BaseModel):
    entity: NamedOut
    probability: float
    new: bool = Field(description="No curated source states it of the disease.")
    standing: list[Standing] = Field(description="What curated sources state of it and the disease.")
    paths: list[WayOut] = Field(description="Those that count most, best first.")
    mechanism: MechanismOut | None = Field(description="How it may act, where a curated path says so.")
    curated: list[StatementOut] = Field(description="What curated sources state.")
    literature_for: list[StatementOut]
    literature_against: list[StatementOut]


class ProposalOut(BaseModel):
    sought: Literal["drugs", "targets"]
    disease: NamedOut
    candidates: list[CandidateOut] = Field(description="The most probable first.")
    compared: int = Field(description="So many were ranked: all that a path leads from.")
    grounds: GroundsOut
    known: list[KnownOut] = Field(description="What curated sources state of the disease, the best placed first.")
    about: WordsOut = ABOUT
    thin: WordsOut | None = Field(description="Why the order is to be trusted little; null where nothing speaks so.")
    closed: list[str] = Field(description="Curated sources that are loaded, and not read by their licence.")
    also: list[NodeOut] = Field(default=[], description="What else bears the name that was asked for.")

    @classmethod
    def of(
        cls, proposal: Proposal, sources: Mapping[str, Source], also: list[NodeOut], closed: Sequence[Source]
    ) -> ProposalOut:
        entities = proposal.entities
        return cls(
            sought=proposal.sought,
            disease=_named(proposal.disease, proposal.entities),
            candidates=[_candidate(one, proposal.entities, sources) for one in proposal.candidates],
            compared=proposal.compared,
            grounds=GroundsOut(
                drugs=proposal.grounds.drugs, genes=proposal.grounds.genes, similar=proposal.grounds.similar
            ),
            known=[KnownOut(**_named(one.id, entities).model_dump(), place=one.place) for one in proposal.known],
            thin=THIN if proposal.sought == "drugs" and proposal.grounds.thin else None,
            closed=[source.title or source.id for source in closed],
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
        mechanism=None if one.mechanism is None else _mechanism(one.mechanism, entities),
        curated=curated,
        literature_for=favourable,
        literature_against=adverse,
    )


def _way(way: Way, entities: Mapping[str, Entity]) -> WayOut:
    relations = [EdgeOut.of_named(relation, entities) for relation in way.relations]
    triples = [(row.subject, row.predicate, row.object) for row in way.relations]
    return WayOut(
        share=round(way.share, 3),
        metapath=way.metapath,
        nodes=[_named(id, entities) for id in way.nodes],
        relations=relations,
        words=_words(way.nodes, triples, entities),
    )


def _mechanism(of: Mechanism, entities: Mapping[str, Entity]) -> MechanismOut:
    triples = [(of.act.subject, of.act.predicate, of.act.object)] if of.act else []
    triples += [(row.subject, row.predicate, row.object) for row in of.rows]
    return MechanismOut(
        source=DRUGMECHDB,
        record=of.record,
        drug=_named(of.drug, entities),
        own=of.act is None,
        nodes=[_named(id, entities) for id in of.nodes],
        words=_words(of.nodes, triples, entities),
    )


def _words(nodes: Sequence[str], triples: Sequence[tuple[str, str, str]], entities: Mapping[str, Entity]) -> WordsOut:
    """The path as one sentence; what holds either way is told as the path runs."""
    steps = [
        (start, predicate, end) if PREDICATES[predicate].symmetric else (subject, predicate, object)
        for start, end, (subject, predicate, object) in zip(nodes, nodes[1:], triples, strict=False)
    ]
    return WordsOut(
        en="; ".join(edge(step, "en", entities, negated=False) for step in steps) + ".",
        zh="；".join(edge(step, "zh", entities, negated=False) for step in steps) + "。",
    )


def _named(id: str, entities: Mapping[str, Entity]) -> NamedOut:
    entity = entities.get(id)
    names = WordsOut(en=name_in(entity, "en"), zh=name_in(entity, "zh")) if entity else WordsOut(en=id, zh=id)
    return NamedOut(**node(id, entities).model_dump(), names=names)
