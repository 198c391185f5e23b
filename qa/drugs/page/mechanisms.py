"""How a drug comes to act on a disease: the paths of DrugMechDB, put in order from the one to the other.

A path is stated as links that share a record. It may branch, so that several chains run through it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from graph.model import Assertion, Entity
from graph.schema import PREDICATES
from graph.view import GraphView
from qa.drugs.page.model import Mechanism
from qa.drugs.page.reading import towards
from qa.evidence.records import Records
from qa.evidence.wording import all_names
from text.names import normalise

SOURCE = "drugmechdb"
LONGEST = 14
"""So many links from a drug to its disease, at most; DrugMechDB's longest path has fewer."""
CHAINS = 6
"""So many ways through one path are told, at most; what lies on no other is told beside them."""

_LINKS = tuple(name for name in PREDICATES if name not in ("treats", "has_adverse_effect", "has_ingredient"))
_BACKWARDS = frozenset(
    ("caused by", "has participant", "has part", "location of", "expresses", "manifestation of", "phenotype of",
     "affected by", "disrupted by", "superclass of")
)  # fmt: skip
"""The relations that DrugMechDB names from the further end, which stand in the graph the other way round."""
_TURNED = tuple(
    name
    for name in _LINKS
    if PREDICATES[name].symmetric
    or name in ("causes", "participates_in", "part_of", "located_in", "expressed_in", "has_phenotype", "regulates",
                "downregulates", "subclass_of")
)  # fmt: skip
"""What these became, and what holds either way: no other statement is followed from its object."""


def mechanisms(
    view: GraphView, records: Records, ids: Collection[str], to: Collection[str] | None = None
) -> tuple[Mechanism, ...]:
    """The paths from drugs with these ids, to these diseases or to all, by the name of their disease. Raises what the
    graph raises."""
    ends = {
        row.record: (row.subject, row.object)
        for row in view.statements(subjects=ids, predicates=["treats"], objects=to)
        if row.source == SOURCE and row.polarity == "affirmed" and records.stands(row)
    }
    links = _links(view, ids, ends)
    entities = records.entities(end for rows in links.values() for row in rows for end in (row.subject, row.object))
    told = [
        _mechanism(entities[disease], record, drug, links[record], entities)
        for record, (drug, disease) in ends.items()
        if disease in entities and links[record]
    ]
    return tuple(sorted(told, key=lambda one: (normalise(one.disease.name), one.record)))


def _links(
    view: GraphView, ids: Collection[str], ends: Mapping[str, tuple[str, str]]
) -> Mapping[str, Sequence[Assertion]]:
    """The links of each record, read from the drugs onwards for all records together."""
    links: dict[str, dict[str, Assertion]] = defaultdict(dict)
    diseases = {disease for _, disease in ends.values()}
    seen = new = {drug for drug, _ in ends.values()}
    for _ in range(LONGEST):
        further: set[str] = set()
        for row in _around(view, new) if new else ():
            if row.source == SOURCE and row.record in ends:
                links[row.record][row.id] = row
                further.update((row.subject, row.object))
        new = further - seen - diseases
        seen = seen | further
    return {record: tuple(links[record].values()) for record in ends}


def _around(view: GraphView, ids: Collection[str]) -> list[Assertion]:
    rows = (*view.statements(subjects=ids, predicates=_LINKS), *towards(view, ids, _TURNED))
    return list({row.id: row for row in rows}.values())


def _mechanism(
    disease: Entity, record: str, drug: str, links: Sequence[Assertion], entities: Mapping[str, Entity]
) -> Mechanism:
    ways = sorted(_ways(drug, disease.id, links, entities), key=lambda way: (len(way), [node for node, _ in way]))[
        :CHAINS
    ]
    told = {row.id for way in ways for _, row in way}
    return Mechanism(
        disease=disease,
        record=record,
        source=SOURCE,
        chains=tuple(tuple(row for _, row in way) for way in ways),
        nodes=tuple((drug, *(node for node, _ in way)) for way in ways),
        beside=tuple(row for row in links if row.id not in told),
    )


_Way = tuple[tuple[str, Assertion], ...]
"""The node that each link leads to, with the link."""


def _ways(drug: str, disease: str, links: Sequence[Assertion], entities: Mapping[str, Entity]) -> Iterator[_Way]:
    """All ways from the drug to the disease that pass no node twice."""
    onwards: dict[str, list[tuple[str, Assertion]]] = defaultdict(list)
    for row in links:
        for start, end in _directions(row, entities):
            onwards[start].append((end, row))
    open_ways: list[_Way] = [((node, row),) for node, row in onwards[drug]]
    while open_ways:
        way = open_ways.pop()
        last = way[-1][0]
        if last == disease:
            yield way
        elif len(way) < LONGEST:
            passed = {drug, *(node for node, _ in way)}
            open_ways += [(*way, (node, row)) for node, row in onwards[last] if node not in passed]


def _directions(row: Assertion, entities: Mapping[str, Entity]) -> tuple[tuple[str, str], ...]:
    """Which way the path follows a link. A symmetric one is stored in the order of its ids, but its record begins with
    what the path comes from; where that is told by no name, either way may be meant."""
    straight, turned = (row.subject, row.object), (row.object, row.subject)
    if not PREDICATES[row.predicate].symmetric:
        return (turned,) if dict(row.qualifiers).get("relation") in _BACKWARDS else (straight,)
    begins = [_begins(row.sentence, entities.get(end)) for end in straight]
    return (straight if begins[0] else turned,) if begins[0] != begins[1] else (straight, turned)


def _begins(record: str, entity: Entity | None) -> bool:
    return entity is not None and any(record.startswith(f"{name} (") for name in all_names(entity))
