"""With what a drug interacts: what sources state of it, by severity, and apart from that what follows from its classes.

A source that speaks of a class which it counts the drug to itself states it; a rule between classes of another source,
or of medgraph's own, is one that the drug's interactions follow from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.interactions import RULES, said
from qa.drugs.model import Drug
from qa.drugs.page.model import Chain, Fact
from qa.drugs.page.reading import around, folded, ordered
from qa.drugs.standing import Standing, Way
from qa.evidence.records import Records
from qa.evidence.severity import SEVERITIES, Severity, severity, word, worst
from qa.evidence.wording import Words

Counts = Mapping[str, Mapping[Severity, int]]


def partners(
    view: GraphView, records: Records, drug: Drug, known: Standing
) -> tuple[tuple[Fact, ...], tuple[Fact, ...], Counts]:
    """What is stated of it, what follows, and by source how many others it states, by severity; the gravest first."""
    ways = known.ways[0]
    stated: list[Assertion] = []
    follows: list[Assertion] = []
    for row in around(view, ways, ["interacts_with"]):
        if row.subject in drug.ids and row.object in drug.ids:
            continue
        (stated if _means(row, ways) else follows).append(row)
    facts = [_graded(fact, records) for fact in folded(stated, records, lambda row: _other(row, ways), lambda _: "")]
    graded = [_graded(fact, records) for fact in folded(follows, records, lambda row: _other(row, ways), lambda _: "")]
    rules = [replace(fact, chain=_chain(fact.rows[:1], known.nodes[0])) for fact in graded if fact.rows]
    return ordered(facts, _place), ordered(rules, _place), _counts(facts, records)


def _other(row: Assertion, ways: Mapping[str, tuple[Way, ...]]) -> str:
    """The end that is not the drug's; of a rule of a class with itself that class."""
    return row.object if row.subject in ways else row.subject


def _means(row: Assertion, ways: Mapping[str, tuple[Way, ...]]) -> bool:
    """Whether the source names the drug, or a class that it counts the drug to itself."""
    for end in (row.subject, row.object):
        for way in ways.get(end, ()):
            if not way.chain or (row.source != RULES and all(link.source == row.source for link in way.chain)):
                return True
    return False


def _graded(fact: Fact, records: Records) -> Fact:
    """With the worst severity of a curated source: what a document says makes none."""
    ranked = sorted(fact.rows, key=lambda row: (not _is_curated(row, records), SEVERITIES.index(_of(row, records))))
    curated = [row for row in ranked if _is_curated(row, records)]
    told = {
        key: words
        for key in ("mechanism", "management")
        if (words := next((said(row, key) for row in curated if said(row, key) != Words()), Words())) != Words()
    }
    by: dict[str, str] = {}
    for row in curated:
        by.setdefault(row.source, word(row))
    if by := {source: own for source, own in by.items() if own}:
        told["severity"] = Words("; ".join(f"{source}: {own}" for source, own in sorted(by.items())))
    return replace(fact, kind=worst(_of(row, records) for row in fact.rows), rows=tuple(ranked), told=told)


def _of(row: Assertion, records: Records) -> Severity:
    return severity(row) if _is_curated(row, records) else "unknown"


def _is_curated(row: Assertion, records: Records) -> bool:
    source = records.source(row.source)
    return source is not None and source.kind == "curated"


def _chain(rows: Iterable[Assertion], nodes: Mapping[str, Chain]) -> Chain:
    ends = [id for row in rows for id in (row.subject, row.object) if id in nodes]
    return min((nodes[id] for id in ends), key=len, default=())


def _place(fact: Fact) -> tuple[bool, bool, int]:
    literature = all(row.start >= 0 for row in fact.rows)
    return not fact.rows, literature, [*SEVERITIES].index(fact.kind)  # type: ignore[arg-type]


def _counts(facts: Iterable[Fact], records: Records) -> Counts:
    counts: dict[str, Counter[Severity]] = defaultdict(Counter)
    for fact in facts:
        for source in {row.source for row in fact.rows}:
            worst_of = worst(_of(row, records) for row in fact.rows if row.source == source)
            counts[source][worst_of] += 1
    return {source: {s: counts[source][s] for s in SEVERITIES if counts[source][s]} for source in sorted(counts)}
