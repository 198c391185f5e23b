from __future__ import annotations

import pytest

from qa.asked.of_patient import asked_of_patient


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Summarise this patient for handover", "summary"), ("概括病人情况", "summary"),
        ("What changed since the last visit?", "changes"), ("自2019年以来有什么变化", "changes"),
        ("How has her creatinine changed?", "value"), ("血压趋势", "value"), ("Is his potassium high?", "value"),
        ("What active problems does he have?", "facts"), ("她对什么过敏？", "facts"),
        ("Can you list her drugs?", "facts"),
        ("What treatment options does this patient have for gout?", "options"), ("给这位患者制定治疗方案", "options"),
    ],
)  # fmt: skip
def test_kinds_of_questions(text: str, kind: str) -> None:
    asked = asked_of_patient(text, (), ())
    assert asked is not None
    assert asked.kind == kind


@pytest.mark.parametrize(
    ("text", "drug", "kind"),
    [
        ("Can he take ibuprofen?", "ibuprofen", "drug"), ("Bupropion - any reason not to?", "Bupropion", "drug"),
        ("她能吃布洛芬吗？", "布洛芬", "drug"), ("布洛芬？", "布洛芬", "drug"),
        ("Is he taking ibuprofen?", "ibuprofen", "facts"),
        ("What does ibuprofen do?", "ibuprofen", ""), ("What dose of ibuprofen may he take?", "ibuprofen", ""),
    ],
)  # fmt: skip
def test_a_drug_is_weighed_looked_for_or_only_known_of(text: str, drug: str, kind: str) -> None:
    asked = asked_of_patient(text, (), (drug,))
    assert (asked.kind if asked else "") == kind


@pytest.mark.parametrize(
    "text",
    [
        "What is gout?",
        "What is a normal potassium?",
        "What treats hypertension?",
        "糖尿病患者能用什么药？",
        "痛风是什么？",
    ],
)
def test_knowledge_is_none_of_the_patient(text: str) -> None:
    assert asked_of_patient(text, (), ()) is None


def test_a_measure_is_carried_from_the_turn_before() -> None:
    asked = asked_of_patient("比上一年高了还是低了？", (), (), ("他最近一次血压多少",))
    assert asked is not None
    assert (asked.measures[0].key, asked.want, asked.since.months) == ("pressure", "trend", 12)
    assert asked_of_patient("那他呢？", (), (), ("他最近一次血压多少",)) is None
