"""Which drugs are for a disease: labelled before listed before known from documents alone, the denied ones apart.

What is for a kind of the disease is told apart from what is for the disease itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Assertion, Entity, Source
from graph.view import GraphView
from qa.drugs.model import Drug, Searched, Unknown
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest
from qa.drugs.page.conditions import TYPES, kinds
from qa.drugs.page.indications import USES, place, uses
from qa.drugs.page.model import Fact
from qa.drugs.page.reading import nameless, towards
from qa.evidence.records import Records
from qa.evidence.severity import Severity
from text.names import normalise

LIKE = 40
"""So many things of like names are looked at."""


@dataclass(frozen=True, slots=True)
class Use:
    """A drug that is stated to be for the disease, or for kinds of it."""

    drug: Drug
    fact: Fact
    """Its `what` is the drug, its `kind` the basis."""
    conditions: tuple[Entity, ...]
    """Of what the statements speak: the disease, or kinds of it."""
    direct: bool
    """Whether any statement speaks of the disease itself."""
    interacts: tuple[tuple[str, Severity], ...] = ()


@dataclass(frozen=True, slots=True)
class Uses:
    """All drugs for one disease, the best founded first."""

    asked: str
    conditions: tuple[Entity, ...]
    """What bears the name."""
    kinds: int
    """How many kinds of it were looked at, too."""
    drugs: tuple[Use, ...]
    denied: tuple[Use, ...]
    """Of which nothing but that they are not for it is stated."""
    interacting: tuple[Use, ...] = ()
    """Set aside: they interact gravely with what is taken."""
    taken: tuple[Drug, ...] = ()
    untaken: tuple[Unknown, ...] = ()
    """The names among those taken that no drug bears."""
    sources: tuple[Source, ...] = ()
    searched: tuple[Searched, ...] = ()
    """The sources of interactions that were looked into, where drugs are taken."""
    closed: tuple[Source, ...] = ()
    near: tuple[Entity, ...] = ()
    """Where no drug is stated to be for it: what is named alike and has some."""
    entities: Mapping[str, Entity] = field(default_factory=dict)


def drugs_for(
    view: GraphView, records: Records, meant: Sequence[Entity], nearest: Nearest
) -> tuple[tuple[Use, ...], tuple[Use, ...], int]:
    """The drugs for what is meant, those that are denied, and how many kinds were looked at. Raises what the graph
    raises."""
    own = {entity.id for entity in meant}
    below = kinds(view, own)
    rows = towards(view, own | below, USES)
    entities = records.entities({end for row in rows for end in (row.subject, row.object)})
    rows = [row for row in rows if row.subject in entities and entities[row.subject].type == "Drug"]
    drugs = _substances(view, {row.subject for row in rows}, nearest)
    facts = [fact for several in uses(rows, records, lambda row: _key(drugs[row.subject])) for fact in several]
    told = [_use(fact, own, entities, records, drugs) for fact in facts]
    ranked = sorted(told, key=_place)
    return (
        tuple(use for use in ranked if use.fact.kind != "denied"),
        tuple(use for use in ranked if use.fact.kind == "denied"),
        len(below),
    )


def named_alike(view: GraphView, asked: str, meant: Sequence[Entity], limit: int = 5) -> tuple[Entity, ...]:
    """Diseases and findings with names like the one asked for that a drug is stated to be for, the likest first."""
    own = {entity.id for entity in meant}
    matches = view.find_entities(asked, limit=LIKE)
    alike = [match.entity for match in matches if match.entity.type in TYPES and match.entity.id not in own]
    if not alike:
        return ()
    rows = view.relations(objects={entity.id for entity in alike}, predicates=USES)
    for_some = {row.object for row in rows if row.affirmed}
    return tuple(entity for entity in alike if entity.id in for_some)[:limit]


def _substances(view: GraphView, ids: set[str], nearest: Nearest) -> Mapping[str, Drug]:
    """By id the drug; of one substance under several ids each time the same."""
    drugs, _ = resolve(view, sorted(ids), nearest)
    first: dict[frozenset[str], Drug] = {}
    for drug in sorted(drugs, key=lambda drug: (-len(drug.entity.synonyms), drug.entity.id)):
        first.setdefault(drug.ids, drug)
    return {drug.asked: first[drug.ids] for drug in drugs}


def _key(drug: Drug) -> str:
    return drug.entity.id


def _use(fact: Fact, own: set[str], entities: Mapping[str, Entity], records: Records, drugs: Mapping[str, Drug]) -> Use:
    rows: Sequence[Assertion] = fact.rows or fact.against
    direct = any(row.object in own for row in rows)
    spoken = {row.object for row in rows if (row.object in own) == direct}
    if direct:
        # What is stated of a kind neither carries nor disputes what is stated of the disease.
        of_it = [row for row in fact.statements if row.object in own]
        (fact, *_) = [one for several in uses(of_it, records, lambda row: fact.what.id) for one in several]
    return Use(
        drug=drugs[rows[0].subject],
        fact=fact,
        conditions=tuple(
            sorted((entities[id] for id in spoken if id in entities), key=lambda e: (normalise(e.name), e.id))
        ),
        direct=direct,
    )


def _place(use: Use) -> tuple[object, ...]:
    basis, *rest = place(use.fact)
    what = use.drug.entity
    return basis, nameless(what), not use.direct, *rest, normalise(what.name), what.id
