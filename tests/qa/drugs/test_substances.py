"""Under which ids a drug is looked up: twins, salts, brands of one drug, preparations, classes."""

from __future__ import annotations

import pytest

from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.substances import Substances

WARFARIN = {"DRUGBANK:DB00682", "MESH:D999001", "MEDGRAPH:product-aabbccddee01"}
ASPIRIN = {"DRUGBANK:DB00945", "MESH:D001241", "RXNORM:1191"}


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("warfarin", WARFARIN),
        ("华法林钠", WARFARIN),
        ("Jantoven", WARFARIN),
        ("aspirin", ASPIRIN),
        ("acetylsalicylic acid", ASPIRIN),
        ("阿司匹林", ASPIRIN),
        ("RXNORM:1191", ASPIRIN),
    ],
)
def test_a_drug_is_looked_up_under_all_its_ids(asked: str, ids: set[str], view: GraphView, engine: DrugEngine) -> None:
    (drug,) = engine.check(view, [asked]).drugs
    assert drug.ids == ids
    assert len(drug.parts) == 1


def test_a_preparation_is_looked_up_under_each_of_its_ingredients(view: GraphView, engine: DrugEngine) -> None:
    (drug,) = engine.check(view, ["DuoCover"]).drugs
    assert set(drug.parts) == {
        frozenset(ASPIRIN), frozenset({"DRUGBANK:DB00758"}), frozenset({"MEDGRAPH:product-aabbccddee04"}),
    }  # fmt: skip


def test_a_class_is_looked_up_under_each_of_its_drugs_with_those_of_classes_below(
    view: GraphView, engine: DrugEngine
) -> None:
    (above,) = engine.check(view, ["ATC:B01A"]).drugs
    assert above.ids == WARFARIN | {"ATC:B01A"}


def test_what_is_only_called_alike_is_not_the_same(view: GraphView) -> None:
    every = view.entities(["MESH:D999002", "MESH:D999003"])
    substances = Substances(view, list(every.values()))
    assert substances.ids("MESH:D999002") == {"MESH:D999002"}
