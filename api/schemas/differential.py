"""A differential: the case that is asked about, and the diseases that may explain it with their reasons."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.callers.given import Label
from api.schemas.answers import Body
from api.schemas.drug_pages import BehindOut
from api.schemas.graph import NodeOut
from api.schemas.state import FailureOut
from qa.differential.case.understand import MOST

Language = Literal["en", "zh"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Paper = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]+:\S{1,200}$")]


class CaseBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"findings": ["fever", "cough", "myalgia"], "absent": ["dyspnea"], "age": 34, "season": "winter"},
                {"text": "女，28岁，发热、咳嗽3天，无皮疹", "language": "zh"},
                {"findings": ["HP:0001083", "HP:0001166"], "onset": 6, "papers": ["PMID:12345"]},
                {"findings": ["cough"], "drugs": ["lisinopril"], "age": 61},
            ]
        }
    )

    findings: list[Name] = Field(
        default=[], max_length=MOST, description="What is there: HPO ids, or names in either language."
    )
    absent: list[Name] = Field(default=[], max_length=MOST, description="What was looked for, and is not there.")
    text: str = Field(default="", max_length=50_000, description="Prose of which findings and the rest are read.")
    age: float | None = Field(default=None, ge=0, le=130, description="In years.")
    onset: float | None = Field(default=None, ge=0, le=130, description="The age at which it began, in years.")
    sex: Literal["", "female", "male"] = ""
    duration: str = Field(default="", max_length=200, description="As somebody says it.", examples=["for three days"])
    season: Literal["", "winter", "spring", "summer", "autumn"] = ""
    region: str = Field(
        default="", max_length=200, description="Where the person has been, such as `tropics` or `south-asia`."
    )
    conditions: list[Name] = Field(default=[], max_length=MOST, description="Names or ids of known conditions.")
    drugs: list[Name] = Field(default=[], max_length=MOST, description="What is taken.")
    factors: list[Name] = Field(default=[], max_length=MOST, description="Exposures, habits and states.")
    phenopacket: dict[str, Any] | None = Field(
        default=None, description="A GA4GH phenopacket of version 2, of which the same is added; not kept."
    )
    bundle: dict[str, Any] | None = Field(
        default=None, description="A FHIR R4 bundle or resource of one patient, of which the same is added; not kept."
    )
    patient: Label | None = Field(
        default=None,
        description="A patient's access label, which your key must hold: what the record says is added.",
    )
    papers: frozenset[Paper] = Field(
        default=frozenset(), description="Papers whose statements do not count, such as the case's own."
    )
    limit: int = Field(default=10, ge=1, le=100, description="Candidates at most.")
    licence: Literal["all", "open"] = Field(
        default="all", description="`open` leaves out sources whose licence restricts what they may be used for."
    )
    language: Language | None = Field(default=None, description="Of what is said; that of the case by default.")
    access: frozenset[Label] | None = Field(default=None, description="Read with these labels alone, of your key's.")

    @model_validator(mode="after")
    def _about_something(self) -> CaseBody:
        read = (self.phenopacket, self.bundle, self.patient)
        if not self.findings and not self.absent and not self.text.strip() and all(one is None for one in read):
            raise PydanticCustomError("case", "give findings, a text, a phenopacket, a bundle or a patient")
        if len(self.findings) + len(self.absent) > MOST:
            raise PydanticCustomError("case", "at most {most} findings", {"most": MOST})
        if self.age is not None and self.onset is not None and self.onset > self.age:
            raise PydanticCustomError("case", "onset is after the age")
        return self


class AnswersBody(Body):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"present": ["HP:0033047"], "absent": ["anosmia"], "unknown": []}]}
    )

    present: list[Name] = Field(default=[], max_length=MOST, description="Findings that are there: ids or names.")
    absent: list[Name] = Field(default=[], max_length=MOST, description="Findings that are not.")
    unknown: list[Name] = Field(
        default=[],
        max_length=MOST,
        description="What nobody can tell: it does not count, and is not asked again.",
    )

    @model_validator(mode="after")
    def _about_something(self) -> AnswersBody:
        if not self.present and not self.absent and not self.unknown:
            raise PydanticCustomError("case", "give what is present, absent or unknown")
        return self


class FindingOut(BaseModel):
    """A finding as it was told, and what it was taken for."""

    told: str
    id: str
    name: str
    ids: list[str] = Field(description="All ids that it may mean, the best first.")
    read_as: str = Field(description="How it came from the words, where that is not plain.")
    severity: str
    since: str


class FactorOut(BaseModel):
    told: str
    ids: list[str]


class CaseOut(BaseModel):
    """The case as it was understood."""

    findings: list[FindingOut]
    absent: list[FindingOut]
    age: float | None = Field(description="In years.")
    onset: float | None
    sex: Literal["", "female", "male"]
    tempo: str = Field(description="`minutes` to `years`, or `episodes`; empty where nobody says how long.")
    season: str
    region: str
    factors: list[FactorOut] = Field(description="What may change the odds.")
    drugs: list[FactorOut]


class ExplainedOut(BaseModel):
    """What one finding says for a candidate or against it."""

    finding: str = Field(description="As told.")
    ratio: float = Field(description="The likelihood ratio: above 1 it speaks for the candidate, below against it.")
    by: NodeOut = Field(description="The finding of the disease that it is compared with.")
    frequency: float | None = Field(
        description="How often the disease has that, 0 to 1; a usual share where nobody says it."
    )
    frequency_told: bool = Field(description="Whether a source says how often.")
    wider: NodeOut | None = Field(description="The general finding in common, where no more than that is shared.")
    statement: BehindOut | None = Field(description="The statement behind; null where the reader sees none.")


class UnexplainedOut(BaseModel):
    finding: str = Field(description="As told.")
    ratio: float
    of_its_class: bool = Field(description="Whether other diseases of its class are stated to have it.")


class ExpectedOut(BaseModel):
    """A finding that the disease usually has, and that was not told."""

    id: str
    name: str
    frequency: float
    denied: bool = Field(description="Whether it was looked for and is not there.")
    statement: BehindOut | None


class FactOut(BehindOut):
    """What else is stated of a candidate: a mode of inheritance, an onset, a gene."""

    id: str
    name: str


class RateOut(BaseModel):
    incidence: float | None = Field(description="New cases a year per 100,000.")
    by_judgement: bool = Field(description="Whether the number is the judgement of those who wrote the table.")
    statement: BehindOut


class CandidateOut(BaseModel):
    id: str
    ids: list[str] = Field(description="All that stand for it in several vocabularies, its own first.")
    name: str
    probability: float = Field(description="Calibrated; those of all candidates and of `other` sum to at most 1.")
    score: float = Field(description="The logarithm of how the findings speak for it, without how common it is.")
    prior: float = Field(description="The logarithm of its odds before the findings, against the average disease.")
    group: str = Field(description="The name of the group whose form it is; empty where it is of none.")
    must_not_be_missed: bool
    why_not_missed: str = Field(description="Why it must not be missed; empty where it need not be said.")
    adverse_effect_of: str = Field(description="The drug taken whose adverse effect it would be; empty otherwise.")
    explained: list[ExplainedOut] = Field(description="What is there, the most telling first.")
    unexplained: list[UnexplainedOut] = Field(description="What is there and the disease has nothing like it.")
    against: list[ExplainedOut] = Field(description="What is not there, and the disease has it.")
    expected: list[ExpectedOut] = Field(description="The most telling first.")
    inheritance: list[FactOut]
    genes: list[FactOut]
    onset: list[FactOut]
    rate: RateOut | None = Field(description="How common it is, where a source says it.")


class GroupOut(BaseModel):
    """Candidates that are forms of one disease."""

    name: str
    probability: float = Field(description="The sum of theirs.")
    members: list[str] = Field(description="Ids of candidates, the most probable first.")


class NextOut(BaseModel):
    """What to find out next."""

    id: str
    name: str
    kind: str = Field(description="history, exam, bedside, lab, imaging or invasive")
    question: str
    bits: float = Field(description="How much the answer is expected to tell.")
    present: float = Field(description="How probable it is that it is there.")


class NotUnderstoodOut(BaseModel):
    told: str
    kind: Literal["finding", "condition", "drug", "factor", "text"]
    nearest: list[str] = Field(description="Names that are most like it. It is taken for none of them.")


class SpokenOut(BaseModel):
    """A word of the text with its place (`text[start:end]`) and what it adds to the logit of the group."""

    start: int
    end: int
    text: str
    share: float


class DiseaseGroupOut(BaseModel):
    """A group of diseases by system or kind, as a classifier reads it from the text as a whole."""

    group: str
    name: str
    zh: str
    probability: float = Field(description="Among all groups; estimated.")
    words: list[SpokenOut] = Field(description="The words that speak most for it, the first the most.")


class ChangeOut(BaseModel):
    id: str
    name: str
    before: float | None = Field(description="The probability before the answers; null where it was not listed.")
    after: float | None = Field(description="The probability now; null where it is not listed any more.")


class DifferentialOut(BaseModel):
    id: str | None = Field(default=None, description="For /v1/differential/{id}/answers, for an hour.")
    case: CaseOut
    candidates: list[CandidateOut] = Field(
        description="One to three of the most probable, then to the fifth what must not be missed with such complaints."
    )
    groups: list[GroupOut]
    disease_groups: list[DiseaseGroupOut] = Field(
        default=[], description="What the text speaks of, the most probable first; empty without a text."
    )
    other: float = Field(
        description="The probability of none of these candidates: of one further down, or what the graph does not know."
    )
    next: list[NextOut] = Field(description="What would tell the candidates apart best, for what it costs.")
    unknown: list[NotUnderstoodOut] = Field(description="What was told and is not understood. It did not count.")
    notes: list[str] = Field(description="What was done with what was told.")
    thin: list[str] = Field(description="Why the ranking means little, where it does.")
    failed: list[FailureOut] = Field(default=[], description="What of a bundle could not be read.")
    changes: list[ChangeOut] = Field(default=[], description="After answers: what has changed, the largest first.")
    language: Language
