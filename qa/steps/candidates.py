"""The diseases that may explain the findings asked about, and the statements that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Assertion
from graph.namesakes import same_name_as
from graph.view import GraphView
from qa.differential import model
from qa.differential.model import Case, Finding
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


def candidates(asking: Asking) -> Part:
    """The best candidates and, of the first, the statement behind each finding that they explain."""
    entities, view, records = asking.understanding.entities, asking.view.graph, asking.records
    case = Case(
        observed=tuple(findings(view, [e for e in entities if not e.negated])),
        excluded=tuple(findings(view, [e for e in entities if e.negated])),
    )
    ranked = asking.differential.rank(view, case, CANDIDATES).candidates if case.observed else ()
    explains = [{each.place: each.by for each in one.explained if each.by and not each.wider} for one in ranked]
    stated = [_statements(one, by, view, records) for one, by in zip(ranked[:SHOWN], explains, strict=False)]
    # What is shown as explained has a statement that stands behind it.
    explains[:SHOWN] = [{place: by[place] for place in rows} for by, rows in zip(explains, stated, strict=False)]
    named = records.entities(one.id for one in ranked)
    language = asking.understanding.language
    return Part(
        evidence=records.evidence(
            (row, Explains(case.observed[place].told)) for rows in stated for place, row in sorted(rows.items())
        ),
        candidates=tuple(
            Candidate(
                entity=one.id,
                name=name_in(named[one.id], language) if one.id in named else one.name,
                score=round(one.probability, 4),
                explained=tuple(f.told for place, f in enumerate(case.observed) if place in by),
                unexplained=tuple(f.told for place, f in enumerate(case.observed) if place not in by),
            )
            for one, by in zip(ranked, explains, strict=True)
            if by
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


def _statements(
    candidate: model.Candidate, explains: Mapping[int, str], view: GraphView, records: Records
) -> dict[int, Assertion]:
    """For each finding that a candidate explains, the statement that it has it."""
    rows = view.statements(subjects=candidate.ids, predicates=["has_phenotype"], objects=set(explains.values()))
    best: dict[int, Assertion] = {}
    for row in sorted(rows, key=lambda row: (not tells(row), -frequency(row))):
        # Curated data state `0 of 3 patients`, too: that is no statement that it occurs.
        if row.polarity == "affirmed" and frequency(row) > 0 and records.stands(row):
            for place, by in explains.items():
                if row.object == by:
                    best.setdefault(place, row)
    return best
