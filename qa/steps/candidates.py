"""The diseases that may explain the findings asked about, and the statements that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import Assertion
from graph.namesakes import same_name_as
from graph.view import GraphView
from qa.differential.rank import Finding, Ranked
from qa.evidence.bundle import Part
from qa.evidence.frequency import frequency, tells
from qa.evidence.reasons import Explains
from qa.evidence.records import Records
from qa.evidence.wording import name_in
from qa.model import AskedEntity, Candidate
from qa.steps.asking import Asking

CANDIDATES = 10
"""Diseases in a differential; the first `SHOWN` of them come with evidence."""
SHOWN = 4
READ = 1000
"""Statements read of one candidate at most."""


def candidates(asking: Asking) -> Part:
    """The best candidates and, of the first, the statement behind each finding that they explain."""
    entities, view, records = asking.understanding.entities, asking.view.graph, asking.records
    present = findings(view, [e for e in entities if not e.negated])
    absent = findings(view, [e for e in entities if e.negated])
    ranked = asking.differential.rank(view, present, absent, CANDIDATES) if present else []
    stated = [_statements(candidate, view, records) for candidate in ranked[:SHOWN]]
    # What is shown as explained has a statement that stands behind it.
    ranked = [
        replace(candidate, explained={number: candidate.explained[number] for number in rows})
        for candidate, rows in zip(ranked, stated, strict=False)
    ] + ranked[SHOWN:]
    named = records.entities(candidate.disease for candidate in ranked)
    language = asking.understanding.language
    return Part(
        evidence=records.evidence(
            (row, Explains(present[number].name)) for rows in stated for number, row in sorted(rows.items())
        ),
        candidates=tuple(
            Candidate(
                entity=candidate.disease,
                name=name_in(named[candidate.disease], language) if candidate.disease in named else candidate.disease,
                score=candidate.score,
                explained=tuple(f.name for number, f in enumerate(present) if number in candidate.explained),
                unexplained=tuple(f.name for number, f in enumerate(present) if number not in candidate.explained),
            )
            for candidate in ranked
            if candidate.explained
        ),
    )


def findings(view: GraphView, asked: Sequence[AskedEntity]) -> list[Finding]:
    """One finding for each word asked, with every id the word may mean: phenotypes before homonyms of other types.

    A word that means a disease alone also means the phenotype of that name: epilepsy is both, and only one of them may
    have a Chinese name.
    """
    words: dict[str, list[AskedEntity]] = {}
    for entity in asked:
        if entity.type in ("Phenotype", "Disease", "Measurement"):
            words.setdefault(entity.surface, []).append(entity)
    if not words:
        return []
    kin = same_name_as(view, view.entities({e.id for meant in words.values() for e in meant}).values())
    result = []
    for surface, meant in words.items():
        phenotypes = [e.id for e in meant if e.type == "Phenotype"]
        if not phenotypes:
            phenotypes = [other.id for e in meant if e.type == "Disease" for other in kin.get(e.id, ())]
        result.append(Finding(surface, tuple(dict.fromkeys(phenotypes or [e.id for e in meant]))))
    return result


def _statements(ranked: Ranked, view: GraphView, records: Records) -> dict[int, Assertion]:
    """For each finding that a candidate explains, the statement that it has it."""
    rows = view.assertions(subject=ranked.disease, predicate="has_phenotype", limit=READ)
    best: dict[int, Assertion] = {}
    for row in sorted(rows, key=lambda row: (not tells(row), -frequency(row))):
        # Curated data state `0 of 3 patients`, too: that is no statement that it occurs.
        if row.polarity == "affirmed" and frequency(row) > 0 and records.stands(row):
            for number, ids in ranked.explained.items():
                if row.object in ids:
                    best.setdefault(number, row)
    return best
