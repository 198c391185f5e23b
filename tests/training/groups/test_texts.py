"""The texts that groups of diseases are learnt from: whose they are, what they say, and that they come again."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.differential.group_names import GROUPS
from training.groups.assign import Assigned
from training.groups.names import Condition, Names, conditions, names
from training.groups.simulate import patients, rare
from training.groups.written import cmdd, medquad, said

HOUSE = Path(__file__).resolve().parents[3]
COUGH = Condition("MESH:1", ("Cold", "感冒"), 0, (0, 0, 0, 0, 10, 0, 0), ("days",), (("HP:1", 100, "history"),), ())
NAMES = Names({"HP:1": ("Cough",)}, {"HP:1": ("咳嗽",)})


def test_a_group_is_that_of_the_first_root_above(folder: Path) -> None:
    assigned = Assigned(folder / "graph")
    assert assigned.group("MESH:D001249") == assigned.group("MONDO:1") == "respiratory"
    assert assigned.group("ORPHA:9") == "neurological"
    assert assigned.group("ORPHA:9", inherited=True) == "congenital-genetic"
    assert assigned.group("MESH:D000002") == "cardiovascular"
    assert assigned.group("MESH:D9") == ""
    assert assigned.group("MEDGRAPH:condition-dvt") == "cardiovascular"
    assert (assigned.same("ORPHA:9"), assigned.same("OMIM:4")) == ("MONDO:2", "OMIM:4")


def test_every_group_of_the_small_table_has_a_name(folder: Path) -> None:
    assert set(Assigned(folder / "graph").table.values()) <= GROUPS.keys()


def test_what_is_shipped_is_read_with_names_in_both_languages(folder: Path) -> None:
    shipped = {each.id: each for each in conditions(HOUSE / "ingest" / "conditions")}
    phrases = HOUSE / "qa" / "differential" / "case" / "phrases.tsv"
    called = names(HOUSE / "ingest", phrases, folder / "graph" / "hpo")
    influenza = shipped["MESH:D007251"]
    assert "流行性感冒" in influenza.names
    assert all(called.of(finding, "en") for finding, _, _ in influenza.findings)
    assert {"Cough", "咳嗽"} <= {*called.of("HP:0012735", "en"), *called.of("HP:0012735", "zh")}


def test_patients_have_what_the_condition_has_and_come_again_for_the_same_seed() -> None:
    texts = patients(COUGH, "respiratory-infection", "MESH:1", NAMES, 20, "1")
    assert texts == patients(COUGH, "respiratory-infection", "MESH:1", NAMES, 20, "1")
    assert texts != patients(COUGH, "respiratory-infection", "MESH:1", NAMES, 20, "2")
    assert {text.language for text in texts} == {"en", "zh"}
    assert sum("cough" in text.text.lower() for text in texts if text.language == "en") > 10
    assert sum("咳嗽" in text.text for text in texts if text.language == "zh") > 10


def test_a_rare_disease_is_told_by_its_findings() -> None:
    english, chinese = rare(["HP:1", "HP:9"], "eye", "OMIM:1", NAMES, "1", 0.3)
    assert "cough" in english.text.lower()
    assert "咳嗽" in chinese.text
    assert english.weight == 0.3


def test_answers_about_a_disease_do_not_name_it(folder: Path) -> None:
    assigned = Assigned(folder / "graph")
    (text,) = medquad(folder / "literature" / "medquad" / "medquad.tar.gz", assigned.same, assigned.group)
    assert (text.group, text.disease) == ("respiratory", "MONDO:1")
    assert "wheeze" in text.text
    assert "asthma" not in text.text.lower()


def test_patients_of_a_dialogue_are_of_what_the_doctor_names(folder: Path) -> None:
    path = folder / "dialogue" / "CMDD" / "train.jsonl.gz"
    (text,) = cmdd(path, {"哮喘": ("respiratory", "MONDO:1")})
    assert text.group == "respiratory"
    assert "哮喘" not in text.text
    assert dict(said([path])) == {"咳": "咳嗽", "喘": "喘息", "哮喘": "哮喘"}


@pytest.mark.parametrize("age", range(7))
def test_any_age_can_be_told(age: int) -> None:
    stages = tuple(10.0 if at == age else 0.0 for at in range(7))
    someone = Condition("MESH:1", ("Cold", ""), 100, stages, ("episodes",), (("HP:1", 50, "lab"),), (("HP:1", 50),))
    assert len(patients(someone, "eye", "MESH:1", NAMES, 5, "1")) == 10
