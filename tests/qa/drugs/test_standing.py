"""How a drug comes to be of a class, by each source's own word."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.interactions import RULES
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest
from qa.drugs.standing import standing


def test_a_class_is_reached_through_those_below_it(view: GraphView) -> None:
    (warfarin,), _ = resolve(view, ["Jantoven"], Nearest(view.store))
    known = standing(view, [warfarin])
    (way,) = known.ways[0]["ATC:B01A"]
    assert [row.object for row in way.chain] == ["ATC:B01AA", "ATC:B01A"]
    assert known.nodes[0]["ATC:B01A"] == way.chain
    assert known.nodes[0]["DRUGBANK:DB00682"] == ()


def test_a_class_of_another_vocabulary_counts_for_the_source_of_interactions_alone(view: GraphView) -> None:
    (drug,), _ = resolve(view, ["sildenafil"], Nearest(view.store))
    assert "BOOK:ed-drugs" in standing(view, [drug], {"book"}).nodes[0]
    assert "BOOK:ed-drugs" not in standing(view, [drug], {"second"}).nodes[0]


def test_a_source_means_its_own_members_though_another_counts_them_too(shop: GraphStore) -> None:
    # That of our own classification sorts before the source's own, and would make the interaction a derived one.
    drugs = ("DRUGBANK:DB00001", "DRUGBANK:DB00002")
    classes = ("ATC:A01AA", "ATC:B01AA")
    entities = [Entity(id, "Drug", f"Drug {id[-1]}") for id in drugs] + [Entity(id, "Concept", id) for id in classes]
    shop.load(Source(RULES, "curated"), entities, _members(drugs, classes, RULES))
    rule = Assertion.new(
        "ATC:A01AA", "interacts_with", "ATC:B01AA", source="zz", sentence="", qualifiers={"severity": "major"}
    )
    shop.load(Source("zz", "curated"), (), [*_members(drugs, classes, "zz"), rule])
    (pair,) = DrugEngine(shop).check(GraphView(shop, PUBLIC), drugs).pairs
    assert (pair.found, pair.severity) == (True, "major")
    assert {row.source for row in pair.statements[0].members} == {"zz"}


def _members(drugs: Sequence[str], classes: Sequence[str], source: str) -> list[Assertion]:
    return [
        Assertion.new(drug, "subclass_of", above, source=source, sentence="")
        for drug, above in zip(drugs, classes, strict=True)
    ]
