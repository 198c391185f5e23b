"""What speaks against a drug for somebody."""

from __future__ import annotations

from typing import Any

import pytest

from graph.view import GraphView
from qa.drugs.cautions import VERDICTS
from qa.drugs.check import DrugEngine
from qa.drugs.person import Person


def _against(view: GraphView, engine: DrugEngine, drugs: list[str], **person: Any) -> list[tuple[str, str, str]]:
    checked = engine.check(view, drugs, Person(**person))
    return [(checked.drugs[row.drug].asked, row.verdict, row.what.en) for row in checked.cautions]


def test_nothing_speaks_against_a_drug_for_nobody(view: GraphView, engine: DrugEngine) -> None:
    assert _against(view, engine, ["warfarin", "aspirin"]) == []
    assert set(VERDICTS) == {"contraindicated_in", "cautioned_in"}


def test_a_class_is_cautioned_for_its_drugs(view: GraphView, engine: DrugEngine) -> None:
    assert _against(view, engine, ["布洛芬", "metformin"], conditions=("哮喘",)) == [("布洛芬", "caution", "asthma")]


def test_a_condition_counts_for_what_it_is_a_kind_of(view: GraphView, engine: DrugEngine) -> None:
    rows = _against(view, engine, ["aspirin"], conditions=("DOID:9360",))
    assert rows == [
        ("aspirin", "contraindicated", "Aspirin-induced asthma"),
        ("aspirin", "caution", "asthma (Aspirin-induced asthma)"),
    ]


@pytest.mark.parametrize(
    ("person", "drug", "verdict"),
    [
        ({"pregnant": True}, "Jantoven", "contraindicated"),
        ({"age": 11.9}, "aspirin", "contraindicated"),
        ({"age": 12}, "aspirin", None),
        ({"egfr": 29}, "naproxen", "caution"),
        ({"egfr": 30}, "naproxen", None),
        ({"liver": "severe"}, "simvastatin", "contraindicated"),
        ({"liver": "impaired"}, "simvastatin", None),
    ],
)
def test_circumstances_hold_within_their_bounds(
    person: dict[str, Any], drug: str, verdict: str | None, view: GraphView, engine: DrugEngine
) -> None:
    verdicts = {verdict for _, verdict, _ in _against(view, engine, [drug], **person)}
    assert verdicts == ({verdict} if verdict else set())


def test_pregnancy_counts_by_whatever_id_a_source_knows_it(view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["warfarin"], Person(pregnant=True))
    assert {row.path[-1].source for row in checked.cautions} == {"book", "medgraph-pharmacology"}


def test_an_allergy_counts_for_the_drug_its_class_and_what_cross_reacts(view: GraphView, engine: DrugEngine) -> None:
    asked = ["Augmentin", "cephalexin", "metformin"]
    assert _against(view, engine, asked, allergies=("penicillin",)) == [
        ("Augmentin", "allergy", "penicillin"),
        ("cephalexin", "cross-reactivity", "penicillin"),
    ]
    assert _against(view, engine, ["阿莫西林"], allergies=("amoxicillin 500 mg",)) == [
        ("阿莫西林", "allergy", "Amoxicillin")
    ]


@pytest.mark.parametrize("value", ["Poor Metabolizer", "poor metaboliser", "PM"])
def test_a_guideline_speaks_for_the_genotype_given(value: str, view: GraphView, engine: DrugEngine) -> None:
    assert _against(view, engine, ["clopidogrel", "DuoCover"], genotypes={"CYP2C19": value}) == [
        ("clopidogrel", "genotype", "CYP2C19 Poor Metabolizer"),
        ("DuoCover", "genotype", "CYP2C19 Poor Metabolizer"),
    ]
    assert _against(view, engine, ["clopidogrel"], genotypes={"CYP2C19": "Normal Metabolizer"}) == []
