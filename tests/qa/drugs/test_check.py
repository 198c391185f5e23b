"""Drugs checked together: duplicates, bounds, speed."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from graph.model import PUBLIC, Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.drugs.check import MOST, DrugEngine


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("ibuprofen", "Advil", "布洛芬"), [((0, 1, 2), "ingredient", "Ibuprofen")]),
        (("ibuprofen", "ibuprofen"), [((0, 1), "ingredient", "Ibuprofen")]),
        (("warfarin", "Warfarin sodium 5 mg"), [((0, 1), "ingredient", "Warfarin")]),
        (("Yosprala", "metformin"), [((0, 1), "ingredient", "Metformin")]),
        (("ibuprofen", "naproxen"), [((0, 1), "class", "non-steroidal anti-inflammatory drug")]),
        (("NSAID", "naproxen"), [((0, 1), "class", "non-steroidal anti-inflammatory drug")]),
        (("ibuprofen", "metformin"), []),
    ],
)
def test_what_is_doubled_is_told(
    asked: tuple[str, ...], expected: list[tuple[tuple[int, ...], str, str]], view: GraphView, engine: DrugEngine
) -> None:
    doubles = engine.check(view, asked).duplicates
    assert [(double.drugs, double.kind, double.shared.name) for double in doubles] == expected


def test_one_drug_none_and_too_many(view: GraphView, engine: DrugEngine) -> None:
    assert engine.check(view, ["metformin"]).pairs == ()
    assert engine.check(view, []).drugs == ()
    with pytest.raises(ValueError, match="201 drugs; at most 200"):
        engine.check(view, ["metformin"] * (MOST + 1))


def test_every_pair_is_there_and_what_it_is_about_has_a_name(view: GraphView, engine: DrugEngine) -> None:
    asked = ["warfarin", "布洛芬", "unknown stuff", "sildenafil", "Jantoven", "nitroglycerin"]
    checked = engine.check(view, asked)
    assert sorted((pair.a, pair.b) for pair in checked.pairs) == list(combinations(range(5), 2))
    rows = [row for pair in checked.pairs for one in pair.derived for row in one.path]
    rows += [row for pair in checked.pairs for s in pair.statements for row in (s.assertion, *s.members)]
    assert {id for row in rows for id in (row.subject, row.object)} <= checked.entities.keys()


@pytest.fixture
def large(tmp_path: Path) -> SqliteStore:
    """A store with two thousand drugs and a hundred thousand interactions of them."""
    store, dice = SqliteStore(tmp_path / "large.db"), Random(1)
    drugs = [Entity(f"DRUGBANK:DB{n:05}", "Drug", f"Drug number {n}") for n in range(2000)]
    rows = {tuple(sorted(dice.sample(range(2000), 2))) for _ in range(100_000)}
    source = Source("book", "curated")
    store.load(
        source,
        drugs,
        [
            Assertion.new(
                drugs[a].id, "interacts_with", drugs[b].id, source="book", sentence="", qualifiers={"severity": "major"}
            )
            for a, b in sorted(rows)
        ],
    )
    return store


def test_two_hundred_drugs_are_checked_together(large: SqliteStore) -> None:
    engine, view = DrugEngine(large), GraphView(large, PUBLIC)
    assert len(engine.check(view, [f"drug number {n}" for n in range(MOST)]).pairs) == 19_900
    large.close()
