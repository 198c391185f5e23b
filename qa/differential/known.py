"""What the graph states of candidates besides: the statements behind what they explain, how they are inherited, by
which genes, when they begin, how common they are, and why one must not be missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Assertion
from graph.view import GraphView
from qa.differential.model import Candidate
from qa.differential.profiles import MISSED, POPULATION
from qa.evidence.frequency import frequency, tells
from qa.evidence.records import Records

GENES = 8
"""Genes told of one candidate at most."""
_Standing = Callable[[Iterable[Assertion]], Iterable[Assertion]]
_ABOUT = ("has_inheritance", "has_onset", "occurs_in", "has_modifier")


@dataclass(frozen=True, slots=True)
class Known:
    """What is stated of one candidate. `findings` holds by its id the statement of each finding shown."""

    findings: Mapping[str, Assertion] = field(default_factory=dict)
    inheritance: tuple[Assertion, ...] = ()
    onset: tuple[Assertion, ...] = ()
    genes: tuple[Assertion, ...] = ()
    rate: Assertion | None = None
    missed: Assertion | None = None

    def rows(self) -> Iterable[Assertion]:
        """All statements."""
        yield from (*self.findings.values(), *self.inheritance, *self.onset, *self.genes)
        yield from (row for row in (self.rate, self.missed) if row is not None)


def known(
    view: GraphView, records: Records, candidates: Sequence[Candidate], papers: frozenset[str] = frozenset()
) -> dict[str, Known]:
    """By the id of each candidate what is stated of it, but by these papers. Raises what the graph raises."""
    owner = {id: one.id for one in candidates if not one.drug for id in one.ids}
    drugs = {
        one.id: Known({id: row for id, row in one.behind.items() if records.stands(row)})
        for one in candidates
        if one.drug
    }
    if not owner:
        return drugs

    def standing(rows: Iterable[Assertion]) -> Iterable[Assertion]:
        return (row for row in rows if row.polarity == "affirmed" and row.record not in papers and records.stands(row))

    about: dict[str, list[Assertion]] = {id: [] for id in owner.values()}
    for row in standing(view.statements(subjects=list(owner), predicates=_ABOUT)):
        about[owner[row.subject]].append(row)
    findings = _findings(view, owner, candidates, standing)
    genes = _genes(view, owner, standing)
    return drugs | {
        id: Known(
            findings=findings[id],
            inheritance=_each(row for row in rows if row.predicate == "has_inheritance"),
            onset=_each(row for row in rows if row.predicate == "has_onset"),
            genes=tuple(genes.get(id, ())),
            rate=next((row for row in rows if row.object == POPULATION), None),
            missed=next((row for row in rows if row.object == MISSED), None),
        )
        for id, rows in about.items()
    }


def _findings(
    view: GraphView, owner: Mapping[str, str], candidates: Sequence[Candidate], standing: _Standing
) -> dict[str, dict[str, Assertion]]:
    """By candidate and finding the statement that tells best how often it has it."""
    shown = {each.by for one in candidates for each in (*one.explained, *one.against) if each.by}
    shown |= {each.id for one in candidates for each in one.expected}
    findings: dict[str, dict[str, Assertion]] = {id: {} for id in owner.values()}
    if shown:
        rows = view.statements(subjects=list(owner), predicates=["has_phenotype"], objects=shown)
        for row in standing(sorted(rows, key=lambda row: (not tells(row), -frequency(row)))):
            if frequency(row) > 0:  # curated data state `0 of 3 patients`, too
                findings[owner[row.subject]].setdefault(row.object, row)
    return findings


def _genes(view: GraphView, owner: Mapping[str, str], standing: _Standing) -> dict[str, list[Assertion]]:
    """By candidate a statement of each gene."""
    related = view.relations(objects=list(owner), predicates=["gene_associated_with"])
    wanted: dict[str, list[tuple[str, str]]] = {}
    for one in related:
        pairs = wanted.setdefault(owner[one.object], [])
        if one.affirmed and len(pairs) < GENES and one.subject not in {gene for gene, _ in pairs}:
            pairs.append((one.subject, one.object))
    subjects = {gene for pairs in wanted.values() for gene, _ in pairs}
    if not subjects:
        return {}
    rows = view.statements(subjects=subjects, predicates=["gene_associated_with"], objects=list(owner))
    best: dict[tuple[str, str], Assertion] = {}
    for row in standing(rows):
        best.setdefault((row.subject, row.object), row)
    return {id: [best[pair] for pair in pairs if pair in best] for id, pairs in wanted.items()}


def _each(rows: Iterable[Assertion]) -> tuple[Assertion, ...]:
    """One of the rows of each object."""
    first: dict[str, Assertion] = {}
    for row in rows:
        first.setdefault(row.object, row)
    return tuple(first.values())
