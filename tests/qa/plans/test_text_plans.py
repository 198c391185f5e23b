"""The plans that texts answer: how their questions are told, and in which order texts and statements are given."""

from typing import Any

import pytest

from qa.model import AskedEntity, Question
from qa.plans import (
    advice,
    antidote,
    dose,
    epidemiology,
    monitoring,
    presentation,
    prevention,
    prognosis,
    study,
    workup,
)
from qa.plans.plan import Plan

MEASLES = (AskedEntity("DOID:8622", "Disease", "Measles", "measles", False, ""),)
WARFARIN = (AskedEntity("DB:warfarin", "Drug", "Warfarin", "warfarin", False, ""),)


@pytest.mark.parametrize(
    ("plan", "text", "named"),
    [
        (workup.PLAN, "Which test confirms measles?", MEASLES),
        (workup.PLAN, "麻疹要做哪些检查？", MEASLES),
        (dose.PLAN, "How much warfarin should an adult take?", WARFARIN),
        (dose.PLAN, "华法林一次吃几片？", WARFARIN),
        (monitoring.PLAN, "What must be monitored on warfarin?", WARFARIN),
        (monitoring.PLAN, "吃华法林要定期复查什么？", WARFARIN),
        (antidote.PLAN, "Is there an antidote to warfarin?", WARFARIN),
        (antidote.PLAN, "华法林的解毒药是什么？", WARFARIN),
        (prognosis.PLAN, "What is the outlook of measles?", MEASLES),
        (prognosis.PLAN, "麻疹有哪些并发症？", MEASLES),
        (prevention.PLAN, "How is measles prevented?", MEASLES),
        (prevention.PLAN, "麻疹怎么预防？", MEASLES),
        (epidemiology.PLAN, "How common is measles?", MEASLES),
        (epidemiology.PLAN, "麻疹的发病率是多少？", MEASLES),
        (presentation.PLAN, "What are the symptoms of measles?", MEASLES),
        (presentation.PLAN, "麻疹有什么症状？", MEASLES),
        (study.PLAN, "Is there a randomised trial in measles?", MEASLES),
        (study.PLAN, "麻疹有没有随机对照试验？", MEASLES),
        (advice.PLAN, "What should a child with measles eat, and what diet in measles?", MEASLES),
        (advice.PLAN, "麻疹饮食上要注意什么？", MEASLES),
    ],
)
def test_a_question_is_told_by_its_words(plan: Plan, text: str, named: tuple[AskedEntity, ...]) -> None:
    cue = plan.cue or plan.weaker
    assert cue is not None
    assert cue(text, named)
    assert not cue("aspirin", ())


def test_two_drugs_together_are_no_question_of_a_dose() -> None:
    aspirin = AskedEntity("DB:aspirin", "Drug", "Aspirin", "aspirin", False, "")
    assert dose.PLAN.cue is not None
    assert not dose.PLAN.cue("What is the maximum dose of warfarin with aspirin?", (*WARFARIN, aspirin))


def test_a_number_that_a_text_tells_is_given_as_value(world: Any) -> None:
    answer = world.answerer().answer(Question("What dose of metformin was tolerated?"))
    assert (answer.typed.kind, answer.typed.value, answer.typed.unit) == ("value", "500", "mg")
    assert "(Metformin in type 2 diabetes mellitus, 2020; PMID:2)" in answer.text


@pytest.mark.parametrize(
    "text", ["How much metformin can I take?", "maximum dose of metformin", "二甲双胍一次吃多少？"]
)
def test_what_a_trial_gave_is_no_dose_for_somebody(world: Any, text: str) -> None:
    answer = world.answerer().answer(Question(text))
    assert answer.abstained
    assert "500" not in answer.message


def test_what_no_text_tells_is_withheld_with_what_was_asked(world: Any) -> None:
    answer = world.answerer().answer(Question("Which test confirms measles?"))
    assert answer.abstained
    assert answer.message.startswith("Nothing among the texts here tells how Measles is diagnosed.")
    chinese = world.answerer().answer(Question("麻疹要做哪些检查？"))
    assert chinese.message.startswith("此处的文献没有说明麻疹如何诊断。")
