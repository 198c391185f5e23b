"""Which relations of the graph answer which kind of question: treatment, adverse effects, interactions,
contraindications, causes, what a thing is; and what a drug means for a patient who takes others or has a condition.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.model import Relation
from graph.schema import PREDICATES
from graph.store import GraphStore
from qa.model import AskedEntity, Intent

_FINDINGS = ("Disease", "Phenotype")


@dataclass(frozen=True, slots=True)
class Template:
    """Relations with these predicates that have an asked entity of these types at this end."""

    predicates: tuple[str, ...]
    end: str
    types: tuple[str, ...]


# What says something in itself; the findings of a disease are read apart, most frequent first.
_TELLING = tuple(name for name in PREDICATES if name not in ("subclass_of", "has_phenotype"))

TEMPLATES: dict[Intent, tuple[Template, ...]] = {
    "treatment": (
        Template(("treats",), "object", _FINDINGS),
        Template(("palliates", "prevents"), "object", _FINDINGS),
        Template(("treats", "palliates", "prevents"), "subject", ("Drug", "Procedure")),
    ),
    "adverse_effect": (
        Template(("has_adverse_effect", "causes"), "subject", ("Drug", "Procedure")),
        Template(("has_adverse_effect", "causes"), "object", _FINDINGS),
    ),
    "cause": (
        Template(("causes", "has_adverse_effect"), "object", _FINDINGS),
        Template(("gene_associated_with",), "object", _FINDINGS),
    ),
    "interaction": (
        Template(("interacts_with",), "subject", ("Drug",)),
        Template(("interacts_with",), "object", ("Drug",)),
    ),
    "contraindication": (
        Template(("contraindicated_in",), "subject", ("Drug", "Procedure")),
        Template(("contraindicated_in",), "object", _FINDINGS),
    ),
    "definition": (
        Template(("subclass_of",), "subject", ()),
        Template(("treats", "palliates"), "subject", ("Drug",)),
        Template(("gene_associated_with", "causes"), "object", _FINDINGS),
    ),
    "diagnosis": (),
    "general": (Template(_TELLING, "subject", ()), Template(_TELLING, "object", ())),
}
"""An empty tuple of types means any type."""


def relations_for(
    graph: GraphStore,
    intent: Intent,
    asked: Sequence[AskedEntity],
    access: frozenset[str],
    limit: int,
    *,
    whether: bool = False,
) -> list[Relation]:
    """What the graph says on the question, most to the point first: what joins two asked entities, then by template.

    Within a template the order is the store's: most sources first. Where two drugs are asked about, two things in
    general, `whether` a drug treats or causes something, or the relation asked for is stated between two of them, what
    others there are is not the question.
    """
    templates = TEMPLATES[intent]
    wanted = {predicate for template in templates for predicate in template.predicates}
    joined = sorted(between(graph, asked, access), key=lambda relation: relation.predicate not in wanted)
    drugs = {e.surface.casefold() for e in asked if e.type == "Drug"}
    findings = {e.surface.casefold() for e in asked if e.type in _FINDINGS}
    several = len({e.surface.casefold() for e in asked}) > 1
    if (
        (intent == "interaction" and len(drugs) > 1)
        or (intent == "general" and several)
        or (whether and intent in ("treatment", "adverse_effect") and drugs and findings - drugs)
        or any(relation.predicate in wanted for relation in joined)
    ):
        return joined[: 2 * limit]
    found = joined
    for template in templates:
        ids = sorted({e.id for e in asked if not template.types or e.type in template.types})
        if ids:
            found += graph.relations(
                subjects=ids if template.end == "subject" else None,
                objects=ids if template.end == "object" else None,
                predicates=template.predicates,
                access=access,
                limit=limit,
            )
    return list({(r.subject, r.predicate, r.object): r for r in found}.values())[: 2 * limit]


def between(graph: GraphStore, asked: Sequence[AskedEntity], access: frozenset[str]) -> list[Relation]:
    """Relations between entities that the question names by different words."""
    surfaces: dict[str, set[str]] = {}
    for entity in asked:
        surfaces.setdefault(entity.id, set()).add(entity.surface.casefold())
    if len({surface for names in surfaces.values() for surface in names}) < 2:
        return []
    rows = graph.relations(subjects=list(surfaces), objects=list(surfaces), access=access, limit=20)
    return [
        row
        for row in rows
        if row.subject != row.object
        and row.predicate != "subclass_of"
        and surfaces[row.subject] != surfaces[row.object]
    ]


def for_patient(
    graph: GraphStore, drugs: Collection[str], takes: Collection[str], has: Collection[str], access: frozenset[str]
) -> list[Relation]:
    """What a drug that is asked about means for somebody who `takes` other drugs and `has` conditions or allergies."""
    found: list[Relation] = []
    if drugs and takes:
        for subjects, objects in ((drugs, takes), (takes, drugs)):
            found += graph.relations(
                subjects=subjects, objects=objects, predicates=["interacts_with"], access=access, limit=10
            )
    if drugs and has:
        found += graph.relations(
            subjects=drugs,
            objects=has,
            predicates=["contraindicated_in", "has_adverse_effect"],
            access=access,
            limit=10,
        )
    return [row for row in found if row.subject != row.object]
