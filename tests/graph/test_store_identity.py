"""What every store promises of mappings: they come and go at any time, and nothing shows in which order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from graph.errors import UnknownEntity
from graph.model import Assertion, Contribution, Entity, Match, Mention, Name, PassageNode, Source
from graph.store import GraphStore

MONDO, MESH, LINKS = (Source(id, "curated") for id in ("MONDO", "MESH", "links"))
INFARCT = Entity("MONDO:1", "Disease", "myocardial infarction", (Name("心肌梗死", "zh"),), ("UMLS:1",))
TWIN = Entity("MESH:1", "Disease", "heart attack", (Name("cardiac infarction"),))
PAIN = Entity("HP:1", "Phenotype", "chest pain")
ASPIRIN = Entity("MESH:9", "Drug", "aspirin")
EMPTY = "0" * 64


def said(subject: str, predicate: str, object: str, source: str, **rest: Any) -> Assertion:
    return Assertion.new(subject, predicate, object, source=source, sentence=f"{subject} {object}", **rest)


def paper(id: str = "PMID:1", *named: str, assertions: tuple[Assertion, ...] = ()) -> Contribution:
    passage = PassageNode(f"{id}#0", id, "text", 0, 12, "heart attack")
    mentions = tuple(Mention(passage.id, entity, 0, 12, "heart attack", 0.5) for entity in named)
    return Contribution(Source(id, "document"), (), (passage,), mentions, assertions)


MONDO_SAYS = [said("MONDO:1", "has_phenotype", "HP:1", "MONDO")]
MESH_SAYS = [
    said("MESH:1", "has_phenotype", "HP:1", "MESH"), said("MESH:9", "treats", "MESH:1", "MESH", polarity="negated"),
    said("MESH:1", "associated_with", "HP:1", "MESH"),
]  # fmt: skip


def reads(store: GraphStore) -> list[object]:
    every: list[object] = [
        store.fingerprint(), store.stats(), dict(store.mappings()), store.refused(), store.waiting(),
        list(store.names(curated_only=False)), list(store.names()), store.named(["heart attack"], access=None),
        store.find_entities("infarction", access=None), store.mentions(source="PMID:1", access=None),
    ]  # fmt: skip
    for id in ("MONDO:1", "MESH:1", "HP:1", "MESH:9", "OMIM:1"):
        every += [store.entities([id], access=None), store.merged(id), store.mentions(entity=id, access=None)]
        for source in (None, "MESH", "PMID:1"):
            every += [
                store.assertions(subject=id, source=source, access=None),
                store.assertions(object=id, source=source, access=None),
                store.assertions(subject=id, object="HP:1", source=source, access=None),
            ]
        if store.entities([id], access=None):
            every.append(store.neighbours(id, access=None))
        if len(store.entities([id, "HP:1"], access=None)) == 2:
            every.append(store.paths(id, "HP:1", access=None))
    return every


STEPS: dict[str, Callable[[GraphStore], object]] = {
    "mondo": lambda store: store.load(MONDO, [INFARCT, PAIN], MONDO_SAYS),
    "mesh": lambda store: store.load(MESH, [TWIN, ASPIRIN], MESH_SAYS),
    "links": lambda store: store.add_mappings([("MESH:1", "OMIM:1"), ("OMIM:1", "MONDO:1")], LINKS),
    "paper": lambda store: store.replace([
        paper("PMID:1", "MESH:1", "MONDO:1", assertions=(said("MESH:9", "treats", "MESH:1", "PMID:1"),))
    ]),
}  # fmt: skip


def test_a_mapping_may_come_at_any_time(new_store: Callable[[], GraphStore]) -> None:
    results = []
    for order in permutations(STEPS):
        if order.index("paper") < max(order.index("mondo"), order.index("mesh")):
            continue  # a document names what is there
        store = new_store()
        for step in order:
            STEPS[step](store)
        results.append(reads(store))
        store.close()
    assert len(results) == 8
    for result in results:
        assert result == results[0]


def test_two_entities_become_one_and_two_again(store: GraphStore) -> None:
    for step in ("mondo", "mesh", "paper"):
        STEPS[step](store)
    before, names = reads(store), store.names_version()
    assert STEPS["links"](store) == 2
    assert store.names_version() != names
    assert store.entity("MESH:1", access=None) == Entity(
        "MONDO:1", "Disease", "myocardial infarction",
        (Name("心肌梗死", "zh"), Name("heart attack"), Name("cardiac infarction")), ("MESH:1", "UMLS:1"),
    )  # fmt: skip
    assert dict(store.stats().by_type) == {"Disease": 1, "Drug": 1, "Phenotype": 1}
    (pain,) = store.relations(subjects=["MESH:1"], predicates=["has_phenotype"], access=None)
    assert (pain.subject, pain.affirmed, pain.sources) == ("MONDO:1", 2, 2)
    (treated,) = store.relations(objects=["MONDO:1"], predicates=["treats"], access=None)
    assert (treated.subject, treated.affirmed, treated.negated) == ("MESH:9", 1, 1)
    assert [m.entity for m in store.mentions(entity="MESH:1", access=None)] == ["MONDO:1"]
    assert store.delete(["links"]) == 1
    assert reads(store) == before
    assert store.names_version() == names


def test_everything_goes_whatever_is_deleted_first(new_store: Callable[[], GraphStore]) -> None:
    for order in permutations(["MONDO", "MESH", "links", "PMID:1"]):
        store = new_store()
        for step in ("mondo", "links", "mesh", "paper"):
            STEPS[step](store)
        for source in order:
            store.delete([source])
        assert store.fingerprint() == EMPTY
        assert store.waiting() == (0, [])
        store.close()


def test_a_symmetric_statement_turns_where_the_smaller_id_changes(store: GraphStore) -> None:
    store.load(MESH, [Entity("B:1", "Gene", "b"), Entity("C:1", "Gene", "c"), Entity("A:1", "Gene", "a")])
    store.load(MESH, assertions=[said("B:1", "interacts_with", "C:1", "MESH")])
    before = store.fingerprint()
    store.add_mappings([("C:1", "A:1")], LINKS)
    (relation,) = store.neighbours("C:1", access=None)
    (assertion,) = store.assertions(subject="A:1", access=None)
    assert (relation.subject, relation.object) == (assertion.subject, assertion.object) == ("A:1", "B:1")
    assert store.assertions(object="A:1", access=None) == []
    merged = store.fingerprint()
    store.load(MESH, assertions=[said("B:1", "interacts_with", "C:1", "MESH")])
    assert store.fingerprint() == merged
    store.delete(["links"])
    assert store.fingerprint() == before


def test_a_statement_whose_ends_become_one_is_kept_but_makes_no_edge(store: GraphStore) -> None:
    store.load(MONDO, [INFARCT, PAIN])
    store.load(MESH, [TWIN])
    facts = [
        said("MESH:1", "subclass_of", "MONDO:1", "MESH"), said("MESH:1", "associated_with", "MONDO:1", "MESH"),
        said("HP:1", "interacts_with", "HP:1", "MESH"),
    ]  # fmt: skip
    store.load(MESH, assertions=facts)
    before = reads(store)
    store.add_mappings([("MESH:1", "MONDO:1")], LINKS)
    assert store.neighbours("MONDO:1", access=None) == []
    assert [r.object for r in store.neighbours("HP:1", access=None)] == ["HP:1"]  # what is said of one id stays
    kept = sorted(fact.id for fact in facts[:2])
    assert sorted(a.id for a in store.assertions(subject="MESH:1", access=None)) == kept
    assert sorted(a.id for a in store.assertions(object="MONDO:1", access=None)) == kept
    assert sorted(a.id for a in store.assertions(subject="MESH:1", object="MESH:1", access=None)) == kept
    assert (store.stats().assertions, store.stats().relations) == (3, 1)
    store.add_mappings([("MONDO:1", "AA:1")], Source("more", "curated"))
    assert sorted(a.id for a in store.assertions(subject="AA:1", access=None)) == kept
    store.delete(["more"])
    store.load(MESH, assertions=facts)
    store.delete(["links"])
    assert reads(store) == before
    store.add_mappings([("MESH:1", "MONDO:1")], LINKS)
    store.delete(["MONDO", "MESH"])
    assert store.waiting() == (0, [])
    store.delete(["links"])
    assert store.fingerprint() == EMPTY


def test_what_rests_is_woken_by_a_mapping(store: GraphStore) -> None:
    store.load(MONDO, [INFARCT, PAIN])
    store.load(MESH, assertions=[said("OMIM:1", "has_phenotype", "HP:1", "MESH")])
    assert store.waiting() == (1, ["OMIM:1"])
    store.add_mappings([("OMIM:1", "MONDO:1")], LINKS)
    assert store.waiting() == (0, [])
    assert [r.object for r in store.neighbours("MONDO:1", access=None)] == ["HP:1"]
    store.delete(["links"])
    assert store.waiting() == (1, ["OMIM:1"])
    assert store.neighbours("MONDO:1", access=None) == []


def test_a_declared_id_may_be_mapped_to_one_that_nobody_declares(store: GraphStore) -> None:
    store.load(MONDO, [INFARCT, PAIN], MONDO_SAYS)
    before = reads(store)
    store.add_mappings([("MONDO:1", "UMLS:1")], LINKS)
    assert store.entity("MONDO:1", access=None).id == "UMLS:1"
    assert store.entity("UMLS:1", access=None).xrefs == ("MONDO:1",)
    assert [r.subject for r in store.neighbours("HP:1", access=None)] == ["UMLS:1"]
    store.delete(["links"])
    with pytest.raises(UnknownEntity):
        store.entity("UMLS:1", access=None)
    assert reads(store) == before


def test_chains_and_cycles_come_to_one_end(store: GraphStore) -> None:
    for n, pair in enumerate([("E:1", "D:1"), ("C:1", "B:1"), ("D:1", "C:1"), ("B:1", "D:1")]):
        store.add_mappings([pair], Source(f"links-{n}", "curated"))
    store.load(MESH, [Entity(f"{letter}:1", "Disease", f"name {letter}") for letter in "BCDE"])
    assert dict(store.mappings()) == {"E:1": "B:1", "C:1": "B:1", "D:1": "B:1"}
    assert len(store.entity("E:1", access=None).synonyms) == 3
    store.delete(["links-2"])
    assert dict(store.mappings()) == {"E:1": "D:1", "B:1": "D:1", "C:1": "D:1"}
    assert store.stats().entities == 1


def test_no_mapping_joins_what_one_source_tells_apart(new_store: Callable[[], GraphStore]) -> None:
    steps: list[Callable[[GraphStore], object]] = [
        lambda store: store.load(MONDO, [INFARCT, Entity("MONDO:2", "Disease", "angina")]),
        lambda store: store.load(MESH, [TWIN], [said("MESH:1", "associated_with", "MONDO:2", "MESH")]),
        lambda store: store.add_mappings([Match("MESH:1", "MONDO:1", 0.9, "semapv:LexicalMatching")], LINKS),
        lambda store: store.add_mappings([Match("MONDO:2", "MESH:1", 0.8)], Source("weak", "curated")),
    ]
    results = []
    for order in permutations(steps):
        store = new_store()
        for step in order:
            step(store)
        results.append([reads(store), store.stats(), store.merged("MESH:1")])
        store.close()
    for result in results:
        assert result == results[0]
    store = new_store()
    for step in steps:
        step(store)
    (refused,) = store.refused()
    assert (refused.other, refused.canonical, refused.source) == ("MONDO:2", "MESH:1", "weak")
    assert refused.refused == "would join MONDO:1 and MONDO:2, which MONDO tells apart"
    assert store.matches() == [*store.merged("MONDO:1"), refused]
    assert [match.confidence for match in store.merged("MONDO:1")] == [0.9]
    store.delete(["links"])  # nothing joins them any more
    assert store.refused() == []
    assert store.mappings()["MONDO:2"] == "MESH:1"
    steps[2](store)
    store.delete(["MONDO"])
    assert store.refused() == []
    assert dict(store.mappings()) == {"MESH:1": "MONDO:1", "MONDO:2": "MONDO:1"}
    steps[0](store)
    assert len(store.refused()) == 1
    assert reads(store) == results[0][0]
    store.close()


def test_documents_do_not_decide_what_a_mapping_may_join(store: GraphStore) -> None:
    store.add_mappings([("MONDO:2", "MONDO:1")], LINKS)
    declared = (INFARCT, Entity("MONDO:2", "Disease", "angina"))
    store.replace([Contribution(Source("PMID:1", "document"), declared)])
    assert store.refused() == []
    assert store.stats().entities == 1
    store.load(Source("PMID:1", "curated"), [])  # which makes it one
    assert len(store.refused()) == 1
    assert store.stats().entities == 2


def test_a_mapping_counts_as_its_strongest_source_states_it(store: GraphStore) -> None:
    store.load(MONDO, [INFARCT, Entity("MONDO:2", "Disease", "angina")])
    store.add_mappings([Match("MESH:1", "MONDO:1", 0.5)], LINKS)
    store.add_mappings([Match("MESH:1", "MONDO:2", 0.75)], LINKS)
    assert store.mappings()["MESH:1"] == "MONDO:2"
    assert store.add_mappings([Match("MESH:1", "MONDO:1", 0.9)], MESH) == 0
    assert store.mappings()["MESH:1"] == "MONDO:1"
    once = store.fingerprint()
    assert store.add_mappings([Match("MESH:1", "MONDO:1", 0.6)], MESH) == 0
    assert store.fingerprint() == once
    assert [(m.canonical, m.source, m.confidence) for m in store.merged("MESH:1")] == [
        ("MONDO:1", "MESH", 0.9), ("MONDO:1", "links", 0.5), ("MONDO:2", "links", 0.75),
    ]  # fmt: skip
    assert store.matches() == store.merged("MESH:1")
    store.delete(["MESH"])
    assert store.mappings()["MESH:1"] == "MONDO:2"


def test_two_mentions_at_one_place_are_read_once_when_they_name_one_concept(store: GraphStore) -> None:
    store.load(MONDO, [INFARCT, PAIN])
    store.load(MESH, [TWIN])
    store.replace([paper("PMID:1", "MONDO:1", "HP:1", "MESH:1"), paper("PMID:2", "MESH:1")])
    store.add_mappings([("MESH:1", "MONDO:1")], LINKS)
    assert [m.entity for m in store.mentions(source="PMID:1", access=None)] == ["HP:1", "MONDO:1"]
    assert [m.passage for m in store.mentions(entity="MONDO:1", access=None)] == ["PMID:1#0", "PMID:2#0"]
    assert [m.passage for m in store.mentions(entity="MONDO:1", access=None, limit=1)] == ["PMID:1#0"]
    assert [m.passage for m in store.mentions(entity="MESH:1", source="PMID:2", access=None)] == ["PMID:2#0"]
    store.delete(["links"])
    assert len(store.mentions(source="PMID:1", access=None)) == 3
