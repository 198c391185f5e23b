"""What the graph says of each drug by itself: what it stands for and is of, and what it does to enzymes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    ids = {id for drug in drugs for id in drug.ids | drug.others}
    acts = _rows(view, ids, ACTIONS)
    new = ids
    for _ in range(HIGHEST):
        above = {
            id: [row for row in rows if row.object.startswith(CLASSES) or row.source in sources]
            for id, rows in _rows(view, new, MEMBERSHIP).items()
        }
        new = {id for drug, ways in zip(drugs, held, strict=True) for id in _climbed(drug, ways, above)}
    reached = tuple({id: tuple(each.values()) for id, each in every.items()} for every in held)
    enzymes = tuple(tuple(row for id in sorted(drug.ids) for row in acts.get(id, ())) for drug in drugs)
    return Standing(reached, tuple(_shortest(every) for every in reached), enzymes)


def _rows(view: GraphView, ids: Collection[str], predicates: Sequence[str]) -> dict[str, list[Assertion]]:
    """What is affirmed of these, by subject."""
    rows: dict[str, list[Assertion]] = defaultdict(list)
    for row in view.statements(subjects=ids, predicates=predicates) if ids else ():
        if row.polarity == "affirmed":
            rows[row.subject].append(row)
    return rows


def _climbed(drug: Drug, ways: dict[str, dict[_Key, Way]], above: Mapping[str, Sequence[Assertion]]) -> Iterator[str]:
    """Take the ways of one drug a level up, and give the classes to which some are new or shorter."""
    for id in [id for id in ways if id in above]:
        for row in above[id]:
            if row.object not in drug.ids and _climb(ways, row):
                yield row.object


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
