"""What is stated of each two of some drugs, and what follows from the classes that they are of.

A source may name two drugs, or classes that it counts them to itself: both are *stated*. Where the class is another's,
or the rule is one of medgraph's own between classes (`RULES`), the interaction is *derived*: shown with its chain, and
never among what is stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.enzymes import ACTIONS, of_enzymes
from qa.drugs.model import CLASSES, MEMBERSHIP, Derived, Drug, Pair, Statement, Words
from qa.drugs.severity import SEVERITIES, severity, word
from qa.evidence.records import Records

RULES = "medgraph-pharmacology"
"""The source of our own rules between classes."""
HIGHEST = 6
"""So many classes may lie above one another: ATC has five levels."""

Chain = tuple[Assertion, ...]
"""How a drug comes to be of a class; empty where the node is the drug itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the graph says of each drug by itself: what it stands for and is of, and what it does to enzymes."""

    nodes: tuple[Mapping[str, Chain], ...]
    """For each drug every id that a statement of it may name, with how it comes to that."""
    enzymes: tuple[tuple[Assertion, ...], ...]


def standing(view: GraphView, drugs: Sequence[Drug]) -> Standing:
    """Read it in a few calls for all drugs together. Raises what the graph raises."""
    nodes: list[dict[str, Chain]] = [dict.fromkeys(sorted(drug.ids), ()) for drug in drugs]
    enzymes: list[list[Assertion]] = [[] for _ in drugs]
    new = {id for drug in drugs for id in drug.ids}
    for level in range(HIGHEST):
        predicates = MEMBERSHIP + (ACTIONS if level == 0 else ())
        rows: dict[str, list[Assertion]] = defaultdict(list)
        for row in view.statements(subjects=new, predicates=predicates) if new else ():
            if row.polarity == "affirmed":
                rows[row.subject].append(row)
        new = set()
        for held, does in zip(nodes, enzymes, strict=True):
            for id, chain in list(held.items()):
                for row in rows.get(id, ()):
                    if row.predicate in ACTIONS:
                        does.append(row)
                    elif row.object.startswith(CLASSES) and _shorter(held.get(row.object), (*chain, row)):
                        held[row.object] = (*chain, row)
                        new.add(row.object)
    return Standing(tuple(nodes), tuple(tuple(rows) for rows in enzymes))


def _shorter(former: Chain | None, chain: Chain) -> bool:
    """Whether a chain to a class goes before the one that is known, if any: the shorter, of equals by the ids."""
    return former is None or (len(chain), [row.id for row in chain]) < (len(former), [row.id for row in former])


def pairs(view: GraphView, records: Records, drugs: Sequence[Drug], known: Standing) -> tuple[Pair, ...]:
    """Each two of the drugs, the worst first, then in their order. Raises what the graph raises."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, held in enumerate(known.nodes):
        for id in held:
            holders[id].append(place)
    stated: dict[tuple[int, int], dict[str, Statement]] = defaultdict(dict)
    follows: dict[tuple[int, int], list[Derived]] = defaultdict(list)
    ids = sorted(holders)
    for row in view.statements(subjects=ids, predicates=["interacts_with"], objects=ids) if len(drugs) > 1 else ():
        if not records.stands(row):
            continue
        for a in holders[row.subject]:
            for b in holders[row.object]:
                if a == b or drugs[a].ids & drugs[b].ids:
                    continue
                pair, chain = (min(a, b), max(a, b)), (*known.nodes[a][row.subject], *known.nodes[b][row.object])
                if not chain or (row.source != RULES and all(link.source == row.source for link in chain)):
                    stated[pair].setdefault(row.id, _statement(row, chain, records))
                else:
                    ahead, behind = known.nodes[a][row.subject], known.nodes[b][row.object]
                    follows[pair].append(_derived(row, (*ahead, row, *reversed(behind))))
    for a in range(len(drugs)):
        for b in range(a + 1, len(drugs)):
            if not drugs[a].ids & drugs[b].ids:
                follows[a, b] += of_enzymes(drugs[a], drugs[b], known.enzymes[a], known.enzymes[b], records)
    every = [
        Pair(a, b, _ordered(stated[a, b].values(), records), _worst_of_each(follows[a, b]))
        for a in range(len(drugs))
        for b in range(a + 1, len(drugs))
    ]
    return tuple(sorted(every, key=lambda pair: (SEVERITIES.index(pair.severity), not pair.found, pair.a, pair.b)))


def _statement(row: Assertion, members: Chain, records: Records) -> Statement:
    source = records.source(row.source)
    curated = source is not None and source.kind == "curated"
    return Statement(
        assertion=row,
        # What a paper says of two drugs makes no severity by itself.
        severity=severity(row) if curated else "unknown",
        word=word(row) if curated else "",
        mechanism=said(row, "mechanism"),
        management=said(row, "management"),
        members=members,
    )


def said(row: Assertion, key: str) -> Words:
    """What a statement's qualifier says, in the languages that it has it in."""
    qualifiers = dict(row.qualifiers)
    return Words(qualifiers.get(key, ""), qualifiers.get(f"{key}_zh", ""))


def _derived(row: Assertion, path: Chain) -> Derived:
    return Derived("class", severity(row), said(row, "mechanism"), said(row, "management"), path)


def _ordered(statements: Iterable[Statement], records: Records) -> tuple[Statement, ...]:
    def place(statement: Statement) -> tuple[bool, bool, int, str, str]:
        row = statement.assertion
        source = records.source(row.source)
        curated = source is not None and source.kind == "curated"
        return row.polarity == "negated", not curated, SEVERITIES.index(statement.severity), row.source, row.id

    return tuple(sorted(statements, key=place))


def _worst_of_each(derived: Sequence[Derived]) -> tuple[Derived, ...]:
    """Of what says the same, the shortest chain."""
    best: dict[tuple[str, str, str], Derived] = {}
    for one in sorted(derived, key=lambda one: (SEVERITIES.index(one.severity), len(one.path), _ids(one))):
        best.setdefault((one.kind, one.mechanism.en, one.severity), one)
    return tuple(best.values())


def _ids(derived: Derived) -> list[str]:
    return [row.id for row in derived.path]
