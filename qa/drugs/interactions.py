"""What is stated of each two of some drugs, and what follows from the classes that they are of.

A source may name two drugs, or classes that it counts them to itself: both are *stated*. Where the class is another's,
or the rule is one of medgraph's own between classes (`RULES`), the interaction is *derived*: shown with its chain, and
never among what is stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.additive import Effects, of_effects
from qa.drugs.enzymes import of_enzymes
from qa.drugs.model import CLASSES, Derived, Drug, Pair, Statement, one_substance
from qa.drugs.standing import Chain, Standing, Way
from qa.evidence.gist import gist
from qa.evidence.records import Records
from qa.evidence.severity import SEVERITIES, severity, word, worst
from qa.evidence.wording import Words

RULES = "medgraph-pharmacology"
"""The source of our own rules between classes."""


def pairs(
    view: GraphView, records: Records, drugs: Sequence[Drug], known: Standing, effects: Sequence[Effects] = ()
) -> tuple[Pair, ...]:
    """Each two of the drugs, the worst first, then in their order. Raises what the graph raises.

    `effects` are those of each drug that add up; without them none is shared.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for place, held in enumerate(known.ways):
        for id in held:
            holders[id].append(place)
    stated: dict[tuple[int, int], dict[str, Statement]] = defaultdict(dict)
    follows: dict[tuple[int, int], list[Derived]] = defaultdict(list)
    ids = sorted(holders)
    for row in view.statements(subjects=ids, predicates=["interacts_with"], objects=ids) if len(drugs) > 1 else ():
        if not records.stands(row):
            continue
        for a, b in product(holders[row.subject], holders[row.object]):
            if a == b:
                continue
            pair = (min(a, b), max(a, b))
            ahead, behind = known.ways[a][row.subject], known.ways[b][row.object]
            if (chain := _meant(row, drugs[a], ahead, drugs[b], behind)) is not None:
                stated[pair].setdefault(row.id, _statement(row, chain, records))
            elif (path := _path(row, drugs[a], ahead, drugs[b], behind)) is not None:
                follows[pair].append(_derived(row, path))
    # Read together what the words of mechanisms name.
    records.entities({id for rows in known.enzymes for row in rows for id in (row.subject, row.object)})
    every = []
    for a in range(len(drugs)):
        for b in range(a + 1, len(drugs)):
            rows = [one.assertion for one in stated[a, b].values()]
            rows += [row for one in follows[a, b] for row in one.path]
            by_enzyme = list(of_enzymes(drugs[a], drugs[b], known.enzymes[a], known.enzymes[b], records))
            follows[a, b] += _within(by_enzyme, rows, drugs[a])
            follows[a, b] += of_effects(drugs[a], drugs[b], effects[a], effects[b]) if effects else ()
            every.append(
                Pair(
                    a,
                    b,
                    _ordered(stated[a, b].values(), records),
                    _worst_of_each(follows[a, b]),
                    same=_are_same(drugs[a], drugs[b]),
                )
            )
    return tuple(sorted(every, key=_place))


def _within(by_enzyme: Sequence[Derived], rows: Iterable[Assertion], one: Drug) -> list[Derived]:
    """What follows by enzymes, without what is graded worse than a rule of ours for this very drug grades it.

    A rule says what was seen, and a grade by enzymes what to expect. Of a rule it is not told which drug changes the
    other: where each may change the other, all is kept.
    """
    rules = [
        severity(row)
        for row in rows
        if (row.source, row.predicate, row.polarity) == (RULES, "interacts_with", "affirmed")
        and dict(row.qualifiers).get("kind") == "pharmacokinetic"
        and not (row.subject.startswith(CLASSES) and row.object.startswith(CLASSES))
    ]
    if not rules or len({derived.path[0].subject in one.ids for derived in by_enzyme}) > 1:
        return list(by_enzyme)
    limit = SEVERITIES.index(worst(rules))
    return [derived for derived in by_enzyme if SEVERITIES.index(derived.severity) >= limit]


def _place(pair: Pair) -> tuple[int, bool, int, int]:
    return SEVERITIES.index(pair.gravest), not pair.found, pair.a, pair.b


def _meant(row: Assertion, one: Drug, ahead: Sequence[Way], other: Drug, behind: Sequence[Way]) -> Chain | None:
    """By which of its own classes the source means both drugs: none where it names them, None where it does not."""
    chains = [
        (*mine.chain, *theirs.chain)
        for mine in ahead
        for theirs in behind
        if all(link.source == row.source for link in (*mine.chain, *theirs.chain))
        and not ((mine.chain or theirs.chain) and (row.source == RULES or _one(one, mine, other, theirs)))
    ]
    return min(chains, key=len, default=None)


def _path(row: Assertion, one: Drug, ahead: Sequence[Way], other: Drug, behind: Sequence[Way]) -> Chain | None:
    """The shortest chain from the one drug to the other, of different substances; None where there is none."""
    paths = [
        (*mine.chain, row, *reversed(theirs.chain))
        for mine in ahead
        for theirs in behind
        if mine.counts and theirs.counts and not _one(one, mine, other, theirs)
    ]
    return min(paths, key=len, default=None) if row.polarity == "affirmed" else None


def _one(one: Drug, mine: Way, other: Drug, theirs: Way) -> bool:
    return one_substance(one, mine.start, other, theirs.start)


def _are_same(one: Drug, other: Drug) -> bool:
    """Whether each substance of either is one of the other."""
    return all(
        any(not part.isdisjoint(theirs) for theirs in b.parts)
        for a, b in ((one, other), (other, one))
        for part in a.parts
    )


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
    """What a statement's qualifier says, in the languages that it has it in; French with its key points."""
    qualifiers: Mapping[str, str] = dict(row.qualifiers)
    if qualifiers.get("language") == "fr" and (french := qualifiers.get(key)):
        return gist(french)
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
