"""How a disease presents: its most frequent findings."""

from __future__ import annotations

from graph.model import Assertion
from graph.view import GraphView
from qa.evidence.bundle import Part
from qa.evidence.frequency import frequency, tells
from qa.evidence.records import Records
from qa.model import Listed
from qa.steps.asking import Asking

FINDINGS = 6
"""Findings shown of one disease."""
READ = 2_000
"""Statements read of one disease at most."""


def presentation(asking: Asking) -> Part:
    """The most frequent findings of each disease that the question names."""
    diseases = dict.fromkeys(e.id for e in asking.understanding.entities if e.type == "Disease")
    findings = {disease: _findings(disease, asking.view.graph, asking.records) for disease in diseases}
    return Part(
        asking.records.evidence((row, None) for rows in findings.values() for row in rows[:FINDINGS]),
        totals={Listed("has_phenotype", "object", disease): len(rows) for disease, rows in findings.items()},
    )


def _findings(disease: str, view: GraphView, records: Records) -> list[Assertion]:
    """What is stated best of each finding of a disease, the most frequent first; what states how often goes before what
    does not."""
    rows = view.assertions(subject=disease, predicate="has_phenotype", limit=READ)
    best: dict[str, Assertion] = {}
    for row in sorted(rows, key=lambda row: not tells(row)):
        if row.polarity == "affirmed" and frequency(row) > 0 and records.stands(row):
            best.setdefault(row.object, row)
    return sorted(best.values(), key=lambda row: (-frequency(row), row.object))
