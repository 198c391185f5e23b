import pytest

from qa.asked.of_patient import asked_of_patient
from qa.steps.record.facts import facts, named_with, nothing
from qa.steps.record.reading import Record
from tests.qa.drugs.page.conftest import W
from tests.qa.steps.record.conftest import OTHER, Ask


@pytest.mark.parametrize(
    ("text", "told", "left"),
    [
        ("What active problems does she have?", "The patient has the condition Atrial fibrillation.", "Sore toe"),
        ("Which conditions did she have in the past?", "Sore toe (until 2019-06-01, resolved)", "Atrial"),
        ("她目前有哪些疾病？", "患者患有心房颤动。", "Sore toe"),
        ("Current medications?", "The patient takes Warfarin (5 mg once a day).", "Atrial"),
        ("她在吃什么药？", "患者正在使用华法林（5 mg once a day）。", "心房颤动"),
        ("Any allergies?", "The patient is allergic to Amoxicillin.", "Warfarin"),
        ("Which procedures were done?", "The patient underwent Knee repair (2017-01-01).", "Influenza"),
        ("Which vaccines did she get?", "The patient underwent Influenza vaccine (2020-02-01).", "Knee"),
    ],
)
def test_one_kind_of_facts_and_nothing_else(ask: Ask, text: str, told: str, left: str) -> None:
    answer = ask(text)
    assert told in answer.text
    assert left not in answer.text
    assert answer.typed.kind == "patient"
    assert answer.typed.total == len(answer.typed.items) == 1


@pytest.mark.parametrize(
    ("text", "verdict", "told"),
    [
        ("Does she have atrial fibrillation?", "yes", "Yes: the patient has the condition Atrial fibrillation."),
        ("她有没有心房颤动？", "yes", "是：患者患有心房颤动。"),
        ("Does she have an infection?", "no", "states nothing under the name infection"),
    ],
)
def test_whether_one_thing_is_recorded(ask: Ask, text: str, verdict: str, told: str) -> None:
    answer = ask(text)
    assert told in answer.text
    assert answer.typed.verdict == verdict


@pytest.mark.parametrize(("text", "part"), [("Which drugs does he take?", "no drug"), ("他吃什么药？", "没有")])
def test_of_what_there_is_none_it_is_said(ask: Ask, text: str, part: str) -> None:
    assert part in ask(text, OTHER).text


def test_doses_that_are_missing_are_said(record: Record) -> None:
    (row,) = [row for row in record.rows if row.object == W]
    assert named_with(record, [row], "zh") == ["华法林（5 mg once a day）"]
    assert "no proof" in nothing(record, "allergic_to").text
    asked = asked_of_patient("What is gout?", (), ())
    assert asked is None or facts(record, asked) is None
