from __future__ import annotations

import pytest

from qa.asked.constraints import Constraints, constraints_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What treats gout?", Constraints()),
        ("痛风怎么治？", Constraints()),
        ("first-line therapy of severe asthma", Constraints(severity="severe", line="first")),
        ("重度银屑病的一线治疗", Constraints(severity="severe", line="first")),
        ("second-line drugs in mild gout", Constraints(severity="mild", line="second")),
        (
            "randomised trials of colchicine since 2015",
            Constraints(year_from=2015, studies=frozenset({"randomized controlled trial"})),
        ),
        (
            "2010年以后关于秋水仙碱的荟萃分析",
            Constraints(year_from=2010, studies=frozenset({"meta-analysis"})),
        ),
        ("studies from 2010 to 2015 on gout", Constraints(year_from=2010, year_to=2015)),
        ("studies of gout 2010-2015", Constraints(year_from=2010, year_to=2015)),
        ("papers on gout before 2000", Constraints(year_to=2000)),
        ("近五年痛风的研究", Constraints(year_from=2021)),
        ("studies of the last 3 years on gout", Constraints(year_from=2023)),
        ("metformin in mice", Constraints(animals=True)),
        ("I have had a cough for three weeks", Constraints(duration="three weeks")),
        ("咳嗽三周了怎么办", Constraints(duration="三周了")),
        ("migraine prevention without a beta blocker", Constraints(without=("beta blocker",))),
        ("除了华法林以外还有什么药", Constraints(without=("华法林",))),
    ],
)
def test_what_is_asked_beside_the_topic(text: str, expected: Constraints) -> None:
    assert constraints_in(text, 2026) == expected


def test_a_dose_is_no_year() -> None:
    assert constraints_in("may I go from 2000 mg to 1000 mg of metformin", 2026).year_from is None
    assert constraints_in("", 2026) == Constraints()


def test_somebodys_animals_are_pets_and_those_of_a_study_none() -> None:
    assert constraints_in("do the dogs need treating too?", 2026).pets
    assert constraints_in("家里的狗要不要也吃药", 2026).pets
    assert not constraints_in("Which drugs lowered fever in rats?", 2026).pets
    assert not constraints_in("cat-scratch disease treatment", 2026).pets
