"""A question, and its answer with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.callers.given import Label
from api.schemas.statements import public_id
from graph.model import Assertion
from qa.evidence.cited import shown
from qa.evidence.kinds import DerivedEvidence, Evidence, FactEvidence, SearchedEvidence, ToldEvidence
from qa.evidence.qualifying import grounds
from qa.evidence.reasons import Interacts, Together
from qa.evidence.severity import Severity
from qa.evidence.typed import AnswerType, Verdict
from qa.evidence.why import why
from qa.model import Answer, Listed

_unknown: list[str] = Field(
    default=[], description="What reads as a name of something that the graph does not hold, as written."
)


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
    licence: Literal["all", "open"] = Field(
        default="all", description="`open` leaves out sources whose licence restricts what they may be used for."
    )
    conversation: list[str] = Field(
        default=[],
        max_length=200,
        description="What the same person asked before, oldest first: what this question leaves out is taken from it.",
    )
    choices: list[Annotated[str, StringConstraints(max_length=500)]] = Field(
        default=[], max_length=26, description="The choices of which one is right, where they are not in the text."
    )
    stream: bool = Field(default=False, description="Send server-sent events, as `Accept: text/event-stream` does.")


class SentenceOut(BaseModel):
    text: str
    citations: list[str] = Field(description="Ids of evidence; never empty in an answer that is given.")


class ChainLinkOut(BaseModel):
    """One statement of a chain."""

    subject: str
    predicate: str
    object: str
    source: str
    assertion: str = Field(description="For /v1/assertions/{id}.")

    @classmethod
    def of(cls, row: Assertion) -> ChainLinkOut:
        return cls(
            subject=row.subject,
            predicate=row.predicate,
            object=row.object,
            source=row.source,
            assertion=public_id(row),
        )


def together(evidence: Evidence, language: str) -> dict[str, Any]:
    """What a piece of evidence tells of drugs together; nothing of one that is not about that."""

    def names(drugs: Together) -> list[str]:
        return [drug.of(language) for drug in drugs]

    match evidence:
        case DerivedEvidence():
            told: Interacts | DerivedEvidence = evidence
            own: dict[str, Any] = {"chain": [ChainLinkOut.of(link.assertion) for link in evidence.chain]}
        case FactEvidence(because=Interacts() as because):
            told = because
            own = {"word": because.word, "members": [ChainLinkOut.of(row) for row in because.members]}
        case ToldEvidence():
            return {"chain": [ChainLinkOut.of(link.assertion) for link in evidence.chain]}
        case SearchedEvidence():
            return {
                "absent": [names(drugs) for drugs in evidence.absent],
                "unchecked": list(evidence.unchecked),
                "closed": evidence.closed,
                "licence": evidence.record.licence,
                "version": evidence.version,
            }
        case _:
            return {}
    return own | {
        "severity": told.severity,
        "mechanism": told.mechanism.of(language),
        "management": told.management.of(language),
        "drugs": names(told.drugs),
    }


class EvidenceOut(BaseModel):
    id: str = Field(examples=["E1"])
    kind: Literal["passage", "assertion", "curated", "patient", "derived", "searched"] = Field(
        description="`derived` follows from a chain of statements and is stated by no source; `searched` is a source "
        "that was searched in vain, which proves nothing, or that is closed by its licence."
    )
    source: str = Field(examples=["PMID:12345"])
    text: str = Field(
        description="Verbatim; of a curated record the sentence made from its fields, in the language of the question."
    )
    start: int = Field(description="Offset of `text` in the document, in code points; -1 for a curated record.")
    end: int
    why: str = Field(description="Why this is evidence for the question.")
    score: float
    title: str = ""
    entities: list[str] = []
    predicate: str = ""
    polarity: str = "affirmed"
    certainty: str = "certain"
    url: str = Field(default="", description="The page of the record or the document, where it has one.")
    assertion: str = Field(default="", description="Of a statement, for /v1/assertions/{id}.")
    record: str = Field(default="", examples=["PMID:21756023"], description="What names a curated record.")
    record_text: str = Field(default="", description="A curated record as its source has it.")
    version: str = Field(default="", description="Of the curated source.")
    date: str = Field(default="", description="When the source last looked at the record.")
    grounds: str = Field(
        default="",
        examples=["published clinical study (PCS)"],
        description="On what grounds a curated record states it, in the language of the question.",
    )

    severity: Severity | None = Field(default=None, description="Of an interaction, on the one scale.")
    word: str = Field(default="", description="How severe in the source's own word.")
    mechanism: str = Field(default="", description="Of an interaction, stated or derived.")
    management: str = Field(default="", description="What to do about it.")
    drugs: list[str] = Field(default=[], description="The two drugs that an interaction is of, of those asked about.")
    chain: list[ChainLinkOut] = Field(
        default=[], description="What is derived follows from these, in order; what is told together is made of them."
    )
    members: list[ChainLinkOut] = Field(default=[], description="How a source counts the drugs to its own classes.")
    absent: list[list[str]] = Field(default=[], description="The pairs that are not found in a source.")
    unchecked: list[str] = Field(default=[], description="Names that no drug here bears, which were not checked.")
    closed: bool = Field(default=False, description="Whether the source was left out by its licence.")
    licence: str = Field(default="", description="Of a source that was searched or is closed.")

    @classmethod
    def of(cls, evidence: Evidence, language: str) -> EvidenceOut:
        stated: dict[str, Any] = together(evidence, language)
        if isinstance(evidence, FactEvidence):
            assertion = evidence.assertion
            stated |= {
                "predicate": assertion.predicate,
                "polarity": assertion.polarity,
                "certainty": assertion.certainty,
                "assertion": public_id(assertion),
                "record": assertion.record,
                "record_text": evidence.record_text,
                "version": evidence.version,
                "date": evidence.date,
                "grounds": grounds(assertion, language),
            }
        return cls(
            id=evidence.id,
            kind=evidence.kind,
            source=evidence.source,
            text=shown(evidence, language),
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
    probability: float = Field(description="Calibrated: those of all diseases and of something else add up to one.")
    missed: bool = Field(description="Whether it must not be missed: dangerous, and treatable in time.")
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


class UnderstandingOut(BaseModel):
    language: str
    intent: str
    next_intent: str = Field(default="", description="The next likely reading, where it is close.")
    read_as: str = Field(
        default="",
        description="The question as it was read, where it leaned on earlier ones or misspelt a name.",
    )
    entities: list[AskedOut]
    unknown: list[str] = _unknown


class ListOut(BaseModel):
    """A list of which the answer gives the beginning."""

    predicate: str
    entity: str = Field(description="The entity of whose relations it is.")
    name: str
    total: int = Field(description="How many relations there are in all.")
    url: str = Field(description="Where they are listed in pages.")

    @classmethod
    def of(cls, listed: Listed, total: int, names: Mapping[str, str]) -> ListOut:
        words = {"predicate": listed.predicate}
        path = f"/v1/entities/{quote(listed.shared)}/neighbours"
        if listed.end != "either":
            path, words = "/v1/relations", {"subject" if listed.end == "object" else "object": listed.shared, **words}
        return cls(
            predicate=listed.predicate,
            entity=listed.shared,
            name=names.get(listed.shared, listed.shared),
            total=total,
            url=f"{path}?{urlencode(words)}",
        )


class ItemOut(BaseModel):
    """One member of a list."""

    name: str
    entity: str = Field(description="Empty for what is no entity.")
    sources: int = Field(description="How many sources state it; 0 where they are not counted.")


class ChoiceOut(BaseModel):
    """One of the choices that the question gives."""

    letter: str
    text: str
    chosen: bool
    score: float = Field(description="What speaks for it, from 0 to 1.")


class AnswerOut(BaseModel):
    answer: str
    answer_type: AnswerType = "text"
    verdict: Verdict = Field(default="", description="Of a question that wants a yes or no.")
    value: str = Field(default="", description="A number, a code or a date; of a choice the letters chosen.")
    unit: str = ""
    items: list[ItemOut] = Field(default=[], description="Of a list, those stated best first.")
    total: int | None = Field(default=None, description="How many there are in all, of a list or a count.")
    choices: list[ChoiceOut] = []
    abstained: bool
    reason: str = Field(description="Why there is no answer, in one word; empty where there is one.")
    message: str = Field(description="The reason for a person, in the language of the question.")
    sentences: list[SentenceOut]
    evidence: list[EvidenceOut]
    differential: list[CandidateOut] = []
    language: str = ""
    intent: str = ""
    next_intent: str = Field(default="", description="The next likely reading of the question, where it is close.")
    read_as: str = Field(
        default="",
        description="The question as it was read, where it leaned on earlier ones or misspelt a name.",
    )
    entities: list[AskedOut] = Field(default=[], description="What the question was understood to name.")
    unknown: list[str] = _unknown
    lists: list[ListOut] = Field(default=[], description="How long the lists are of which the evidence shows part.")
    writer: str = ""
    dropped: int = Field(default=0, description="How many written sentences were taken out for lack of support.")
    seconds: dict[str, float] = {}

    @classmethod
    def of(cls, answer: Answer) -> AnswerOut:
        understood = answer.understanding
        language = understood.language if understood else "en"
        typed = answer.typed
        return cls(
            answer=answer.text,
            answer_type=typed.kind,
            verdict=typed.verdict,
            value=typed.value,
            unit=typed.unit,
            items=[ItemOut(name=i.name.of(language), entity=i.entity, sources=i.sources) for i in typed.items],
            total=typed.total,
            choices=[ChoiceOut.model_validate(choice, from_attributes=True) for choice in typed.choices],
            abstained=answer.abstained,
            reason=answer.reason,
            message=answer.message,
            sentences=[SentenceOut(text=s.text, citations=list(s.citations)) for s in answer.sentences],
            evidence=[EvidenceOut.of(e, language) for e in answer.evidence],
            differential=[CandidateOut.model_validate(c, from_attributes=True) for c in answer.differential],
            language=understood.language if understood else "",
            intent=understood.intent if understood else "",
            next_intent=understood.next_intent if understood else "",
            read_as=understood.read_as if understood else "",
            entities=[
                AskedOut.model_validate(entity, from_attributes=True)
                for entity in (understood.entities if understood else ())
            ],
            unknown=list(understood.unknown) if understood else [],
            lists=[
                ListOut.of(listed, total, {entity.id: entity.name for entity in understood.entities})
                for listed, total in answer.totals.items()
            ]
            if understood
            else [],
            writer=answer.writer,
            dropped=answer.dropped,
            seconds={stage: round(seconds, 4) for stage, seconds in answer.seconds.items()},
        )
