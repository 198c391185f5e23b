"""What a drug means for a patient who takes others and has conditions or allergies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.model import Assertion, Relation
from graph.view import GraphView

LIMIT = 10
"""Relations read of each kind at most."""


@dataclass(frozen=True, slots=True)
class Regimen:
    """The drugs that a patient takes, and the conditions and allergies that the patient has, by id."""

    takes: frozenset[str]
    has: frozenset[str]

    @classmethod
    def of(cls, statements: Iterable[Assertion]) -> Regimen:
        """What is stated of a patient for certain."""
        certain = [
            row
            for row in statements
            if row.polarity == "affirmed" and row.certainty == "certain" and row.experiencer == "patient"
        ]
        return cls(
            takes=frozenset(row.object for row in certain if row.predicate == "takes"),
            has=frozenset(row.object for row in certain if row.predicate in ("has_condition", "allergic_to")),
        )


def concerning(view: GraphView, drugs: Collection[str], regimen: Regimen) -> list[Relation]:
    """The interactions of `drugs` with what is taken, then their contraindications and adverse effects among what the
    patient has. Raises what the graph raises."""
    relations: list[Relation] = []
    if drugs and regimen.takes:
        for subjects, objects in ((drugs, regimen.takes), (regimen.takes, drugs)):
            relations += view.relations(subjects=subjects, objects=objects, predicates=["interacts_with"], limit=LIMIT)
    if drugs and regimen.has:
        relations += view.relations(
            subjects=drugs,
            objects=regimen.has,
            predicates=["contraindicated_in", "has_adverse_effect"],
            limit=LIMIT,
        )
    return [row for row in relations if row.subject != row.object]
