"""For whom a drug is asked about, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from qa.model import AskedEntity
from qa.steps.circumstances import CHILD, genotypes, not_told, person_in, tells, without_allergens


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Is isotretinoin all right for a pregnant woman?", {"pregnant": True}),
        ("孕妇能用异维A酸吗？", {"pregnant": True}),
        ("Is it all right for a woman who is not pregnant?", {"pregnant": False}),
        ("Is lisinopril not contraindicated in pregnancy?", {"pregnant": True}),
        ("Why can't pregnant women take it?", {"pregnant": True}),
        ("她没有怀孕，能用吗？", {"pregnant": False}),
        ("Can a child of 8 get doxycycline?", {"age": 8.0}),
        ("Can a child get doxycycline?", {"age": CHILD}),
        ("I am not allergic to penicillin. May I take cefalexin?", {"allergies": ()}),
        ("Can a breastfeeding mother take codeine?", {"lactating": True}),
        ("哺乳期能吃可待因吗？", {"lactating": True}),
        ("A 7-year-old needs aspirin", {"age": 7.0}),
        ("6个月大的婴儿能用布洛芬吗？", {"age": 0.5}),
        ("78岁老人能用地西泮吗？", {"age": 78.0}),
        ("Metformin with an eGFR of 22 mL/min?", {"egfr": 22.0}),
        ("肌酐清除率 25 ml/min 时", {"egfr": 25.0}),
        ("透析患者能用二甲双胍吗？", {"egfr": 10.05}),
        ("Paracetamol in severe hepatic impairment?", {"liver": "severe"}),
        ("肝硬化患者能用对乙酰氨基酚吗？", {"liver": "impaired"}),
        ("She is allergic to penicillin. May I give cefalexin?", {"allergies": ("penicillin",)}),
        ("A patient with sulfa allergy needs celecoxib", {"allergies": ("sulfa",)}),
        ("对青霉素过敏的人能用头孢吗？", {"allergies": ("青霉素",)}),
        ("磺胺过敏能吃塞来昔布吗？", {"allergies": ("磺胺",)}),
        ("Codeine in a CYP2D6 poor metabolizer?", {"genotypes": {"CYP2D6": "Poor Metabolizer"}}),
        ("HLA-B*57:01 阳性", {"genotypes": {"HLA-B": "*57:01 positive"}}),
        ("What treats gout?", {"age": None, "pregnant": False, "allergies": (), "genotypes": {}}),
    ],
)
def test_what_is_told_is_read(text: str, told: dict[str, Any]) -> None:
    person = person_in(text, [])
    assert {name: getattr(person, name) for name in told} == told


def test_only_what_is_told_counts() -> None:
    assert tells(person_in("孕妇", []))
    assert not tells(person_in("Is aspirin good for headache?", []))


def test_conditions_are_those_named_and_not_denied() -> None:
    asked = [AskedEntity("D:1", "Disease", "Asthma", "asthma", negated, "") for negated in (False, True)]
    assert person_in("asthma", asked).conditions == ("D:1",)


def test_an_allergen_is_no_drug_to_be_checked() -> None:
    named = {"penicillin": "D:1", "cefalexin": "D:2"}
    assert without_allergens(named, person_in("allergic to penicillin. cefalexin?", [])) == {"cefalexin": "D:2"}


def test_genes_without_a_phenotype_are_kept_without_one() -> None:
    assert genotypes("Does CYP2C19 matter for clopidogrel?") == {"CYP2C19": ""}


def test_a_variant_s_bases_and_an_activity_score_are_told() -> None:
    assert genotypes("Warfarin with VKORC1 -1639 GA?") == {"VKORC1": "-1639 AG"}
    assert genotypes("DPYD activity score 0: fluorouracil?") == {"DPYD": "0.0"}
    assert genotypes("DPYD活性评分为1.5能用卡培他滨吗") == {"DPYD": "1.5"}


def test_the_words_of_a_circumstance_are_no_unknown_names() -> None:
    text = "Metformin and zorblaxin with an eGFR of 25, a CYP2D6 poor metabolizer?"
    assert not_told(text, ("eGFR of 25", "zorblaxin", "poor metabolizer")) == ("zorblaxin",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Clopidogrel for CYP2C19 *2/*2?", {"CYP2C19": "*2/*2"}),
        ("TPMT *3A/*3C 患者能用硫唑嘌呤吗？", {"TPMT": "*3A/*3C"}),
        ("A patient homozygous for CYP2C19*17", {"CYP2C19": "*17/*17"}),
        ("NUDT15*3 杂合", {"NUDT15": "*1/*3"}),
        ("Simvastatin with SLCO1B1 rs4149056 CC", {"SLCO1B1": "rs4149056 CC"}),
        ("辛伐他汀，rs4149056 基因型 T/C", {"SLCO1B1": "rs4149056 TC"}),
        ("CYP2D6 *1x2/*4 and codeine", {"CYP2D6": "*1x2/*4"}),
        ("Abacavir with HLA-B*57:01 present", {"HLA-B": "*57:01 positive"}),
    ],
)
def test_pairs_of_alleles_and_bases_are_told(text: str, told: dict[str, str]) -> None:
    assert genotypes(text) == told
