"""No pair that a source calls major or contraindicated is ever reported as not found: in whatever form it is asked.

Invented drugs, each under several ids that no mapping joins, with a salt, brands, preparations and names in both
languages; sources that state interactions of any of these, or of classes of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.schemas.drugs import CheckOut
from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.evidence.severity import ALARMING

STEMS = ("Alvor", "Belzat", "Cimuro", "Dakleb", "Efrosi", "Fungul", "Gorneb", "Hexalo", "Inverb", "Jolkur")
BRANDS = ("Qanto", "Wisper", "Xelto", "Yubrix", "Zanbul", "Quirro", "Wolzam", "Xibrot", "Yankul", "Zeppro")
CHINESE = ("阿沃林", "贝扎定", "西莫罗", "达克列", "依弗西", "氟古尔", "戈内布", "海沙罗", "因弗布", "乔库尔")
WORDS = ("major", "Contraindicated", "Severe", "禁忌", "moderate", "minor", "", "who knows")
ALARMS = frozenset(WORDS[:4])
OPEN_SOURCES = ("book", "second")
CLASSES = ("BOOK:one", "BOOK:two", "ATC:X01AA")

Ask = tuple[frozenset[int], str]
"""Which drugs a text means, and the text."""


@dataclass
class Universe:
    """A filled store, every form in which each drug can be asked for, and the pairs that sources call grave, or call
    anything."""

    store: GraphStore
    forms: list[Ask] = field(default_factory=list)
    grave: dict[str, set[frozenset[int]]] = field(default_factory=dict)
    stated: dict[str, set[frozenset[int]]] = field(default_factory=dict)


def universe(store: GraphStore, seed: int) -> Universe:
    made, dice = Universe(store), Random(seed)
    ids = [_declare(made, number) for number in range(len(STEMS))]
    for one, other in combinations(range(len(STEMS)), 2):
        if dice.random() < 0.3:
            made.forms.append((frozenset({one, other}), f"{STEMS[one]}in / {STEMS[other]}in"))
    for source, access in (("book", PUBLIC), ("second", PUBLIC), ("closed", RESTRICTED)):
        rows: list[tuple[str, str, str, dict[str, str]]] = []
        members: dict[str, set[int]] = {name: set() for name in CLASSES}
        for number in range(len(STEMS)):
            for name in dice.sample(CLASSES, dice.randrange(2)):
                members[name].add(number)
                rows.append((dice.choice(ids[number]), "has_role", name, {}))
        for one, other in dice.sample(list(combinations(range(len(STEMS)), 2)), 9):
            word = dice.choice(WORDS)
            rows.append((dice.choice(ids[one]), "interacts_with", dice.choice(ids[other]), {"severity": word}))
            _note(made, source, word, {frozenset({one, other})})
        one_class, other_class = dice.choice([*combinations(CLASSES, 2), (CLASSES[0], CLASSES[0])])
        word = dice.choice(WORDS)
        rows.append((one_class, "interacts_with", other_class, {"severity": word}))
        pairs = {frozenset({a, b}) for a in members[one_class] for b in members[other_class] if a != b}
        _note(made, source, word, pairs)
        said = [
            Assertion.new(
                subject,
                predicate,
                object,
                source=source,
                sentence="",
                qualifiers={key: value for key, value in qualifiers.items() if value},
                access=access,
            )
            for subject, predicate, object, qualifiers in rows
        ]
        store.load(Source(source, "curated", access=access), (), said)
    return made


def _note(made: Universe, source: str, word: str, pairs: set[frozenset[int]]) -> None:
    made.stated.setdefault(source, set()).update(pairs)
    if word in ALARMS:
        made.grave.setdefault(source, set()).update(pairs)


def _declare(made: Universe, number: int) -> list[str]:
    """Declare a drug; return the ids under which something may be stated of it."""
    name, other = f"{STEMS[number]}in", f"{STEMS[number]}idum"
    first, twin, salt, mutual, brand = (
        f"DRUGBANK:DB9{number:04}", f"MESH:D99{number:04}", f"RXNORM:99{number:04}", f"CHEBI:99{number:04}",
        f"MEDGRAPH:product-{number:012}",
    )  # fmt: skip
    entities = [
        Entity(first, "Drug", name, (Name(f"{BRANDS[number]}a"), Name(CHINESE[number], "zh"), Name(other))),
        Entity(twin, "Drug", name.lower()),
        Entity(salt, "Drug", f"{name} sodium"),
        Entity(mutual, "Drug", other, (Name(name),)),
        Entity(brand, "Drug", f"{BRANDS[number]}o"),
    ]
    held = Assertion.new(brand, "has_ingredient", first, source="names", sentence="")
    classes = [Entity(id, "Concept", f"class {id}") for id in CLASSES]
    made.store.load(Source("names", "curated"), [*entities, *classes], [held])
    texts = [
        name, name.upper(), f"{name} 5 mg po bid", f"tab {name} 10mg", f"{name} sodium", other, CHINESE[number],
        f"{CHINESE[number]}2.5mg 每日两次", f"{BRANDS[number]}a", f"{BRANDS[number]}o", first, twin, salt, mutual,
        brand, first.removeprefix("DRUGBANK:").lower(),
    ]  # fmt: skip
    made.forms += [(frozenset({number}), text) for text in texts]
    return [first, twin, salt, mutual, brand]


def holds(made: Universe, asked: list[Ask], access: frozenset[str], sources: tuple[str, ...]) -> None:
    """Assert that each pair is told as the sources have it."""
    checked = DrugEngine(made.store).check(GraphView(made.store, access), [text for _, text in asked])
    assert not checked.unknown
    grave = set().union(*(made.grave.get(source, set()) for source in sources))
    stated = set().union(*(made.stated.get(source, set()) for source in sources))
    assert len(checked.pairs) == len(asked) * (len(asked) - 1) // 2
    for pair, told in zip(checked.pairs, CheckOut.of(checked, "en").pairs, strict=True):
        (ones, _), (others, _) = asked[pair.a], asked[pair.b]
        between = {frozenset({a, b}) for a in ones for b in others if a != b}
        if between & grave:
            assert pair.found, (told.a, told.b)
            assert pair.severity in ALARMING
            assert (told.found, told.derived, told.low, told.note) == (True, False, False, "")
        assert pair.found == bool(between & stated), (told.a, told.b)
        assert pair.same == (ones == others)
        assert pair.found or pair.same or "no proof of safety" in told.note


@pytest.fixture(
    scope="module",
    params=[pytest.param("sqlite", id="sqlite"), pytest.param("neo4j", id="neo4j", marks=pytest.mark.neo4j)],
)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Universe]:
    """One universe in each store."""
    if request.param == "sqlite":
        store: GraphStore = SqliteStore(tmp_path_factory.mktemp("universe") / "graph.db")
    else:
        server = request.getfixturevalue("neo4j_server")
        from neo4j import GraphDatabase

        from graph.neo4j.store import Neo4jStore

        with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n")
        store = Neo4jStore(server.url, server.user, server.password)
    yield universe(store, 0)
    store.close()


# Few long lists: many pairs for few round trips to a server.
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_a_source_calls_grave_is_found_in_every_form(filled: Universe, data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.sampled_from(filled.forms), min_size=6, max_size=16))
    access, sources = data.draw(
        st.sampled_from([(PUBLIC, OPEN_SOURCES), (PUBLIC | RESTRICTED, (*OPEN_SOURCES, "closed"))])
    )
    holds(filled, asked, access, sources)


@pytest.mark.parametrize("seed", range(1, 9))
def test_it_holds_whatever_the_sources_state(seed: int, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.db")
    made, dice = universe(store, seed), Random(seed)
    for _ in range(6):
        holds(made, dice.sample(made.forms, 12), PUBLIC, OPEN_SOURCES)
    store.close()
