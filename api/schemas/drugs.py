"""Drugs checked together: what is asked, and every pair with what is stated of it and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.callers.given import Label
from api.schemas.answers import Body
from api.schemas.graph import NodeOut, node
from api.schemas.state import FailureOut
from api.schemas.statements import public_id
from graph.model import Assertion, Entity, Source
from qa.drugs.check import MOST
from qa.drugs.model import Caution, Check, Derived, Drug, Duplicate, Pair, Searched, Statement, Unknown, Verdict
from qa.drugs.person import Person
from qa.evidence.severity import Severity
from qa.evidence.statement import sentence
from qa.evidence.wording import name_in

Language = Literal["en", "zh"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]


class CheckBody(Body):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"drugs": ["warfarin 5 mg", "aspirin", "胺碘酮"], "conditions": ["asthma"], "age": 71, "egfr": 38},
                {"drugs": ["西地那非", "硝酸甘油"], "language": "zh", "licence": "all"},
                {"patient": "patient:42", "drugs": ["clarithromycin"]},
            ]
        }
    )

    drugs: list[Name] = Field(
        default=[],
        max_length=MOST,
        description="Names in either language, brands, classes, preparations with dose and route, or ids.",
    )
    patient: Label | None = Field(
        default=None,
        description="A patient's access label, which your key must hold: what the record says is added.",
    )
    bundle: dict[str, Any] | None = Field(
        default=None, description="A FHIR R4 bundle or resource of one patient, of which the same is added; not kept."
    )
    conditions: list[Name] = Field(default=[], max_length=MOST, description="Names or ids of what the person has.")
    allergies: list[Name] = Field(default=[], max_length=MOST, description="Drugs, classes or other allergens.")
    age: float | None = Field(default=None, ge=0, le=130, description="In years.")
    pregnant: bool = False
    lactating: bool = False
    egfr: float | None = Field(default=None, ge=0, le=300, description="In mL/min per 1.73 m².")
    liver: Literal["", "impaired", "severe"] = ""
    genotypes: dict[Name, Name] = Field(
        default={}, max_length=MOST, examples=[{"CYP2C19": "Poor Metabolizer"}], description="By the gene's symbol."
    )
    licence: Literal["all", "open"] = Field(
        default="open", description="`all` also searches sources whose licence restricts what they may be used for."
    )
    language: Language | None = Field(default=None, description="Of what is said; that of the names by default.")
    access: frozenset[Label] | None = Field(default=None, description="Read with these labels alone, of your key's.")

    @model_validator(mode="after")
    def _about_something(self) -> CheckBody:
        if not self.drugs and self.patient is None and self.bundle is None:
            raise PydanticCustomError("check", "give drugs, a patient or a bundle")
        return self


class CheckedOut(BaseModel):
    """A drug as it was asked for, and what that was taken for."""

    asked: str
    id: str
    name: str
    ingredients: list[NodeOut]
    also: list[NodeOut] = Field(description="What else bears the name: what is stated of it is shown, too.")
    food: bool = Field(description="Whether it is a food, a drink or a herb: what is in it differs.")
    read_as: str = Field(description="The part of the name that was looked up, where it was not all of it.")

    @classmethod
    def of(cls, drug: Drug, language: Language) -> CheckedOut:
        def nodes(entities: Iterable[Entity]) -> list[NodeOut]:
            return [node(one.id, {one.id: one}).model_copy(update={"name": name_in(one, language)}) for one in entities]

        return cls(
            asked=drug.asked,
            id=drug.entity.id,
            name=name_in(drug.entity, language),
            ingredients=nodes(drug.ingredients),
            also=nodes(drug.also),
            food=drug.food,
            read_as=drug.note,
        )


class UnknownOut(BaseModel):
    asked: str
    nearest: list[str] = Field(description="Names that are most like it. It is taken for none of them.")

    @classmethod
    def of(cls, unknown: Unknown) -> UnknownOut:
        return cls(asked=unknown.asked, nearest=list(unknown.nearest))


class LinkOut(BaseModel):
    """One statement of a chain."""

    subject: str
    predicate: str
    object: str
    source: str
    words: str
    assertion: str = Field(description="For /v1/assertions/{id}.")

    @classmethod
    def of(cls, row: Assertion, entities: Mapping[str, Entity], language: Language) -> LinkOut:
        return cls(
            subject=row.subject,
            predicate=row.predicate,
            object=row.object,
            source=row.source,
            words=sentence(row, language, entities),
            assertion=public_id(row),
        )


class StatedOut(BaseModel):
    """What one source states of two drugs."""

    source: str
    severity: Severity = Field(description="On the one scale.")
    mechanism: str
    management: str
    word: str = Field(description="How severe in the source's own word; empty where it does not say.")
    polarity: Literal["affirmed", "negated"]
    of: list[str] = Field(description="The names of the two drugs or classes that the source speaks of.")
    members: list[LinkOut] = Field(description="How the source counts the drugs to its own classes.")
    text: str = Field(description="The sentence of a document or the record of a data set, verbatim.")
    literature: bool = Field(description="Whether a document states it, which by itself makes no severity.")
    evidence: str = Field(description="What the source rests on, where it says so.")
    assertion: str = Field(description="For /v1/assertions/{id}.")

    @classmethod
    def of_statement(cls, stated: Statement, entities: Mapping[str, Entity], language: Language) -> StatedOut:
        row = stated.assertion
        qualifiers = dict(row.qualifiers)
        return cls(
            source=row.source,
            severity=stated.severity,
            mechanism=stated.mechanism.of(language),
            management=stated.management.of(language),
            word=stated.word,
            polarity=row.polarity,
            of=[name_in(entities[id], language) if id in entities else id for id in (row.subject, row.object)],
            members=[LinkOut.of(link, entities, language) for link in stated.members],
            text=row.sentence,
            literature=row.start >= 0,
            evidence=qualifiers.get("evidence") or qualifiers.get("reference", ""),
            assertion=public_id(row),
        )


class FollowsOut(BaseModel):
    """What a class or a mechanism makes one think of; no source states it of these two drugs."""

    kind: Literal["class", "enzyme", "shared effect"]
    severity: Severity
    mechanism: str
    management: str
    path: list[LinkOut] = Field(description="The chain from the one drug to the other.")

    @classmethod
    def of(cls, derived: Derived, entities: Mapping[str, Entity], language: Language) -> FollowsOut:
        return cls(
            kind=derived.kind,
            severity=derived.severity,
            mechanism=derived.mechanism.of(language),
            management=derived.management.of(language),
            path=[LinkOut.of(row, entities, language) for row in derived.path],
        )


class PairOut(BaseModel):
    a: str = Field(description="As asked.")
    b: str
    found: bool = Field(description="Whether a source states an interaction.")
    severity: Severity = Field(description="The worst that a source states; where none grades it, of what follows.")
    derived: bool = Field(description="Whether the severity is one that follows and that no source states.")
    statements: list[StatedOut] = Field(description="The most severe first; what denies an interaction last.")
    follows: list[FollowsOut] = Field(description="What is derived, apart from what is stated.")
    derived_severity: Severity = Field(description="The worst of what follows.")
    by_source: dict[str, Severity] = Field(description="The severity by each source that grades it.")
    disputed: bool = Field(description="Whether sources grade it differently.")
    same: bool = Field(description="Whether both are one drug: see duplicates.")
    low: bool = Field(description="Whether it is minor or of unknown severity, which a table folds.")
    note: str = Field(description="What a pair that no source states means; empty where one states it.")

    @classmethod
    def of(cls, pair: Pair, check: Check, language: Language, note: str) -> PairOut:
        return cls(
            a=check.drugs[pair.a].asked,
            b=check.drugs[pair.b].asked,
            found=pair.found,
            severity=pair.severity,
            derived=pair.follows,
            statements=[StatedOut.of_statement(one, check.entities, language) for one in pair.statements],
            follows=[FollowsOut.of(one, check.entities, language) for one in pair.derived],
            derived_severity=pair.derived_severity,
            by_source=dict(pair.severities),
            disputed=pair.disputed,
            same=pair.same,
            low=(pair.found or bool(pair.derived)) and pair.gravest in ("minor", "unknown"),
            note="" if pair.found or pair.same else note,
        )


class DuplicateOut(BaseModel):
    drugs: list[str] = Field(description="As asked.")
    kind: Literal["ingredient", "class"]
    id: str
    name: str

    @classmethod
    def of(cls, double: Duplicate, check: Check, language: Language) -> DuplicateOut:
        asked = [check.drugs[place].asked for place in double.drugs]
        return cls(drugs=asked, kind=double.kind, id=double.shared.id, name=name_in(double.shared, language))


class CautionOut(BaseModel):
    """What speaks against a drug for this person."""

    drug: str = Field(description="As asked.")
    verdict: Verdict
    condition: str = Field(description="The condition, allergen or genotype.")
    why: str
    source: str
    path: list[LinkOut]

    @classmethod
    def of(cls, caution: Caution, check: Check, language: Language) -> CautionOut:
        return cls(
            drug=check.drugs[caution.drug].asked,
            verdict=caution.verdict,
            condition=caution.what.of(language),
            why=caution.why.of(language),
            source=caution.path[-1].source if caution.path else "",
            path=[LinkOut.of(row, check.entities, language) for row in caution.path],
        )


class SearchedOut(BaseModel):
    """A source of interactions."""

    source: str
    version: str = Field(description="Or its date, as the source has it; `unknown` where it tells none.")
    licence: str
    title: str
    year: int | None
    interactions: int | None = Field(description="How many it states in all; not counted where it is closed.")

    @classmethod
    def of(cls, source: Source, interactions: int | None) -> SearchedOut:
        return cls(
            source=source.id,
            version=source.version or "unknown",
            licence=source.licence,
            title=source.title or source.id,
            year=source.year,
            interactions=interactions,
        )


class PersonOut(BaseModel):
    """For whom was checked: what was told, and what a record says besides."""

    age: float | None = Field(description="In years; of a record to within half a year.")
    pregnant: bool
    lactating: bool
    egfr: float | None = Field(description="In mL/min per 1.73 m².")
    liver: Literal["", "impaired", "severe"]
    conditions: list[str]
    allergies: list[str]
    recorded: list[str] = Field(description="What of this is from a record, and how it follows from there.")

    @classmethod
    def of(cls, check: Check, person: Person, language: Language) -> PersonOut:
        who = check.who
        return cls(
            age=who.age and round(who.age, 1),
            pregnant=who.pregnant,
            lactating=who.lactating,
            egfr=who.egfr,
            liver=who.liver,
            conditions=list(person.conditions),
            allergies=list(person.allergies),
            recorded=[words.of(language) for words in person.told],
        )


class CheckOut(BaseModel):
    drugs: list[CheckedOut]
    unknown: list[UnknownOut] = Field(description="Names that no drug here bears; they were not checked.")
    pairs: list[PairOut] = Field(description="Every two drugs, found or not, the worst first.")
    duplicates: list[DuplicateOut]
    contraindications: list[CautionOut] = Field(description="And cautions, allergies and genotypes, the gravest first.")
    searched: list[SearchedOut]
    closed: list[SearchedOut] = Field(description="Sources that are loaded, and that the licence asked for leaves out.")
    unknown_circumstances: list[UnknownOut] = Field(description="Conditions and allergies that nothing here bears.")
    silent: list[str] = Field(description="What is told of the person and nothing listed is about: no proof of safety.")
    person: PersonOut
    failed: list[FailureOut] = Field(default=[], description="What of a bundle could not be read.")
    language: Language

    @classmethod
    def of(
        cls, check: Check, language: Language, person: Person | None = None, failed: Sequence[FailureOut] = ()
    ) -> CheckOut:
        note = not_found(check.searched, language)
        return cls(
            drugs=[CheckedOut.of(drug, language) for drug in check.drugs],
            unknown=[UnknownOut.of(one) for one in check.unknown],
            pairs=[PairOut.of(pair, check, language, note) for pair in check.pairs],
            duplicates=[DuplicateOut.of(double, check, language) for double in check.duplicates],
            contraindications=[CautionOut.of(caution, check, language) for caution in check.cautions],
            searched=[SearchedOut.of(one.source, one.interactions) for one in check.searched],
            closed=[SearchedOut.of(source, None) for source in check.closed],
            unknown_circumstances=[UnknownOut.of(one) for one in check.untold],
            silent=[words.of(language) for words in check.silent],
            person=PersonOut.of(check, person or Person(), language),
            failed=list(failed),
            language=language,
        )


def not_found(searched: Iterable[Searched], language: Language) -> str:
    """What it means that no source that was searched states an interaction."""
    titles = [one.source.title or one.source.id for one in searched]
    if language == "zh":
        listed = "、".join(titles)
        return f"在{listed}中未找到；这不能证明安全。" if titles else "未载入可供判断的相互作用来源；这不能证明安全。"
    if not titles:
        return "Nothing is loaded that could tell; that is no proof of safety."
    return f"Not found in {', '.join(titles)}; that is no proof of safety."
