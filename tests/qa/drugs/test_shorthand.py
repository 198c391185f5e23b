"""Abbreviations, old spellings, classes as Chinese says them, strengths without a unit, foods."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model import PUBLIC, Assertion, Entity, Name, Source
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.model import Check
from qa.drugs.shorthand import shorthand

DRUGS = (
    Entity("MESH:D900001", "Drug", "Zidovudine", (Name("AZT"),)),
    Entity("MESH:D900002", "Drug", "Azathioprine"),
    Entity("MESH:D900003", "Drug", "Hydrochlorothiazide"),
    Entity("MESH:D900004", "Drug", "Hydrocortisone"),
    Entity("MESH:D900005", "Drug", "Aspirin"),
    Entity("MESH:D900006", "Drug", "Ceftriaxone", (Name("头孢曲松钠", "zh"),)),
    Entity("MEDGRAPH:group-blue", "Concept", "blue drug", (Name("蓝头菌素类抗生素", "zh"),)),
    Entity("MEDGRAPH:group-food-blueberry", "Concept", "blueberry", (Name("blueberry juice"),)),
    Entity("MESH:D900007", "Drug", "Blueberry", (Name("blueberry juice"),)),
    Entity("MESH:D900008", "Drug", "Tylenol"),
    Entity("MESH:D900009", "Drug", "Sodium chloride", (Name("氯化钠", "zh"),)),
)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    store = SqliteStore(tmp_path / "graph.sqlite")
    member = Assertion.new("MESH:D900006", "has_role", "MEDGRAPH:group-blue", source="s", sentence="s", record="1")
    store.load(Source("s", "curated"), list(DRUGS), [member])
    return store


def _check(store: SqliteStore, asked: str) -> Check:
    try:
        return DrugEngine(store).check(GraphView(store, PUBLIC), [asked])
    finally:
        store.close()


def test_the_table_is_whole() -> None:
    assert shorthand()["azt"] == ("zidovudine", "azathioprine")
    assert all(name and all(drugs) for name, drugs in shorthand().items())


def test_what_an_abbreviation_means_besides_is_shown(store: SqliteStore) -> None:
    (drug,) = _check(store, "AZT").drugs
    assert (drug.entity.name, [other.name for other in drug.also]) == ("Zidovudine", ["Azathioprine"])
    assert "MESH:D900002" in drug.others


def test_an_abbreviation_of_several_that_nothing_bears_is_unknown(store: SqliteStore) -> None:
    check = _check(store, "HCT")
    assert not check.drugs
    assert check.unknown[0].nearest == ("Hydrochlorothiazide", "Hydrocortisone")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("HCTZ 25", "Hydrochlorothiazide"),
        ("阿斯匹林", "Aspirin"),
        ("ASA 81", "Aspirin"),
        ("aspirin 81", "Aspirin"),
        ("aspirin 2.5/10", "Aspirin"),
        ("aspirin DS", "Aspirin"),
        ("蓝头菌素", "blue drug"),
        ("蓝头菌素类药物", "blue drug"),
        ("注射用头孢曲松钠", "Ceftriaxone"),
        ("头孢曲松钠氯化钠注射液", "Ceftriaxone"),
        ("氯化钠注射液", "Sodium chloride"),
    ],
)
def test_a_name_as_prescriptions_have_it(store: SqliteStore, asked: str, name: str) -> None:
    (drug,) = _check(store, asked).drugs
    assert (drug.entity.name, drug.food, drug.also) == (name, False, ())


def test_a_number_that_is_another_drug_is_not_dropped(store: SqliteStore) -> None:
    assert not _check(store, "Tylenol 3").drugs


def test_a_food_is_told_as_one(store: SqliteStore) -> None:
    (drug,) = _check(store, "blueberry juice").drugs
    assert drug.food
    assert {"MESH:D900007", "MEDGRAPH:group-food-blueberry"} <= drug.ids
