from __future__ import annotations

import pytest

from ingest.reading.qualifiers.people import age, groups, patients, who


def named(text: str, **how: bool) -> str:
    return who(groups(text, **how), (0, len(text)), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for adults and children", "children, adults"),
        ("in preterm infants", "preterm infants"),
        ("in elderly patients and pregnant women", "older people, pregnant women"),
        ("in healthy volunteers", "healthy volunteers"),
        ("用于成人和儿童", "children, adults"),
        ("老年患者及孕妇慎用", "older people, pregnant women"),
        ("哺乳期妇女禁用", "breastfeeding women"),
        ("adult-onset disease, the Children's Hospital", ""),
        ("老年性痴呆，儿童医院", ""),
        ("more often than in children", ""),
        ("used in adults but not in children", "adults"),
        ("成人可用，除儿童外", "adults"),
        ("in men, women, children and adolescents", ""),
    ],
)
def test_who_is_named(text: str, expected: str) -> None:
    assert named(text) == expected


def test_of_a_denial_those_are_told_whom_it_is_not_for() -> None:
    assert named("not recommended in children", denied=True) == "children"
    assert named("not recommended in children") == ""
    assert named("in all except children", denied=True) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("patients aged 12 years and older", "12 years and older"),
        ("children aged 6 to 17 years", "6-17 years"),
        ("children over 3 months", "3 months and older"),
        ("those under 18 years of age", "under 18 years"),
        ("6岁以上儿童", "6 years and older"),
        ("2~12岁", "2-12 years"),
        ("3个月以下", "under 3 months"),
        ("aged 6 to 11 years or 12 years and older", ""),
        ("over 5 years of follow-up", ""),
    ],
)
def test_ages(text: str, expected: str) -> None:
    assert age(text, (0, len(text))) == expected


def test_patients_with_a_condition_besides_the_two() -> None:
    text = "Patients with gout given A get rash."
    assert patients(text, [(14, 18), (31, 35)], [(31, 35)], (0, len(text))) == "patients with gout"
    text = "痛风患者用药后出现皮疹"
    assert patients(text, [(0, 2), (9, 11)], [(9, 11)], (0, len(text))) == "痛风患者"
    assert patients("A causes gout.", [(9, 13)], [], (0, 14)) == ""
