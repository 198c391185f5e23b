"""What the graph says of each drug by itself: what it stands for and is of, and what it does to enzymes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.enzymes import ACTIONS
from qa.drugs.model import CLASSES, MEMBERSHIP, Drug

HIGHEST = 6
"""So many classes may lie above one another: ATC has five levels."""

Chain = tuple[Assertion, ...]
"""How a drug comes to be of a class; empty where the node is the drug itself."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a drug to a class that it is of."""

    start: str
    """The id of the drug, of what it holds, or of what else bears its name."""
    chain: Chain
    counts: bool = True
    """Whether something may be derived by it: not of what else bears the name."""


@dataclass(frozen=True, slots=True)
class Standing:
    """By drug, in their order."""

    ways: tuple[Mapping[str, tuple[Way, ...]], ...]
    """For each drug every id that a statement of it may name, with the shortest way to it by each source's own word and
    by that of several, from two substances of it at most."""
    nodes: tuple[Mapping[str, Chain], ...]
    """The same with the shortest way alone, without what else bears the name."""
    enzymes: tuple[tuple[Assertion, ...], ...]


_Key = tuple[str, bool, int]
"""The source that states a whole chain (empty of several, or of none), whether it counts, and of which substance."""


def standing(view: GraphView, drugs: Sequence[Drug], sources: Collection[str] = ()) -> Standing:
    """Read it in a few calls for all drugs together. Raises what the graph raises.

    `sources` are those of interactions: a class of any vocabulary counts where such a source puts the drug into it.
    """
    held = [_beginning(drug) for drug in drugs]
    enzymes: list[list[Assertion]] = [[] for _ in drugs]
    new = {id for drug in drugs for id in drug.ids | drug.others}
    for level in range(HIGHEST):
        predicates = MEMBERSHIP + (ACTIONS if level == 0 else ())
        rows: dict[str, list[Assertion]] = defaultdict(list)
        for row in view.statements(subjects=new, predicates=predicates) if new else ():
            if row.polarity == "affirmed" and (
                row.predicate in ACTIONS or row.object.startswith(CLASSES) or row.source in sources
            ):
                rows[row.subject].append(row)
        climbed = set()
        for drug, ways, does in zip(drugs, held, enzymes, strict=True):
            for id in [id for id in ways if id in rows]:
                for row in rows[id]:
                    if row.predicate in ACTIONS:
                        if id in drug.ids:
                            does.append(row)
                    elif row.object not in drug.ids and _climb(ways, row):
                        climbed.add(row.object)
        new = climbed
    reached = tuple({id: tuple(each.values()) for id, each in every.items()} for every in held)
    return Standing(reached, tuple(_shortest(every) for every in reached), tuple(tuple(rows) for rows in enzymes))


def _beginning(drug: Drug) -> dict[str, dict[_Key, Way]]:
    places = {id: place for place, part in enumerate(drug.parts) for id in part}
    ways = {id: {("", True, places[id]): Way(id, ())} for id in sorted(drug.ids)}
    return ways | {id: {("", False, -1): Way(id, (), counts=False)} for id in sorted(drug.others)}


def _climb(ways: dict[str, dict[_Key, Way]], row: Assertion) -> bool:
    """Take the ways to the subject on to the object; whether any is new or shorter."""
    there = ways.setdefault(row.object, {})
    changed = False
    for (source, counts, place), way in list(ways[row.subject].items()):
        own = row.source if not way.chain or source == row.source else ""
        key = (own, counts, place)
        longer = Way(way.start, (*way.chain, row), counts)
        if key in there:
            changed |= _shorter(there, key, longer)
        elif sum(1 for each in there if each[:2] == key[:2]) < 2:
            there[key] = longer
            changed = True
    return changed


def _shorter(there: dict[_Key, Way], key: _Key, way: Way) -> bool:
    if _order(way) >= _order(there[key]):
        return False
    there[key] = way
    return True


def _order(way: Way) -> tuple[int, list[str]]:
    return len(way.chain), [row.id for row in way.chain]


def _shortest(ways: Mapping[str, Sequence[Way]]) -> dict[str, Chain]:
    return {
        id: min(counting, key=_order).chain for id, each in ways.items() if (counting := [w for w in each if w.counts])
    }
