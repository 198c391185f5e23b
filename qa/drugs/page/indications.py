"""What a drug is for: what its label says before what curated lists have, and documents last.

A label is what authorities approve. A curated list is made by people who looked at several sources. SIDER is what a
machine read in package inserts, symptoms and warnings among it: it makes a labelled use of what a list has, too. Of
documents those count as labels that say so in their title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from graph.model import Assertion, Source
from graph.schema import PREDICATES
from graph.view import GraphView
from qa.drugs.model import CLASSES, Drug
from qa.drugs.page.model import BASES, Basis, Fact
from qa.drugs.page.reading import folded, heard, ordered
from qa.evidence.qualifying import grounds
from qa.evidence.records import Records
from qa.evidence.wording import Words

USES = ("treats", "palliates", "prevents")
"""What a drug may be stated to do to what it is for, in the order of what that is worth."""
INSERTS = ("sider",)
"""The curated sources that machines made of package inserts."""

LABELS = ("ema-medicines",)
"""The curated sources that say what an authority approves."""

_COUNTED = ("n_curators", "n_resources")
_LABEL = re.compile(
    r"prescribing information|package (?:insert|leaflet)|product (?:information|label)|drug label|dailymed|"
    r"summary of product characteristics|说明书",
    re.IGNORECASE,
)


def basis(row: Assertion, source: Source | None) -> Basis:
    """What the statement rests on."""
    if row.polarity == "negated":
        return "denied"
    if source is None:
        return "literature"
    if source.kind == "curated":
        return "mined" if row.source in INSERTS else "labelled" if row.source in LABELS else "listed"
    return "labelled" if _LABEL.search(f"{source.title} {source.url}") else "literature"


def indications(view: GraphView, records: Records, ids: Collection[str]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """What drugs with these ids are for, and what a source says they are not for, each the strongest first."""
    return uses(view.statements(subjects=ids, predicates=USES), records, lambda row: row.object)


def of_class(view: GraphView, records: Records, drug: Drug) -> tuple[Fact, ...]:
    """What the drugs of a class are for, what most of them are for first, each with how many they are.

    That one of them is not for it disputes nothing of the others.
    """
    members = [part for part in drug.parts if not any(id.startswith(CLASSES) for id in part)]
    if not members:
        return ()
    for_it, _ = indications(view, records, [id for part in members for id in part])
    told: list[tuple[int, Fact]] = []
    for fact in for_it:
        subjects = {row.subject for row in fact.rows}
        count = sum(1 for part in members if part & subjects)
        words = Words(f"{count} of its {len(members)} drugs", f"该类{len(members)}种药中的{count}种")
        told.append((count, replace(fact, told={"members": words}, against=())))
    return tuple(fact for _, fact in sorted(told, key=lambda one: (_founded(one[1]), -one[0], place(one[1]))))


def _founded(fact: Fact) -> int:
    """Labels and lists alike before what is read by machine and what documents alone state."""
    return max(BASES.index("listed"), [*BASES].index(fact.kind))  # type: ignore[arg-type]


def uses(
    rows: Iterable[Assertion], records: Records, end: Callable[[Assertion], str]
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Uses by what stands at their `end`, and apart those of which nothing but denials is stated."""
    graded = [
        replace(fact, kind=_best(fact, records), told=_grounds(fact))
        for fact in folded(rows, records, end, lambda row: "")
    ]
    for_it = [fact for fact in graded if fact.kind != "denied"]
    return ordered(for_it, place), ordered((fact for fact in graded if fact.kind == "denied"), place)


def _grounds(fact: Fact) -> dict[str, Words]:
    """What is done by it, where that is not to treat, and on what grounds curated sources say so."""
    told: dict[str, Words] = {}
    does = [p for p in USES if any(row.predicate == p for row in fact.rows)]
    if does and does != ["treats"]:
        told["does"] = Words(
            ", ".join(PREDICATES[p].phrase for p in does), "、".join(PREDICATES[p].chinese for p in does)
        )
    rows = [row for row in (*fact.rows, *fact.against) if grounds(row, "en")]
    if rows:
        said = {grounds(row, "en"): grounds(row, "zh") for row in rows}
        told["grounds"] = Words("; ".join(said), "；".join(said.values()))
    return told


def place(fact: Fact) -> tuple[int, bool, int, int, int, float]:
    """Where it stands: by what it rests on, then what nobody denies, then what is more than relief of symptoms, then
    by how many sources, and the people and lists behind them, have it."""
    worth = min((USES.index(row.predicate) for row in fact.rows), default=len(USES))
    confidence = max((row.confidence for row in fact.rows), default=0.0)
    basis = [*BASES].index(fact.kind)  # type: ignore[arg-type]
    return basis, bool(fact.against), worth, -heard(fact), -_agreed(fact), -confidence


def _agreed(fact: Fact) -> int:
    """How many curators and lists a source counts, at most."""
    counts = [
        sum(int(value) for key, value in row.qualifiers if key in _COUNTED and value.isdigit()) for row in fact.rows
    ]
    return max(counts, default=0)


def _best(fact: Fact, records: Records) -> Basis:
    bases = {basis(row, records.source(row.source)) for row in fact.rows}
    if {"listed", "mined"} <= bases:
        return "labelled"
    return min(bases, key=BASES.index, default="denied")
