"""For whom drugs are checked: words told, and what a record says."""

from __future__ import annotations

import pytest

from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.person import Person


def test_a_condition_that_nothing_is_named_is_unknown(view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["aspirin"], Person(conditions=("astma", "DOID:0"), allergies=("peniciln",)))
    assert [one.asked for one in checked.untold] == ["astma", "DOID:0", "peniciln"]
    assert not checked.cautions


def test_an_allergy_may_be_to_what_is_no_drug(view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["aspirin"], Person(allergies=("头孢菌素类", "Asthma")))
    assert not checked.untold


@pytest.mark.parametrize("word", ["penicillin allergy", "Allergic to penicillin", "青霉素类过敏", "对青霉素类过敏史"])
def test_words_around_an_allergen(word: str, view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["amoxicillin"], Person(allergies=(word,)))
    assert [row.verdict for row in checked.cautions] == ["allergy"]


def test_words_for_circumstances_are_not_unknown(view: GraphView, engine: DrugEngine) -> None:
    checked = engine.check(view, ["warfarin", "ibuprofen"], Person(conditions=("孕妇", "CKD stage 4")))
    assert not checked.untold
    assert (checked.who.pregnant, checked.who.egfr) == (True, 29)
    assert {(row.drug, row.verdict) for row in checked.cautions} == {(0, "contraindicated"), (1, "caution")}


def test_what_is_told_goes_before_a_record() -> None:
    record = Person(conditions=("gout",), age=70, age_within=0.5, egfr=20, pregnant=True, genotypes={"DPYD": "PM"})
    both = Person(conditions=("asthma",), age=40, egfr=90, genotypes={"DPYD": "NM"}).joined(record)
    assert (both.conditions, both.age, both.age_within, both.egfr) == (("asthma", "gout"), 40, 0, 90)
    assert (both.pregnant, both.genotypes) == (True, {"DPYD": "NM"})
    assert Person().joined(record).age_within == 0.5


def test_an_age_that_may_be_off_warns_on_either_side(view: GraphView, engine: DrugEngine) -> None:
    for age, within, warned in ((12.3, 0.5, True), (12.3, 0, False), (11.9, 0, True)):
        checked = engine.check(view, ["aspirin"], Person(age=age, age_within=within))
        assert bool(checked.cautions) == warned


def test_what_is_told_and_that_nothing_is_about_is_said(view: GraphView, engine: DrugEngine) -> None:
    person = Person(conditions=("asthma",), genotypes={"CYP2C19": "*2/*2"}, egfr=40, age=40, pregnant=True)
    checked = engine.check(view, ["warfarin", "aspirin"], person)
    assert [words.en for words in checked.silent] == ["CYP2C19 *2/*2", "eGFR 40"]
    alone = engine.check(view, ["warfarin"], Person(conditions=("asthma",), allergies=("peniciln",), age=40))
    assert [words.zh for words in alone.silent] == ["asthma"]
