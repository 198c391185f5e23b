"""Why a piece of evidence is there, in words: the one place that makes them of its data."""

from __future__ import annotations

from qa.evidence.chart import OF_PATIENTS, standing_of, stated, told
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import DerivedEvidence, Evidence, FactEvidence, SearchedEvidence, ToldEvidence
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Explains, Interacts, OfPatient, Ranking

LONGEST_QUERY = 80
"""Characters shown of what was searched for."""


def why(evidence: Evidence) -> str:
    """One clause in English: what is stated, by whom and how often, or how a search came to it."""
    match evidence:
        case PassageEvidence():
            return _found(evidence.ranking)
        case FactEvidence():
            return _stated(evidence)
        case DefinitionEvidence():
            return f"definition of {evidence.name} in the record {evidence.entity}"
        case DerivedEvidence():
            a, b = evidence.drugs
            return (
                f"derived of {a.en} with {b.en} from {len(evidence.chain)} statements; no source states it of the two"
            )
        case ToldEvidence():
            if evidence.texts and not evidence.chain:
                return f"concluded from what {len(evidence.texts)} studies say: {evidence.source}"
            return f"told together from {len(evidence.chain)} statements of {evidence.source}"
        case SearchedEvidence():
            return "left out by its licence" if evidence.closed else "searched for what was asked without finding it"


def _found(ranking: Ranking) -> str:
    by_way = ((ranking.words, "words"), (ranking.meaning, "meaning"), (ranking.reading, "reading"))
    ways = [f"{rank} by {way}" for rank, way in by_way if rank is not None]
    query = ranking.query
    shortened = query if len(query) <= LONGEST_QUERY else query[: LONGEST_QUERY - 1] + "…"
    cosine = "" if ranking.cosine is None else f", cosine {ranking.cosine:.2f}"
    return f"passage ranked {' and '.join(ways) if ways else ranking.place} for '{shortened}'{cosine}"


def _stated(evidence: FactEvidence) -> str:
    assertion, counted = evidence.assertion, evidence.counted
    if evidence.kind == "patient" and assertion.predicate in OF_PATIENTS:
        name = told(assertion, evidence.object_name, "en")
        clause = stated(assertion.predicate, standing_of(assertion), evidence.subject_name, name, "en")
    else:
        clause = evidence.clauses[0]
    counts = ""
    if counted is not None and counted.affirmed + counted.negated > 1:
        counts = f"; in all {counted.affirmed} statements for and {counted.negated} against"
    because = ""
    match evidence.because:
        case Explains(finding):
            because = f"; explains the asked finding '{finding}'"
        case OfPatient():
            because = "; of the patient asked about"
        case Interacts(drugs=(a, b), more=more):
            of_one = f"; {more} more of this severity" if more else ""
            because = f"; of {a.en} with {b.en}{of_one}"
    return f"{assertion.source} states: {clause}{counts}{because}"
