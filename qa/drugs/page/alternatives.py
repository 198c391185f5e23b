"""What else is for what a drug is for: of its own class, or of another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from graph.model import Assertion, Entity
from graph.view import GraphView
from qa.drugs.check import ONE_IS_ENOUGH, SUBGROUP
from qa.drugs.model import MEMBERSHIP, Drug
from qa.drugs.page.conditions import namesakes
from qa.drugs.page.indications import USES, place, uses
from qa.drugs.page.model import Alternative, Chain, Fact
from qa.drugs.page.reading import nameless, towards
from qa.evidence.records import Records
from qa.evidence.severity import Severity
from text.names import normalise

Interacting = Mapping[str, tuple[tuple[str, Severity], ...]]


def alternatives(
    view: GraphView, records: Records, drug: Drug, indications: Sequence[Fact], nodes: Mapping[str, Chain]
) -> tuple[Alternative, ...]:
    """For each indication the other drugs that labels and lists have for it: those of a class of this drug first, each
    the strongest first. `nodes` are the ids that a statement about the drug may name, with the chain to each.

    What documents alone state is an alternative for nothing. What machines read in package inserts, symptoms among it,
    is asked about where nothing else is there.
    """
    wanted = _wanted(indications)
    entities = records.entities(row.object for fact in wanted for row in fact.rows)
    same = namesakes(view, list(entities.values()))
    ids = {one.id for each in same.values() for one in each} | entities.keys()
    rows = [row for row in towards(view, ids, USES) if row.subject not in drug.ids]
    by_condition: dict[str, list[Assertion]] = {}
    for row in rows:
        by_condition.setdefault(row.object, []).append(row)
    shared = _shared(view, records, {row.subject for row in rows}, nodes)
    own = {normalise(one.name) for one in (drug.entity, *drug.ingredients)}
    told: list[Alternative] = []
    for fact in wanted:
        conditions = {row.object for row in fact.rows}
        conditions |= {one.id for id in conditions for one in same.get(id, ())}
        of_it = [row for id in conditions for row in by_condition.get(id, ())]
        each = [Alternative(fact.what, use, _class(use, shared)) for use in _listed(of_it, records, own)]
        told += sorted(each, key=lambda one: (one.shared is None, nameless(one.use.what), place(one.use)))
    return tuple(told)


def _wanted(indications: Sequence[Fact]) -> list[Fact]:
    by_people = [fact for fact in indications if fact.kind in ("labelled", "listed")]
    return by_people or [fact for fact in indications if fact.kind == "mined"]


def _listed(rows: Sequence[Assertion], records: Records, own: Collection[str]) -> list[Fact]:
    """The drugs that labels and lists have for a condition, but for those of one of `own` names."""
    others, _ = uses(rows, records, lambda row: row.subject)
    return [use for use in others if use.kind != "literature" and normalise(use.what.name) not in own]


def with_interactions(alternatives: Sequence[Alternative], interacting: Interacting) -> tuple[Alternative, ...]:
    """The same with what each interacts with of the drugs that are taken, those that do last within each indication."""
    told = [replace(one, interacts=interacting.get(one.use.what.id, ())) for one in alternatives]
    order = {id: place for place, id in enumerate(dict.fromkeys(one.indication.id for one in told))}
    return tuple(sorted(told, key=lambda one: (order[one.indication.id], bool(one.interacts))))


def _shared(view: GraphView, records: Records, others: set[str], nodes: Mapping[str, Chain]) -> Mapping[str, Entity]:
    """By id of the others a class of drugs of one kind that the drug is of, too."""
    kinds = {id for id, chain in nodes.items() if chain and _of_one_kind(id, chain)}
    rows = view.statements(subjects=others, predicates=MEMBERSHIP, objects=kinds) if others and kinds else []
    entities = records.entities(row.object for row in rows)
    ranked = sorted(rows, key=lambda row: (not row.object.startswith("ATC:"), row.object), reverse=True)
    return {row.subject: entities[row.object] for row in ranked if row.object in entities}


def _of_one_kind(id: str, chain: Chain) -> bool:
    if id.startswith("ATC:"):
        return len(id) == len("ATC:") + SUBGROUP and not id.endswith("X")
    return dict(chain[-1].qualifiers).get("kind") == ONE_IS_ENOUGH


def _class(use: Fact, shared: Mapping[str, Entity]) -> Entity | None:
    return next((shared[row.subject] for row in use.rows if row.subject in shared), None)
