"""What texts state beside what curated sources state, in every store."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import PUBLIC, Assertion, Contribution, Entity, PassageNode, Source
from graph.review import review
from graph.store import GraphStore

ENTITIES = [
    Entity("MESH:D1", "Drug", "Zorvex"), Entity("MESH:D2", "Disease", "gout"), Entity("MESH:D3", "Disease", "asthma"),
    Entity("NCBIGene:1", "Gene", "ABC1"),
]  # fmt: skip


def read(subject: str, predicate: str, object: str, **rest: Any) -> Assertion:
    return Assertion.new(
        subject,
        predicate,
        object,
        source="PMID:1",
        sentence="A sentence.",
        passage="PMID:1#0",
        start=0,
        end=11,
        extractor="test/1",
        confidence=0.9,
        **rest,
    )


def curated(subject: str, predicate: str, object: str) -> Assertion:
    return Assertion.new(subject, predicate, object, source="S", sentence="", record="1")


def reviewed(store: GraphStore, *statements: Assertion) -> list[tuple[str, str, str]]:
    text = PassageNode("PMID:1#0", "PMID:1", "abstract", 0, 11, "A sentence.")
    store.replace([Contribution(Source("PMID:1", "document"), (), (text,), (), statements)])
    return [
        (one.statement.predicate, one.verdict, one.beside.predicate if one.beside else "")
        for one in review(store, access=PUBLIC)
    ]


@pytest.fixture
def known(store: GraphStore) -> GraphStore:
    stated = [
        curated("MESH:D1", "treats", "MESH:D2"),
        curated("MESH:D1", "binds", "NCBIGene:1"),
        curated("MESH:D3", "associated_with", "MESH:D2"),
    ]
    store.load(Source("S", "curated"), ENTITIES, stated)
    return store


def test_the_same_by_another_predicate_agrees(known: GraphStore) -> None:
    assert reviewed(known, read("MESH:D1", "prevents", "MESH:D2"), read("MESH:D1", "inhibits", "NCBIGene:1")) == [
        ("prevents", "agrees", "treats"), ("inhibits", "agrees", "binds"),
    ]  # fmt: skip


def test_the_contrary_contradicts(known: GraphStore) -> None:
    assert reviewed(
        known,
        read("MESH:D1", "contraindicated_in", "MESH:D2"),
        read("MESH:D1", "has_adverse_effect", "MESH:D2"),
        read("MESH:D1", "treats", "MESH:D2", polarity="negated"),
    ) == [
        ("contraindicated_in", "contradicts", "treats"), ("has_adverse_effect", "contradicts", "treats"),
        ("treats", "contradicts", "treats"),
    ]  # fmt: skip


def test_from_the_other_end_it_is_another_matter(known: GraphStore) -> None:
    known.load(Source("S", "curated"), [], [curated("MESH:D2", "causes", "MESH:D3")])
    assert reviewed(known, read("MESH:D3", "causes", "MESH:D2"), read("MESH:D3", "associated_with", "MESH:D2")) == [
        ("associated_with", "agrees", "associated_with"), ("causes", "agrees", "associated_with"),
    ]  # fmt: skip


def test_what_nobody_curated_is_new_and_what_says_nothing_of_it_other(known: GraphStore) -> None:
    assert reviewed(
        known,
        read("MESH:D1", "treats", "MESH:D3"),
        read("MESH:D2", "monitored_by", "MESH:D3"),
        read("MESH:D1", "contraindicated_in", "MESH:D2", polarity="negated"),
    ) == [
        ("contraindicated_in", "other", "treats"),
        ("treats", "new", ""),
        ("monitored_by", "other", "associated_with"),
    ]


def test_an_aim_is_not_reviewed_and_what_the_caller_may_not_see_neither(known: GraphStore) -> None:
    aim = read("MESH:D1", "treats", "MESH:D2", certainty="hypothetical")
    hidden = read("MESH:D1", "causes", "MESH:D3", access=frozenset({"secret"}))
    assert reviewed(known, aim, hidden) == []
    assert len(list(review(known, access=None))) == 1
