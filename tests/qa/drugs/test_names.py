"""What a list of names means, in every form in which drugs are written."""

from __future__ import annotations

import pytest

from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest


@pytest.mark.parametrize(
    ("asked", "id"),
    [
        ("warfarin", "DRUGBANK:DB00682"),
        ("  WARFARIN ", "DRUGBANK:DB00682"),
        ("华法林", "DRUGBANK:DB00682"),
        ("华法林 2.5mg 每日一次", "DRUGBANK:DB00682"),
        ("warfarin 5 mg po qd", "DRUGBANK:DB00682"),
        ("Coumadin", "DRUGBANK:DB00682"),
        ("warfarine", "DRUGBANK:DB00682"),
        ("DB00682", "DRUGBANK:DB00682"),
        ("drugbank:DB00682", "DRUGBANK:DB00682"),
        ("B01AA03", "DRUGBANK:DB00682"),
        ("ATC:B01AA03", "DRUGBANK:DB00682"),
        ("rxcui 1191", "RXNORM:1191"),
        ("D001241", "MESH:D001241"),
        ("Warfarin sodium 2 mg tablet", "MESH:D999001"),
        ("B01A", "ATC:B01A"),
        ("NSAIDs", "MEDGRAPH:group-nsaid"),
        ("an anticoagulant", "MEDGRAPH:group-anticoagulant"),
        ("VKAs", "ATC:B01AA"),
        ("metformin GITS 500 mg", "DRUGBANK:DB00331"),
        ("非甾体抗炎药", "MEDGRAPH:group-nsaid"),
        ("amoxicillin/clavulanate", "DRUGBANK:DB01060+DRUGBANK:DB00766"),
        ("amoxicillin 500mg/clavulanate 125 mg", "DRUGBANK:DB01060+DRUGBANK:DB00766"),
        ("warfarin 5 mg, with food", "DRUGBANK:DB00682"),
        ("low-dose oral warfarin", "DRUGBANK:DB00682"),
        ("小剂量华法林", "DRUGBANK:DB00682"),
        ("naproxen eye drops", "DRUGBANK:DB00788"),
        ("amoxicillin-clavulanate", "DRUGBANK:DB01060+DRUGBANK:DB00766"),
        ("warfarin (Coumadin) 5 mg", "DRUGBANK:DB00682"),
        ("华法林（片）2.5mg", "DRUGBANK:DB00682"),
        ("奥格门汀", "MEDGRAPH:product-aabbccddee03"),
    ],
)
def test_a_name_in_any_form_is_the_drug(asked: str, id: str, view: GraphView, engine: DrugEngine) -> None:
    (drug,) = engine.check(view, [asked]).drugs
    assert (drug.asked, drug.entity.id) == (asked, id)


@pytest.mark.parametrize(
    "asked",
    [
        "warfrin",
        "DB99999",
        "MESH:D000001",
        "asthma",
        "DOID:2841",
        "B12",
        "",
        "CYP3A4",
        "warfarin and nothing",
        "warfarin 5 mg/nothing 2 mg",
        "aspirin 100 mg, qqq",
    ],
)
def test_what_no_drug_is_named_is_unknown_and_never_guessed(asked: str, view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["metformin", asked])
    assert [drug.asked for drug in checked.drugs] == ["metformin"]
    assert [one.asked for one in checked.unknown] == [asked]


def test_an_unknown_name_is_told_with_the_nearest(view: GraphView, engine: DrugEngine) -> None:
    (unknown,) = engine.check(view, ["simvastatn"]).unknown
    assert unknown.nearest[0] == "Simvastatin"


def test_a_name_that_was_read_in_part_says_so(view: GraphView, engine: DrugEngine) -> None:
    first, second = engine.check(view, ["aspirin 100 mg", "ibuprofen"]).drugs
    assert (first.note, second.note) == ("aspirin", "")


def test_a_preparation_is_its_ingredients(view: GraphView, engine: DrugEngine) -> None:
    brand, slashed = engine.check(view, ["Augmentin", "amoxicillin/clavulanate"]).drugs
    assert sorted(one.name for one in brand.ingredients) == ["Amoxicillin", "Clavulanate"]
    assert set(brand.ingredients) == set(slashed.ingredients)


def test_what_two_drugs_go_by_is_taken_for_one_and_tells_of_the_other(view: GraphView) -> None:
    (drug,), unknown = resolve(view, ["Twobrand"], Nearest(view.store))
    assert drug.entity.name == "Twobrand A"
    assert [other.name for other in drug.also] == ["Twobrand B"]
    assert not unknown


def test_a_name_of_a_drug_and_a_class_counts_the_class_too(view: GraphView, engine: DrugEngine) -> None:
    (drug,) = engine.check(view, ["anticoagulants"]).drugs
    assert "DRUGBANK:DB00682" in drug.ids


def test_nothing_of_a_list_in_one_line_is_dropped(view: GraphView, engine: DrugEngine) -> None:
    check = engine.check(view, ["Mr Smith takes warfarin, ibuprofen and simvastatin"])
    assert [drug.asked for drug in check.drugs] == ["ibuprofen", "simvastatin"]
    assert [one.asked for one in check.unknown] == ["Mr Smith takes warfarin"]
    assert not engine.check(view, ["MR zorblax and ibuprofen"]).drugs
    (pair,) = engine.check(view, ["warfarin; aspirin"]).pairs
    assert pair.found
    (pair,) = engine.check(view, ["warfarin and aspirin"]).pairs
    assert pair.found
