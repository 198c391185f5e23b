"""Which plan answers which question: all cues in their order, over what the graph names."""

import pytest

from graph.view import GraphView
from qa.asked.understand import understand
from qa.model import Question
from qa.plans.order import PLANS, rules

ROUTER = rules(PLANS)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What disease causes fever and skin rash?", "diagnosis"),
        ("Which condition presents with ectopia lentis and arachnodactyly?", "diagnosis"),
        ("A 30-year-old patient with fever and cough", "diagnosis"),
        ("Patient with ectopia lentis, arachnodactyly and myopia: diagnosis?", "diagnosis"),
        ("What could fever and cough be?", "diagnosis"),
        ("What causes chest pain?", "diagnosis"),
        ("How is type 2 diabetes mellitus treated?", "treatment"),
        ("What drugs are used for hypertension?", "treatment"),
        ("Does metformin treat type 2 diabetes mellitus?", "treatment"),
        ("What are the side effects of aspirin?", "adverse_effect"),
        ("Can ibuprofen cause gastrointestinal hemorrhage?", "adverse_effect"),
        ("Which drugs cause gastrointestinal hemorrhage?", "adverse_effect"),
        ("What antibiotics are known to induce fever?", "adverse_effect"),
        ("Which drugs treat fever caused by measles?", "treatment"),
        ("What causes hypertension?", "cause"),
        ("Can I take aspirin and warfarin together?", "interaction"),
        ("Does ibuprofen interact with warfarin?", "interaction"),
        ("Is propranolol contraindicated in asthma?", "contraindication"),
        ("Is ibuprofen safe in pregnancy?", "contraindication"),
        ("Can aspirin be used in pregnancy?", "contraindication"),
        ("What is Marfan syndrome?", "definition"),
        ("What are the symptoms of measles?", "presentation"),
        ("measles", "general"),
        ("发热、咳嗽和皮疹是什么病？", "diagnosis"),
        ("患者晶状体异位，蜘蛛指，可能是什么病？", "diagnosis"),
        ("高血压怎么治疗？", "treatment"),
        ("哮喘吃什么药？", "treatment"),
        ("阿司匹林有哪些副作用？", "adverse_effect"),
        ("哪些药会引起消化道出血？", "adverse_effect"),
        ("高血压的病因是什么？", "cause"),
        ("阿司匹林和华法林能一起吃吗？", "interaction"),
        ("哮喘患者能用普萘洛尔吗？", "contraindication"),
        ("什么是马凡综合征？", "definition"),
        ("麻疹有哪些症状？", "presentation"),
    ],
)
def test_intent(public: GraphView, text: str, intent: str) -> None:
    understanding = understand(Question(text), public, ROUTER)
    assert understanding.intent == intent


def test_every_intent_has_one_plan() -> None:
    assert len({plan.intent for plan in PLANS}) == len(PLANS)


def test_what_no_cue_fits_is_answered_by_the_last_plan() -> None:
    assert rules(PLANS).intent("", ()) == "general"
    assert rules(PLANS[:2]).intent("", ()) == PLANS[1].intent
