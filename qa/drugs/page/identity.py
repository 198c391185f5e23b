"""What a drug is called and coded as, of what classes it is, and what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.model import Assertion, Entity
from graph.view import GraphView
from qa.drugs.model import CLASSES, Drug
from qa.drugs.page.model import Chain, Fact, Identity
from qa.drugs.page.reading import folded, ordered, towards
from qa.drugs.standing import Standing
from qa.evidence.records import Records
from qa.evidence.wording import Words
from text.names import is_chinese, normalise

AUTHORITY = "ema-medicines"
"""The source whose rows are authorisations of medicines, with their status."""


_INNER = ("MEDGRAPH", "INN")
"""The prefixes of ids that are made here: no code that anybody else knows."""


def identity(view: GraphView, records: Records, drug: Drug, known: Standing) -> Identity:
    """Names of all ids that the drug stands under, those of the one asked for first, and its codes."""
    own = _own(drug)
    entities = [drug.entity, *(e for _, e in sorted(records.entities(sorted(own)).items()) if e.id != drug.entity.id)]
    english: dict[str, str] = {}
    chinese: dict[str, str] = {}
    for entity in entities:
        for name in (entity.name, *(synonym.text for synonym in entity.synonyms)):
            (chinese if is_chinese(name) else english).setdefault(normalise(name), name)
    return Identity(
        english=tuple(english.values()),
        chinese=tuple(chinese.values()),
        codes=_codes(view, own, entities, known),
        definition=next((entity.definition for entity in entities if entity.definition), ""),
        members=_members(records, drug),
    )


def _own(drug: Drug) -> frozenset[str]:
    """The ids of the drug itself: not those of what a preparation holds, or of the members of a class."""
    if drug.entity.id.startswith(CLASSES):
        return frozenset(id for id in drug.ids if id.startswith(CLASSES))
    alone = len(drug.ingredients) == 1
    mine = [part for part in drug.parts if drug.entity.id in part or (alone and part & {drug.ingredients[0].id})]
    return frozenset(id for part in mine for id in part) | {drug.entity.id}


def _codes(
    view: GraphView, own: Iterable[str], entities: Iterable[Entity], known: Standing
) -> Mapping[str, tuple[str, ...]]:
    own = set(own)
    every = {*own, *(xref for entity in entities for xref in entity.xrefs)}
    for id in own:
        every.update(end for match in view.merged(id) if not match.refused for end in (match.other, match.canonical))
    classed = (way.chain[0] for ways in known.ways[0].values() for way in ways if way.chain and way.start in own)
    every.update(f"ATC:{code}" for row in classed if (code := dict(row.qualifiers).get("code")))
    codes: dict[str, set[str]] = {}
    for id in every:
        prefix, _, local = id.partition(":")
        if local and "+" not in id and prefix not in _INNER:
            codes.setdefault(prefix, set()).add(local)
    return {prefix: tuple(sorted(codes[prefix])) for prefix in sorted(codes)}


def _members(records: Records, drug: Drug) -> tuple[Entity, ...]:
    """Of a class its drugs, one of each substance, by name."""
    if not drug.entity.id.startswith(CLASSES):
        return ()
    parts = [part for part in drug.parts if not any(id.startswith(CLASSES) for id in part)]
    entities = records.entities(id for part in parts for id in part)
    best = [max((entities[id] for id in part if id in entities), key=_known, default=None) for part in parts]
    return tuple(sorted({e.id: e for e in best if e}.values(), key=lambda entity: normalise(entity.name)))


def _known(entity: Entity) -> tuple[int, str]:
    return len(entity.synonyms), entity.id


def classes(records: Records, drug: Drug, known: Standing) -> tuple[Fact, ...]:
    """The classes that it is of, those that it is of at once first, each with the chain to it."""
    nodes = {id: chain for id, chain in known.nodes[0].items() if chain and id not in drug.ids}
    entities = records.entities(nodes)
    facts = [
        Fact(what=entities[id], kind=_kind(chain), rows=_last(known, id), chain=chain[:-1], told=_place(chain))
        for id, chain in nodes.items()
        if id in entities
    ]
    return ordered(facts, lambda fact: (len(fact.chain), not fact.what.id.startswith("ATC:"), fact.what.id))


def _kind(chain: Chain) -> str:
    return dict(chain[-1].qualifiers).get("kind") or chain[-1].predicate


def _last(known: Standing, id: str) -> tuple[Assertion, ...]:
    """The last statement of each shortest way."""
    nearest = len(known.nodes[0][id])
    rows = [way.chain[-1] for way in known.ways[0][id] if way.counts and len(way.chain) == nearest]
    return tuple({row.id: row for row in rows}.values())


def _place(chain: Chain) -> dict[str, Words]:
    keys = ("strength", "code")
    return {key: Words(value) for key, value in chain[-1].qualifiers if key in keys}


def products(view: GraphView, records: Records, drug: Drug) -> tuple[Fact, ...]:
    """The preparations that hold it, by name; none for a class."""
    if drug.entity.id.startswith(CLASSES):
        return ()
    rows = towards(view, drug.ids, ["has_ingredient"])
    others = [row for row in rows if row.subject not in drug.ids]
    return ordered(folded(others, records, lambda row: row.subject, lambda row: "product"), lambda fact: ())


def authorisations(view: GraphView, records: Records, drug: Drug) -> tuple[Fact, ...]:
    """The medicines that the European agency has authorised, refused or withdrawn, the latest first."""
    rows = [
        row
        for row in view.statements(subjects=drug.ids, predicates=["subclass_of"])
        if row.source == AUTHORITY and "status" in dict(row.qualifiers)
    ]
    entities = records.entities(row.subject for row in rows)
    facts = [
        Fact(
            what=replace(entities[row.subject], name=row.sentence.partition(" · ")[0]),
            kind=dict(row.qualifiers)["status"],
            rows=(row,),
            told={key: Words(value) for key, value in row.qualifiers if key == "date"} | {"record": Words(row.record)},
        )
        for row in rows
        if row.subject in entities and records.stands(row)
    ]
    return tuple(
        sorted(facts, key=lambda fact: (fact.kind != "authorised", normalise(fact.what.name), fact.rows[0].id))
    )
