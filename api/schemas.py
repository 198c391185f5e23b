"""What goes in and out of both doors, HTTP and `--json`: one shape for each thing, with examples for OpenAPI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.settings import Label
from graph.model import Entity, NameMatch, Path, Relation
from qa.evidence.kinds import Evidence, FactEvidence
from qa.evidence.why import why
from qa.model import Answer
from retrieval.model import Hit

EntityId = Annotated[str, Field(examples=["MONDO:0007947"])]


class Body(BaseModel):
    """What is sent: an unknown field is refused, since it is a misspelt one."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class QuestionBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "Which syndrome combines tall stature with lens dislocation?"},
                {"question": "二甲双胍有哪些不良反应？", "language": "zh", "k": 8},
                {"question": "Which drugs does this patient take?", "patient": "patient:42"},
            ]
        }
    )

    question: str
    language: Literal["en", "zh"] | None = Field(
        default=None, description="Found out from the text where it is not given."
    )
    k: int = Field(default=12, ge=1, le=100, description="How many pieces of evidence at most.")
    patient: Label | None = Field(
        default=None,
        description="A patient's access label, which your key must hold. Patients are left out of answers otherwise.",
    )
    access: frozenset[Label] | None = Field(
        None, description="Answer from these labels alone, of those your key holds."
    )
    stream: bool = Field(default=False, description="Send server-sent events, as `Accept: text/event-stream` does.")


class SentenceOut(BaseModel):
    text: str
    citations: list[str] = Field(description="Ids of evidence; never empty in an answer that is given.")


class EvidenceOut(BaseModel):
    id: str = Field(examples=["E1"])
    kind: Literal["passage", "assertion", "curated", "patient"]
    source: str = Field(examples=["PMID:12345"])
    text: str = Field(description="Verbatim.")
    start: int = Field(description="Offset of `text` in the document, in code points; -1 for a curated record.")
    end: int
    why: str = Field(description="Why this is evidence for the question.")
    score: float
    title: str = ""
    entities: list[str] = []
    predicate: str = ""
    polarity: str = "affirmed"
    certainty: str = "certain"
    url: str = ""

    @classmethod
    def of(cls, evidence: Evidence) -> EvidenceOut:
        stated = {}
        if isinstance(evidence, FactEvidence):
            assertion = evidence.assertion
            stated = {
                "predicate": assertion.predicate,
                "polarity": assertion.polarity,
                "certainty": assertion.certainty,
            }
        return cls(
            id=evidence.id,
            kind=evidence.kind,
            source=evidence.source,
            text=evidence.text,
            start=evidence.start,
            end=evidence.end,
            why=why(evidence),
            score=evidence.score,
            title=evidence.title,
            entities=list(evidence.entities),
            url=evidence.url,
            **stated,
        )


class CandidateOut(BaseModel):
    entity: str
    name: str
    score: float
    explained: list[str]
    unexplained: list[str]
    evidence: list[str]


class AskedOut(BaseModel):
    """An entity that the question names."""

    id: str
    type: str
    name: str
    surface: str
    negated: bool
    reason: str


_unknown: list[str] = Field(
    default=[], description="What reads as a name of something that the graph does not hold, as written."
)


class UnderstandingOut(BaseModel):
    language: str
    intent: str
    entities: list[AskedOut]
    unknown: list[str] = _unknown


class AnswerOut(BaseModel):
    answer: str
    abstained: bool
    reason: str = Field(description="Why there is no answer, in one word; empty where there is one.")
    message: str = Field(description="The reason for a person, in the language of the question.")
    sentences: list[SentenceOut]
    evidence: list[EvidenceOut]
    differential: list[CandidateOut] = []
    language: str = ""
    intent: str = ""
    entities: list[AskedOut] = Field(default=[], description="What the question was understood to name.")
    unknown: list[str] = _unknown
    writer: str = ""
    dropped: int = Field(default=0, description="How many written sentences were taken out for lack of support.")
    seconds: dict[str, float] = {}

    @classmethod
    def of(cls, answer: Answer) -> AnswerOut:
        understood = answer.understanding
        return cls(
            answer=answer.text,
            abstained=answer.abstained,
            reason=answer.reason,
            message=answer.message,
            sentences=[SentenceOut(text=s.text, citations=list(s.citations)) for s in answer.sentences],
            evidence=[EvidenceOut.of(e) for e in answer.evidence],
            differential=[CandidateOut.model_validate(c, from_attributes=True) for c in answer.differential],
            language=understood.language if understood else "",
            intent=understood.intent if understood else "",
            entities=[
                AskedOut.model_validate(entity, from_attributes=True)
                for entity in (understood.entities if understood else ())
            ],
            unknown=list(understood.unknown) if understood else [],
            writer=answer.writer,
            dropped=answer.dropped,
            seconds={stage: round(seconds, 4) for stage, seconds in answer.seconds.items()},
        )


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


