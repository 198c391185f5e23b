"""A remembering view shows what a plain one shows: of mapped ids, of what is not there, and after a change."""

from __future__ import annotations

import random

import pytest

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.drugs.remembering import Memory

IDS = [f"X:{n}" for n in range(6)] + ["Y:1", "Y:2", "Z:9"]
NAMES = ["one", "two", "three", "nothing"]
PREDICATES = ["has_role", "subclass_of"]


@pytest.fixture
def plain(store_of_aliases: SqliteStore) -> GraphView:
    return GraphView(store_of_aliases, PUBLIC)


@pytest.fixture
def store_of_aliases(shop: SqliteStore) -> SqliteStore:
    """Six drugs, of which two go by ids of another vocabulary, too."""
    entities = [Entity(f"X:{n}", "Drug", ("one", "two", "three")[n % 3]) for n in range(6)]
    entities += [Entity("Y:1", "Drug", "one"), Entity("Y:2", "Drug", "two")]
    facts = [
        Assertion.new(f"X:{n}", PREDICATES[n % 2], f"X:{n + 1}", source="s", sentence=f"{n}") for n in range(0, 5, 2)
    ]
    facts.append(Assertion.new("Y:1", "has_role", "X:5", source="s", sentence="by the other id"))
    shop.load(Source("s", "curated"), entities, facts)
    shop.add_mappings([("Y:1", "X:1"), ("Y:2", "X:2")], Source("m", "curated"))
    return shop


def test_it_shows_what_a_plain_view_shows_in_any_order_of_asking(plain: GraphView) -> None:
    chance = random.Random(3)
    for _ in range(20):
        view = Memory().view(plain)
        for _ in range(12):
            ids = chance.sample(IDS, chance.randint(1, 4))
            names = chance.sample(NAMES, 2)
            predicates = chance.sample(PREDICATES, chance.randint(1, 2))
            assert view.entities(ids) == plain.entities(ids)
            assert view.named(names) == plain.named(names)
            assert view.statements(subjects=ids, predicates=predicates) == plain.statements(
                subjects=ids, predicates=predicates
            )
            both = {"subjects": ids, "predicates": predicates, "objects": chance.sample(IDS, 3)}
            assert view.statements(**both) == plain.statements(**both)


def test_what_the_graph_learns_is_shown_at_once(plain: GraphView, store_of_aliases: SqliteStore) -> None:
    memory = Memory()
    before = memory.view(plain).statements(subjects=["X:1"], predicates=PREDICATES)
    new = Assertion.new("X:1", "subclass_of", "X:3", source="t", sentence="new")
    store_of_aliases.load(Source("t", "curated"), [], [new])
    assert memory.view(plain).statements(subjects=["X:1"], predicates=PREDICATES) == [*before, new]


def test_what_one_reader_may_see_is_not_shown_to_another(plain: GraphView, store_of_aliases: SqliteStore) -> None:
    secret = frozenset({"ward:7"})
    hidden = Assertion.new("X:1", "subclass_of", "X:3", source="t", sentence="hidden", access=secret)
    store_of_aliases.load(Source("t", "curated", access=secret), [], [hidden])
    memory = Memory()
    open_to_few = memory.view(GraphView(store_of_aliases, PUBLIC | secret))
    assert hidden in open_to_few.statements(subjects=["X:1"], predicates=PREDICATES)
    assert hidden not in memory.view(plain).statements(subjects=["X:1"], predicates=PREDICATES)
