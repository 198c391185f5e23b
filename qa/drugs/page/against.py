"""What speaks against a drug, whoever it is for: conditions, circumstances, allergies, genotypes.

A statement about a class counts for its drugs, with the chain by which the drug is of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from graph.model import Assertion, Entity
from graph.view import GraphView
from qa.drugs.cautions import VERDICTS
from qa.drugs.interactions import said
from qa.drugs.model import Drug
from qa.drugs.page.model import Chain, Fact
from qa.drugs.page.reading import around, folded, ordered, strongest, towards
from qa.evidence.records import Records
from qa.evidence.wording import Words

RISKS = ("high", "low", "none", "")
GRADES = ("Strong", "Moderate", "Optional", "N/A", "", "No recommendation")
"""How strongly a guideline recommends; the first words of CPIC's and of DPWG's own grades."""

_OWN = "MEDGRAPH:"
_CIRCUMSTANCE = re.compile(r"\b(?:pregnan\w*|lactation|breast[- ]?feeding)\b|妊娠|怀孕|哺乳", re.IGNORECASE)


def warnings(
    view: GraphView, records: Records, nodes: Mapping[str, Chain]
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The conditions in which the drug must not or should hardly be given, and the circumstances that are no disease.

    `nodes` are the ids that a statement about the drug may name, with the chain to each.
    """
    rows = view.statements(subjects=nodes, predicates=VERDICTS) if nodes else []
    facts = [
        replace(fact, chain=_chain(fact.rows, nodes), told=_why(fact.rows))
        for fact in folded(rows, records, lambda row: row.object, lambda row: row.predicate)
        if fact.rows
    ]
    circumstances = [fact for fact in facts if _is_circumstance(fact.what)]
    diseases = [fact for fact in facts if not _is_circumstance(fact.what)]
    return ordered(diseases, _verdict), ordered(circumstances, _verdict)


def _verdict(fact: Fact) -> tuple[int]:
    return (VERDICTS.index(fact.kind),)


def _is_circumstance(what: Entity) -> bool:
    return what.id.startswith(_OWN) or _CIRCUMSTANCE.search(what.name) is not None


def _chain(rows: tuple[Assertion, ...], nodes: Mapping[str, Chain]) -> Chain:
    """That of the nearest of what the statements name."""
    return min((nodes[row.subject] for row in rows if row.subject in nodes), key=len, default=())


def _why(rows: tuple[Assertion, ...]) -> dict[str, Words]:
    """In the words of the statements: the condition as they word it, and the reason."""
    told = {}
    for word, key in (("words", "words"), ("why", "mechanism"), ("category", "category")):
        words = list(dict.fromkeys(words for row in rows if (words := said(row, key)) != Words()))
        if words:
            told[word] = Words("; ".join(w.en for w in words if w.en), "；".join(w.zh for w in words if w.zh))
    return told


def allergies(view: GraphView, records: Records, nodes: Mapping[str, Chain]) -> tuple[Fact, ...]:
    """What cross-reacts with the drug or a class of it, the likeliest first."""
    rows = around(view, nodes, ["cross_reacts_with"])
    facts = [
        replace(fact, chain=_either(fact.rows, nodes), told=_why(fact.rows))
        for fact in folded(
            rows,
            records,
            lambda row: row.object if row.subject in nodes else row.subject,
            lambda row: dict(row.qualifiers).get("risk", ""),
        )
        if fact.rows
    ]
    return ordered(facts, lambda fact: (RISKS.index(fact.kind) if fact.kind in RISKS else len(RISKS),))


def _either(rows: tuple[Assertion, ...], nodes: Mapping[str, Chain]) -> Chain:
    ends = [id for row in rows for id in (row.subject, row.object) if id in nodes]
    return min((nodes[id] for id in ends), key=len, default=())


def genotypes(view: GraphView, records: Records, drug: Drug) -> tuple[Fact, ...]:
    """What guidelines advise by genotype: one fact for each advice of a body, with the genotypes that it is for."""
    alike: dict[tuple[str, str, str], list[Assertion]] = {}
    for row in towards(view, drug.ids, ["affects_response_to"]):
        if records.stands(row):
            qualifiers = dict(row.qualifiers)
            advice = qualifiers.get("recommendation") or qualifiers.get("implication", "")
            alike.setdefault((row.source, advice, qualifiers.get("population", "")), []).append(row)
    genes = records.entities(row.subject for rows in alike.values() for row in rows)
    facts = [
        Fact(
            what=genes[rows[0].subject],
            kind=_grade(rows),
            rows=strongest(rows, records),
            told=_advice(rows, advice, population, genes),
        )
        for (_, advice, population), rows in alike.items()
        if rows[0].subject in genes
    ]
    return ordered(facts, lambda fact: (_place(fact.kind), fact.what.name))


def _grade(rows: list[Assertion]) -> str:
    grades = {dict(row.qualifiers).get("strength", "") for row in rows}
    return min(grades, key=_place)


def _place(grade: str) -> int:
    return GRADES.index(grade) if grade in GRADES else len(GRADES)


def _advice(rows: list[Assertion], advice: str, population: str, genes: Mapping[str, Entity]) -> dict[str, Words]:
    genotypes = sorted({dict(row.qualifiers).get("genotype", "") for row in rows} - {""})
    names = sorted({genes[row.subject].name for row in rows if row.subject in genes})
    told = {"genotype": " | ".join(genotypes), "advice": advice, "population": population, "gene": ", ".join(names)}
    return {key: Words(value) for key, value in told.items() if value}