class NameOut(BaseModel):
    text: str
    language: str


class EntityOut(BaseModel):
    id: EntityId
    type: str = Field(examples=["Disease"])
    name: str = Field(examples=["Marfan syndrome"])
    synonyms: list[NameOut]
    xrefs: list[str]
    definition: str

    @classmethod
    def of(cls, entity: Entity) -> EntityOut:
        return cls.model_validate(entity, from_attributes=True)


class MatchOut(EntityOut):
    matched: str = Field(description="The name that was found.")
    score: float = Field(description="Comparable within one result alone.")


class EntitiesOut(BaseModel):
    entities: list[MatchOut]

    @classmethod
    def of(cls, matches: Iterable[NameMatch]) -> EntitiesOut:
        return cls(
            entities=[
                MatchOut(**EntityOut.of(match.entity).model_dump(), matched=match.name, score=match.score)
                for match in matches
            ]
        )


class NodeOut(BaseModel):
    id: EntityId
    type: str
    name: str


class RelationOut(BaseModel):
    subject: str
    predicate: str
    object: str
    affirmed: int = Field(description="Assertions for it.")
    negated: int = Field(description="Assertions against it.")
    sources: int
    confidence: float


class NeighbourOut(RelationOut):
    other: NodeOut = Field(description="The entity at the other end.")


class NeighboursOut(BaseModel):
    entity: NodeOut
    neighbours: list[NeighbourOut]

    @classmethod
    def of(cls, entity: Entity, relations: Sequence[Relation], known: Mapping[str, Entity]) -> NeighboursOut:
        neighbours = []
        for relation in relations:
            other = relation.object if relation.subject == entity.id else relation.subject
            neighbours.append(NeighbourOut(**_relation(relation).model_dump(), other=_node(other, known)))
        return cls(entity=_node(entity.id, {entity.id: entity}), neighbours=neighbours)


class PathOut(BaseModel):
    nodes: list[NodeOut]
    relations: list[RelationOut]


class PathsOut(BaseModel):
    paths: list[PathOut]

    @classmethod
    def of(cls, paths: Sequence[Path], known: Mapping[str, Entity]) -> PathsOut:
        return cls(
            paths=[
                PathOut(
                    nodes=[_node(id, known) for id in path.nodes],
                    relations=[_relation(relation) for relation in path.relations],
                )
                for path in paths
            ]
        )


class FailureOut(BaseModel):
    file: str
    record: str
    reason: str


class JobOut(BaseModel):
    id: str
    state: Literal["queued", "waiting", "running", "done", "failed"] = Field(
        description="`waiting`: another ingestion holds the home. `failed`: see `problem`."
    )
    created: str
    started: str | None
    finished: str | None
    attempts: int = Field(description="More than one where the server was restarted half-way.")
    files: list[str]
    read: int
    added: int
    updated: int
    unchanged: int = Field(description="Includes what an earlier attempt of this job had written.")
    deleted: int
    failed: list[FailureOut]
    problem: str | None = Field(description="The type of the error that ended the job.")


class CheckOut(BaseModel):
    part: str
    state: Literal["ok", "off", "missing", "unreachable"]
    detail: str


class ReadyOut(BaseModel):
    ready: bool
    parts: dict[str, Literal["ok", "off", "missing", "unreachable"]]


class WrongOut(BaseModel):
    where: str = Field(examples=["body.question"])
    what: str = Field(examples=["Field required"])


class ProblemOut(BaseModel):
    """RFC 9457. Holds nothing of the request."""

    type: str = Field(examples=["urn:medgraph:problem:unknown-entity"])
    title: str = Field(examples=["Unknown entity"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No entity of this id that you may see."])
    errors: list[WrongOut] | None = None


def _node(id: str, known: Mapping[str, Entity]) -> NodeOut:
    entity = known.get(id)
    return NodeOut(id=id, type=entity.type if entity else "", name=entity.name if entity else "")


def _relation(relation: Relation) -> RelationOut:
    return RelationOut.model_validate(relation, from_attributes=True)
