"""Which relations of the graph answer a question, and the best statement behind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.model import Assertion, Relation
from graph.view import GraphView
from qa.asked.rules import surfaces
from qa.asked.whether import asks_whether
from qa.drugs.regimen import Regimen, concerning
from qa.evidence.bundle import Part
from qa.evidence.records import Records
from qa.model import AskedEntity, Listed
from qa.steps.asking import Asking
from text.species import animals

FINDINGS = ("Disease", "Phenotype")
READ = 20
"""Statements read behind one relation, and relations read between the things asked, at most."""


@dataclass(frozen=True, slots=True)
class Template:
    """Relations with these predicates that have an asked entity of these types at this end; no types means any."""

    predicates: tuple[str, ...]
    end: Literal["subject", "object"]
    types: tuple[str, ...]


Alone = Callable[[str, Sequence[AskedEntity]], bool]
"""Whether what joins the things that a question names is all that it asks for."""


def never(text: str, entities: Sequence[AskedEntity]) -> bool:
    """A question that names two things asks for others, too."""
    return False


def whether_a_drug_does(text: str, entities: Sequence[AskedEntity]) -> bool:
    """Whether a yes or no is wanted on a drug and a finding: what else the drug does is not the question."""
    drugs = surfaces(entities, "Drug")
    return bool(asks_whether(text) and drugs and surfaces(entities, *FINDINGS) - drugs)


@dataclass(frozen=True, slots=True)
class Facts:
    """The step that states relations, most to the point first: what joins two asked entities, then by template.

    Within a template the order is the store's: most sources first. Where `alone` says so, or a relation that the
    templates ask for is stated between two of the things asked, what others there are is not the question.
    """

    templates: tuple[Template, ...]
    alone: Alone = never

    def __call__(self, asking: Asking) -> Part:
        """As many relations as the question wants pieces; what a drug means for the patient asked about comes first."""
        limit = asking.question.limit
        stated, totals = self._relations(asking, limit)
        relations = [*_for_patient(asking), *stated]
        counted = {_edge(relation): relation for relation in relations}
        of_animals = bool(animals(asking.question.text))
        behind = (_behind(relation, asking.view.graph, asking.records, of_animals) for relation in relations)
        rows = [row for stated in [some for some in behind if some][:limit] for row in stated]
        return Part(asking.records.evidence(((row, None) for row in rows), counted), totals=totals)

    def _relations(self, asking: Asking, limit: int) -> tuple[list[Relation], Counter[Listed]]:
        """The relations to be stated, and how many there are of those of which only the first are."""
        entities = asking.understanding.entities
        wanted = {predicate for template in self.templates for predicate in template.predicates}
        relations = sorted(between(asking.view.graph, entities), key=lambda relation: relation.predicate not in wanted)
        joined = any(relation.predicate in wanted for relation in relations)
        totals: Counter[Listed] = Counter()
        if not joined and not self.alone(asking.question.text, entities):
            for template in self.templates:
                every = _of_template(template, asking.view.graph, entities)
                relations += every[:limit]
                totals.update(_listed(template, relation) for relation in every if relation.affirmed)
        relations = list({_edge(relation): relation for relation in relations}.values())[: max(2 * limit, 0)]
        return [relation for relation in relations if not relation.subject.startswith("patient:")], totals


def between(view: GraphView, asked: Sequence[AskedEntity]) -> list[Relation]:
    """Relations between entities that the question names by different words."""
    names: dict[str, set[str]] = {}
    for entity in asked:
        names.setdefault(entity.id, set()).add(entity.surface.casefold())
    if len(surfaces(asked)) < 2:
        return []
    rows = view.relations(subjects=list(names), objects=list(names), limit=READ)
    return [
        row
        for row in rows
        if row.subject != row.object and row.predicate != "subclass_of" and names[row.subject] != names[row.object]
    ]


def _of_template(template: Template, view: GraphView, asked: Sequence[AskedEntity]) -> list[Relation]:
    ids = sorted({e.id for e in asked if not template.types or e.type in template.types})
    if not ids:
        return []
    return view.relations(
        subjects=ids if template.end == "subject" else None,
        objects=ids if template.end == "object" else None,
        predicates=template.predicates,
    )


def _listed(template: Template, relation: Relation) -> Listed:
    """The list that a relation found by a template belongs to."""
    subject, object = relation.subject, relation.object
    shared, end = (subject, "object") if template.end == "subject" else (object, "subject")
    return Listed(relation.predicate, "either" if relation.predicate == "interacts_with" else end, shared)


def _for_patient(asking: Asking) -> list[Relation]:
    if not asking.patient:
        return []
    drugs = {e.id for e in asking.understanding.entities if e.type == "Drug"}
    return concerning(asking.view.graph, drugs, Regimen.of(asking.patient))


def _behind(relation: Relation, view: GraphView, records: Records, of_animals: bool) -> list[Assertion]:
    """The best assertion behind a relation, and the best on the other side where it is contradicted.

    What is stated of animals counts only with `of_animals`: it is no evidence about people.
    """
    rows = view.assertions(subject=relation.subject, predicate=relation.predicate, object=relation.object, limit=READ)
    best: dict[str, Assertion] = {}
    for row in rows:
        if "species" in dict(row.qualifiers) and not of_animals:
            continue
        if row.experiencer == "patient" and records.stands(row):
            best.setdefault(row.polarity, row)
    return list(best.values())


def _edge(relation: Relation) -> tuple[str, str, str]:
    return relation.subject, relation.predicate, relation.object
