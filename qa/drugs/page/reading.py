"""How statements of a drug are read and folded, for all sections of its page alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from graph.model import Assertion, Entity
from graph.view import GraphView
from qa.drugs.page.model import Fact
from qa.evidence.records import Records
from qa.evidence.strength import weakness
from text.names import normalise


def around(view: GraphView, ids: Collection[str], predicates: Collection[str]) -> list[Assertion]:
    """What is stated with one of `ids` as subject or as object, each once."""
    if not ids:
        return []
    rows = view.statements(subjects=ids, predicates=predicates)
    return list({row.id: row for row in (*rows, *towards(view, ids, predicates))}.values())


def towards(view: GraphView, ids: Collection[str], predicates: Collection[str]) -> list[Assertion]:
    """What is stated with one of `ids` as object."""
    if not ids:
        return []
    subjects = {relation.subject for relation in view.relations(objects=ids, predicates=predicates)}
    return view.statements(subjects=subjects, predicates=predicates, objects=ids) if subjects else []


def strongest(rows: Iterable[Assertion], records: Records) -> tuple[Assertion, ...]:
    """Those that stand, the strongest first."""
    standing = {row.id: row for row in rows if records.stands(row)}
    return tuple(sorted(standing.values(), key=lambda row: weakness(row, records.source(row.source))))


def folded(
    rows: Iterable[Assertion], records: Records, end: Callable[[Assertion], str], kind: Callable[[Assertion], str]
) -> list[Fact]:
    """Facts, one for all that bears one name and of which one kind of thing is stated, in no order.

    A fact whose statements all deny it has them in `against`. What was seen in animals is no fact about patients.
    """
    every = [row for row in rows if records.stands(row) and "species" not in dict(row.qualifiers)]
    entities = records.entities(end(row) for row in every)
    alike: dict[tuple[str, str], tuple[Entity, list[Assertion]]] = {}
    for row in every:
        if (what := entities.get(end(row))) is not None:
            alike.setdefault((_words(what), kind(row)), (what, []))[1].append(row)
    return [of(_nearest(what, rows, end, entities), kind, rows, records) for (_, kind), (what, rows) in alike.items()]


def _words(entity: Entity) -> str:
    """The words of its name in one order: `Diabetes mellitus, type 2` and `type 2 diabetes mellitus` are one."""
    return " ".join(sorted(normalise(entity.name).split()))


def of(what: Entity, kind: str, rows: Sequence[Assertion], records: Records) -> Fact:
    """One fact of statements that say alike."""
    ordered = strongest(rows, records)
    return Fact(
        what=what,
        kind=kind,
        rows=tuple(row for row in ordered if row.polarity == "affirmed"),
        against=tuple(row for row in ordered if row.polarity == "negated"),
    )


def _nearest(
    what: Entity, rows: Iterable[Assertion], end: Callable[[Assertion], str], entities: Mapping[str, Entity]
) -> Entity:
    """Of several entities of one name the one with the most names, which is the one that has a Chinese one."""
    bearers = {end(row): entities[end(row)] for row in rows}
    return max(bearers.values(), key=lambda entity: (len(entity.synonyms), entity.id), default=what)


def nameless(entity: Entity) -> bool:
    """Whether it goes by its id alone: `PubChem compound 2244`."""
    local = entity.id.rpartition(":")[2]
    return not entity.synonyms and local in (entity.name, entity.name.rpartition(" ")[2])


def heard(fact: Fact) -> int:
    """How many sources state it."""
    return len({row.source for row in fact.rows})


def ordered(facts: Iterable[Fact], key: Callable[[Fact], tuple[object, ...]]) -> tuple[Fact, ...]:
    """By `key`, then what most sources state, then by name."""
    return tuple(sorted(facts, key=lambda fact: (*key(fact), -heard(fact), normalise(fact.what.name), fact.what.id)))
