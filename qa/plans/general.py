"""What is known of the things that a question names, where it asks for nothing in particular."""

from __future__ import annotations

from collections.abc import Sequence

from graph.schema import PREDICATES
from qa.asked.rules import surfaces
from qa.model import AskedEntity
from qa.plans.plan import Plan
from qa.steps.facts import Facts, Template
from qa.steps.passages import Passages
from qa.steps.presentation import presentation

# By what a differential weighs a disease; of a common one there is so much that it comes last.
_ODDS = ("occurs_in", "has_course", "contributes_to")
# What says something in itself; the findings of a disease are read apart, most frequent first.
_TELLING = tuple(name for name in PREDICATES if name not in ("subclass_of", "has_phenotype", *_ODDS))


def _several(text: str, entities: Sequence[AskedEntity]) -> bool:
    return len(surfaces(entities)) > 1


PLAN = Plan(
    intent="general",
    steps=(
        Facts(templates=()),
        presentation,
        Facts(templates=(Template(_TELLING, "subject", ()), Template(_TELLING, "object", ())), alone=_several),
        Facts(templates=(Template(_ODDS, "subject", ()), Template(_ODDS, "object", ())), alone=_several),
    ),
    passages=Passages(joins=True),
    texts="instead",
)
