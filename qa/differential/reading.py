"""What a differential reads of the graph: the more specific forms of a finding, and who has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graph.view import GraphView
from qa.differential.matrix import Holders, Ids
from qa.evidence.frequency import expected, tells

BROAD = 200
"""An ancestor with more descendants than this is too broad to tell diseases apart."""
COMMON = 2000
"""At most so many relations are read for an ancestor; one with more is too common to count."""
STATED = 1000
"""Statements read of one disease at most."""


def below(view: GraphView, ids: Iterable[str], limit: int | None = None) -> frozenset[str]:
    """`ids` with all their descendants; reading stops once there are more than `limit`."""
    reached = set(ids)
    frontier = set(reached)
    while frontier and (limit is None or len(reached) <= limit):
        children = view.relations(objects=frontier, predicates=["subclass_of"])
        frontier = {relation.subject for relation in children if relation.affirmed} - reached
        reached |= frontier
    return frozenset(reached)


def parents(view: GraphView, ids: Ids) -> Ids:
    """What stands directly above `ids`, sorted."""
    above = view.relations(subjects=ids, predicates=["subclass_of"])
    return tuple(sorted({relation.object for relation in above if relation.affirmed}))


def holders(view: GraphView, findings: Collection[str], limit: int | None = None) -> Holders | None:
    """Who has one of `findings`, and who is stated to have none; None where nobody is, or `limit` rows say it."""
    rows = view.relations(objects=findings, predicates=["has_phenotype"], limit=limit)
    if limit is not None and len(rows) >= limit:
        return None
    having = {row.subject for row in rows if row.affirmed}
    denying = {row.subject for row in rows if row.negated and not row.affirmed} - having
    return Holders(having, denying) if having or denying else None


def holders_of_parent(view: GraphView, parent: str) -> Holders | None:
    """The same of a parent and all below it; None where it is too broad or too common to count."""
    findings = below(view, (parent,), BROAD)
    return holders(view, findings, COMMON) if len(findings) <= BROAD else None


def annotated(view: GraphView, diseases: Collection[str]) -> dict[str, int]:
    """How many findings are stated of each of `diseases`, present or absent."""
    counts = dict.fromkeys(diseases, 0)
    for relation in view.relations(subjects=diseases, predicates=["has_phenotype"]):
        counts[relation.subject] += 1
    return counts


def frequencies(view: GraphView, disease: str) -> dict[str, float]:
    """How often each finding of the disease is to be expected, from 0 to 1, by the finding's id.

    A statement that says how often, be it of nobody, outweighs those that do not say it.
    """
    told: dict[str, float] = {}
    untold: dict[str, float] = {}
    denied: dict[str, float] = {}
    for row in view.assertions(subject=disease, predicate="has_phenotype", limit=STATED):
        result = untold if not tells(row) else told if row.polarity == "affirmed" else denied
        if row.polarity == "affirmed" or result is denied:
            result[row.object] = max(result.get(row.object, 0.0), expected(row))
    return untold | {finding: share for finding, share in denied.items() if finding in untold} | told
