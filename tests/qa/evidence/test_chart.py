"""How facts of a patient read, by how they stand."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Assertion
from qa.evidence.chart import enumerated, standing_of, stated, told, without_more


def row(**fields: Any) -> Assertion:
    return Assertion.new("patient:1", "takes", "x:1", source="fhir:1", sentence="", **fields)


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({}, "current"),
        ({"certainty": "historical"}, "past"),
        ({"certainty": "hypothetical"}, "planned"),
        ({"polarity": "negated"}, "denied"),
        ({"experiencer": "family"}, "family"),
        ({"experiencer": "family", "polarity": "negated"}, "family_denied"),
    ],
)
def test_standing(fields: dict[str, Any], standing: str) -> None:
    assert standing_of(row(**fields)) == standing


def test_words() -> None:
    assert stated("takes", "past", "The patient", "Warfarin", "en") == "In the past, the patient took Warfarin"
    assert stated("has_condition", "family", "The patient", "Gout", "en") == "In the patient's family: Gout"
    assert told(row(qualifiers={"dose": "5 mg", "status": "stopped"}), "W", "zh") == "W（5 mg，已停用）"
    assert told(row(qualifiers={"status": "dispensed"}), "W", "zh") == "W（已发药）"
    operated = Assertion.new(
        "patient:1", "underwent", "x:1", source="fhir:1", sentence="", qualifiers={"status": "stopped"}
    )
    assert told(operated, "W", "zh") == "W（已中止）"


def test_a_chinese_name_of_one_ingredient_hides_no_other() -> None:
    both = row(qualifiers={"recorded": "Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet"})
    assert told(both, "Amoxicillin", "en") == "Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet"
    assert told(both, "阿莫西林", "zh") == "阿莫西林（Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet）"
    assert told(row(qualifiers={"recorded": "阿莫西林"}), "阿莫西林", "zh") == "阿莫西林"


@pytest.mark.parametrize("name", ["Allergy to peanuts", "peanuts"])
def test_nobody_is_allergic_to_an_allergy(name: str) -> None:
    allergic = Assertion.new("patient:1", "allergic_to", "x:1", source="s", sentence="")
    assert (told(allergic, name, "en"), told(allergic, name, "zh")) == ("peanuts", "peanuts")


@pytest.mark.parametrize(
    ("qualifiers", "english", "chinese"),
    [
        ({"onset": "age 6 years"}, "A (onset age 6 years)", "A（6岁起病）"),
        ({"onset": "2010-01-02"}, "A", "A"),
        (
            {"onset": "age 18 months", "abatement": "age 2–5 years", "status": "resolved"},
            "A (onset age 18 months, until age 2–5 years, resolved)",
            "A（18个月起病，至2–5岁，已痊愈）",
        ),
        ({"abatement": "age at most 5 days"}, "A (until age at most 5 days)", "A（至最多5天）"),
        ({"abatement": "2012-03"}, "A (until 2012-03)", "A（至2012-03）"),
    ],
)
def test_at_what_age(qualifiers: dict[str, str], english: str, chinese: str) -> None:
    past = Assertion.new(
        "patient:1", "has_condition", "x:1", source="s", sentence="", certainty="historical", qualifiers=qualifiers
    )
    assert (told(past, "A", "en"), told(past, "A", "zh")) == (english, chinese)


def test_what_is_left_out_is_counted() -> None:
    assert enumerated(["a", "b"], 4, "en") == "a, b and 4 more"
    assert enumerated(["a", "b"], 4, "zh") == "a、b等，另有4项"
    assert without_more("a, b and 4 more", {4}) == "a, b"
    assert without_more("a, b and 4 more", {5}) == "a, b and 4 more"
