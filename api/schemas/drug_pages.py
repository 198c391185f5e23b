"""A drug's page, and the drugs for a disease."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel, Field

from api.schemas.drugs import CheckedOut, Language, LinkOut, SearchedOut, UnknownOut
from api.schemas.graph import NodeOut, node
from api.schemas.repurposing import ProposalOut
from api.schemas.statements import Cursor, public_id
from graph.model import Assertion, Entity
from graph.schema import PREDICATES
from qa.drugs.model import CLASSES, Drug
from qa.drugs.page.actions import ACTS
from qa.drugs.page.model import Alternative, Fact, Mechanism, Page, Section
from qa.drugs.page.uses import Use, Uses
from qa.evidence.severity import Severity
from qa.evidence.statement import sentence
from qa.evidence.wording import name_in


class BehindOut(BaseModel):
    """One statement by one source."""

    source: str
    words: str = Field(description="The statement as a sentence made from its fields.")
    text: str = Field(description="The sentence of a document or the record of a data set, verbatim.")
    literature: bool = Field(description="Whether a document states it.")
    assertion: str = Field(description="For /v1/assertions/{id}.")

    @classmethod
    def of(cls, row: Assertion, entities: Mapping[str, Entity], language: Language) -> BehindOut:
        return cls(
            source=row.source,
            words=sentence(row, language, entities),
            text=row.sentence,
            literature=row.start >= 0,
            assertion=public_id(row),
        )


class FactOut(BaseModel):
    """What sources state alike, folded by name."""

    id: str
    name: str
    kind: str = Field(description="What is said of it: a basis, a severity, a predicate, as its section has it.")
    details: dict[str, str] = Field(
        description="What is said besides, such as `frequency`, `placebo`, `why`.", examples=[{"frequency": "1-21%"}]
    )
    sources: list[str]
    disputed: bool = Field(description="Whether a source states the contrary.")
    statements: list[BehindOut] = Field(description="The strongest first.")
    against: list[BehindOut] = Field(description="The statements of the contrary.")
    of: list[str] = Field(description="The parts of a preparation that it is stated of; empty for a drug.")
    because: list[LinkOut] = Field(description="By what classes it concerns the drug; empty where it is named.")

    @classmethod
    def of_fact(
        cls, fact: Fact, entities: Mapping[str, Entity], language: Language, parts: Mapping[str, str]
    ) -> FactOut:
        """`parts` are the names of what a preparation holds, by id."""
        rows = fact.rows or fact.against
        ends = (end for row in (*rows, *fact.chain[:1]) for end in (row.subject, row.object))
        return cls(
            id=fact.what.id,
            name=name_in(fact.what, language),
            kind=fact.kind,
            details={key: words.of(language) for key, words in fact.told.items()},
            # That a drug binds a protein, which may stand among the statements, states none that it inhibits it.
            sources=sorted({row.source for row in rows if fact.kind not in ACTS or row.predicate == fact.kind}),
            disputed=bool(fact.rows and fact.against),
            statements=[BehindOut.of(row, entities, language) for row in fact.rows],
            against=[BehindOut.of(row, entities, language) for row in fact.against],
            of=list(dict.fromkeys(parts[end] for end in ends if end in parts)),
            because=[LinkOut.of(row, entities, language) for row in fact.chain],
        )


class SectionOut(BaseModel):
    total: int = Field(description="How many there are in all; more than are listed where it is larger.")
    facts: list[FactOut]


class StepOut(LinkOut):
    """A link of a chain, as the chain runs."""

    start: NodeOut
    end: NodeOut
    backwards: bool = Field(description="Whether the statement points from `end` to `start`.")


class MechanismOut(BaseModel):
    """How the drug comes to act on a disease, by one curated path."""

    disease: NodeOut
    source: str
    record: str
    chains: list[list[StepOut]] = Field(description="Each from the drug to the disease.")
    beside: list[LinkOut] = Field(description="What the path states that lies on no chain shown.")

    @classmethod
    def of(cls, mechanism: Mechanism, entities: Mapping[str, Entity], language: Language) -> MechanismOut:
        def step(row: Assertion, start: str, end: str) -> StepOut:
            return StepOut(
                **LinkOut.of(row, entities, language).model_dump(),
                start=_node(start, entities, language),
                end=_node(end, entities, language),
                backwards=row.subject != start and not PREDICATES[row.predicate].symmetric,
            )

        return cls(
            disease=_node(mechanism.disease.id, {mechanism.disease.id: mechanism.disease}, language),
            source=mechanism.source,
            record=mechanism.record,
            chains=[
                [step(row, start, end) for row, start, end in zip(chain, nodes, nodes[1:], strict=False)]
                for chain, nodes in zip(mechanism.chains, mechanism.nodes, strict=True)
            ],
            beside=[LinkOut.of(row, entities, language) for row in mechanism.beside],
        )


class HitOut(BaseModel):
    """A grave interaction with a drug that is taken, stated or derived."""

    drug: str = Field(description="As asked.")
    severity: Severity

    @classmethod
    def listed(cls, hits: Iterable[tuple[str, Severity]]) -> list[HitOut]:
        return [cls(drug=drug, severity=severity) for drug, severity in hits]


class AlternativeOut(BaseModel):
    """Another drug for an indication of this one."""

    indication: NodeOut
    id: str
    name: str
    basis: str
    same_class: NodeOut | None = Field(description="The class that both are of; null where it is of another.")
    sources: list[str]
    interacts: list[HitOut] = Field(description="With which of the drugs taken it must or should not be given.")
    statements: list[BehindOut]

    @classmethod
    def of(cls, one: Alternative, entities: Mapping[str, Entity], language: Language) -> AlternativeOut:
        shared = one.shared
        return cls(
            indication=_node(one.indication.id, {one.indication.id: one.indication}, language),
            id=one.use.what.id,
            name=name_in(one.use.what, language),
            basis=one.use.kind,
            same_class=_node(shared.id, {shared.id: shared}, language) if shared else None,
            sources=sorted({row.source for row in one.use.rows}),
            interacts=HitOut.listed(one.interacts),
            statements=[BehindOut.of(row, entities, language) for row in one.use.rows],
        )


class MechanismsOut(BaseModel):
    total: int
    paths: list[MechanismOut]


class AlternativesOut(BaseModel):
    total: int
    alternatives: list[AlternativeOut] = Field(
        description="By indication in their order; of each those of the same class first, those that interact last."
    )
    with_drugs: list[str] = Field(description="The drugs taken, with which their interactions were looked for.")
    unknown: list[UnknownOut] = Field(description="Names among these that no drug bears: they were not looked for.")


class DrugOut(CheckedOut):
    """All that is known of a drug. A section that was not asked for is not there."""

    kind: str = Field(description="`drug`, `combination`, or `class`, of which what is stated of the class is shown.")
    names: dict[str, list[str]] = Field(examples=[{"en": ["warfarin", "Coumadin"], "zh": ["华法林"]}])
    codes: dict[str, list[str]] = Field(examples=[{"ATC": ["B01AA03"], "DRUGBANK": ["DB00682"]}])
    definition: str
    members: list[NodeOut] = Field(description="Of a class its drugs.")
    sections: dict[Section, SectionOut]
    mechanisms: MechanismsOut | None = None
    alternatives: AlternativesOut | None = None
    counts: dict[str, dict[Severity, int]] = Field(
        description="By source, how many other drugs or classes it states to interact; what is derived is not counted."
    )
    sources: list[SearchedOut] = Field(description="Whose statements are shown, with their licences.")
    closed: list[SearchedOut] = Field(description="Sources that are loaded, and that the licence asked for leaves out.")
    language: Language

    @classmethod
    def of_page(cls, page: Page, language: Language, sections: Sequence[Section], limit: int | None) -> DrugOut:
        entities = page.entities
        mechanisms = [MechanismOut.of(one, entities, language) for one in page.mechanisms[:limit]]
        others = [AlternativeOut.of(one, entities, language) for one in page.alternatives[:limit]]
        identity = page.identity
        parts = _parts(page.drug, language)
        return cls(
            **CheckedOut.of(page.drug, language).model_dump(),
            kind=_kind(page.drug),
            names={"en": list(identity.english), "zh": list(identity.chinese)},
            codes={system: list(codes) for system, codes in identity.codes.items()},
            definition=identity.definition,
            members=[_node(one.id, {one.id: one}, language) for one in identity.members],
            sections={
                section: SectionOut(
                    total=len(facts), facts=[FactOut.of_fact(fact, entities, language, parts) for fact in facts[:limit]]
                )
                for section, facts in page.facts.items()
                if section in sections
            },
            mechanisms=MechanismsOut(total=len(page.mechanisms), paths=mechanisms)
            if "mechanisms" in sections
            else None,
            alternatives=AlternativesOut(
                total=len(page.alternatives),
                alternatives=others,
                with_drugs=[drug.asked for drug in page.taken],
                unknown=[UnknownOut.of(one) for one in page.untaken],
            )
            if "alternatives" in sections
            else None,
            counts={source: dict(counts) for source, counts in page.counts.items()},
            sources=[SearchedOut.of(source, None) for source in page.sources],
            closed=[SearchedOut.of(source, None) for source in page.closed],
            language=language,
        )


class UseOut(BaseModel):
    """A drug that is stated to be for the disease, or for kinds of it."""

    id: str
    name: str
    basis: str = Field(
        description="`labelled`, `listed`, `mined` (read by a machine in package inserts, and on no list), "
        "`literature`; or `denied`."
    )
    direct: bool = Field(description="Whether it is stated of the disease itself, not of kinds of it alone.")
    conditions: list[NodeOut] = Field(description="Of what it is stated.")
    details: dict[str, str] = Field(description="What it does, where that is not to treat, and on what grounds.")
    sources: list[str]
    disputed: bool
    interacts: list[HitOut]
    statements: list[BehindOut]
    against: list[BehindOut]

    @classmethod
    def of(cls, use: Use, entities: Mapping[str, Entity], language: Language) -> UseOut:
        rows = use.fact.rows or use.fact.against
        return cls(
            id=use.drug.entity.id,
            name=name_in(use.drug.entity, language),
            basis=use.fact.kind,
            direct=use.direct,
            conditions=[_node(one.id, {one.id: one}, language) for one in use.conditions],
            details={key: words.of(language) for key, words in use.fact.told.items()},
            sources=sorted({row.source for row in rows}),
            disputed=bool(use.fact.rows and use.fact.against),
            interacts=HitOut.listed(use.interacts),
            statements=[BehindOut.of(row, entities, language) for row in use.fact.rows],
            against=[BehindOut.of(row, entities, language) for row in use.fact.against],
        )


class UsesOut(BaseModel):
    asked: str
    conditions: list[NodeOut] = Field(description="What bears the name.")
    kinds: int = Field(description="How many kinds of it were looked at, too.")
    drugs: list[UseOut] = Field(
        description="Labelled before listed before mined before literature, the disease before its kinds."
    )
    total: int
    cursor: str | None = Cursor
    denied: list[UseOut] = Field(description="Of which a source states that they are not for it.")
    interacting: list[UseOut] = Field(description="Set aside: they interact gravely with what is taken.")
    near: list[NodeOut] = Field(description="Where there are none: what is named alike and has some.")
    candidates: ProposalOut | None = Field(
        default=None, description="Where asked for: drugs that no curated source states of it, by paths of the graph."
    )
    candidates_note: str = Field(default="", description="Why there are no candidates, where they were asked for.")
    without: list[str] = Field(description="The drugs taken, as asked.")
    unknown: list[UnknownOut] = Field(description="Names among these that no drug bears: they were not looked for.")
    note: str = Field(description="What it means that no interaction was found; empty where none was looked for.")
    sources: list[SearchedOut]
    closed: list[SearchedOut]
    language: Language

    @classmethod
    def of(cls, uses: Uses, shown: Sequence[Use], language: Language, note: str, cursor: str | None = None) -> UsesOut:
        def listed(some: Iterable[Use]) -> list[UseOut]:
            return [UseOut.of(use, uses.entities, language) for use in some]

        return cls(
            asked=uses.asked,
            conditions=[_node(one.id, {one.id: one}, language) for one in uses.conditions],
            kinds=uses.kinds,
            drugs=listed(shown),
            total=len(uses.drugs),
            cursor=cursor,
            denied=listed(uses.denied),
            interacting=listed(uses.interacting),
            near=[_node(one.id, {one.id: one}, language) for one in uses.near],
            without=[drug.asked for drug in uses.taken],
            unknown=[UnknownOut.of(one) for one in uses.untaken],
            note=note,
            sources=[SearchedOut.of(source, None) for source in uses.sources],
            closed=[SearchedOut.of(source, None) for source in uses.closed],
            language=language,
        )


def _node(id: str, entities: Mapping[str, Entity], language: Language) -> NodeOut:
    shown = node(id, entities)
    return shown.model_copy(update={"name": name_in(entities[id], language)}) if id in entities else shown


def _parts(drug: Drug, language: Language) -> dict[str, str]:
    """By id the ingredient of a preparation."""
    held = drug.ingredients if len(drug.ingredients) > 1 else ()
    return {id: name_in(one, language) for one in held for part in drug.parts if one.id in part for id in part}


def _kind(drug: Drug) -> str:
    if drug.entity.id.startswith(CLASSES):
        return "class"
    return "combination" if len(drug.ingredients) > 1 else "drug"
