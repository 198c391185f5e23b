"""Which plan answers which question about a drug, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.asked.understand import STRANGER
from qa.model import AskedEntity
from qa.plans import alternatives, genotype, indication, mechanism, repurposing
from qa.plans.order import PLANS, rules

DRUG = AskedEntity("X:warfarin", "Drug", "Warfarin", "warfarin", False, "")
OTHER = AskedEntity("X:aspirin", "Drug", "Aspirin", "aspirin", False, "")
STRANGE = AskedEntity(f"{STRANGER}warfarn", "Drug", "warfarn", "warfarn", False, "")
SUGAR = AskedEntity("X:glucose", "Drug", "Blood Glucose", "blood sugar", False, "")
GOUT = AskedEntity("D:gout", "Disease", "Gout", "gout", False, "")
COUGH = AskedEntity("P:cough", "Phenotype", "Cough", "cough", False, "")


@pytest.mark.parametrize(
    ("text", "named", "intent"),
    [
        ("How does warfarin work?", [DRUG], mechanism.PLAN.intent),
        ("这个药的作用机制是什么？", [DRUG], mechanism.PLAN.intent),
        ("Why does warfarin thin the blood?", [DRUG], mechanism.PLAN.intent),
        ("Explain step by step how warfarin lowers clotting.", [DRUG], mechanism.PLAN.intent),
        ("Why does warfarin lower blood sugar?", [DRUG, SUGAR], mechanism.PLAN.intent),
        ("华法林是怎样抑制凝血的？", [DRUG], mechanism.PLAN.intent),
        ("How does aspirin raise the effect of warfarin?", [DRUG, OTHER], "interaction"),
        ("Does aspirin damage the kidneys?", [OTHER], "adverse_effect"),
        ("阿司匹林伤胃吗？", [OTHER], "adverse_effect"),
        ("By which mechanism do they interact?", [DRUG, OTHER], "interaction"),
        ("What is warfarin indicated for?", [DRUG], indication.PLAN.intent),
        ("它的适应症有哪些？", [DRUG], indication.PLAN.intent),
        ("warfarin in a CYP2C9 poor metabolizer", [DRUG], genotype.PLAN.intent),
        ("CYP2C19 慢代谢者能用吗", [DRUG], genotype.PLAN.intent),
        ("What can replace warfarin?", [DRUG], alternatives.PLAN.intent),
        ("有什么药可以替代？", [DRUG], alternatives.PLAN.intent),
        ("Which drugs might be repurposed for gout?", [GOUT], repurposing.PLAN.intent),
        ("痛风有哪些候选药物可以老药新用？", [GOUT], repurposing.PLAN.intent),
        ("How often does warfarin cause cough?", [DRUG, COUGH], "adverse_effect"),
        ("warfarin with an eGFR of 20", [DRUG], "contraindication"),
        ("Which drugs treat gout?", [GOUT], "treatment"),
        ("What is gout?", [GOUT], "definition"),
        ("Warfarn and asprin?", [STRANGE, OTHER], "interaction"),
        ("What about aspirin with warfarin?", [DRUG, OTHER], "interaction"),
        ("What is the maximum dose of warfarin with aspirin?", [DRUG, OTHER], "interaction"),
        ("用华法林期间能吃阿司匹林吗？", [DRUG, OTHER], "interaction"),
        ("May a woman with gout use aspirin?", [OTHER, GOUT], "contraindication"),
        ("阿司匹林可以给痛风患者用吗？", [OTHER, GOUT], "contraindication"),
        ("Can a 10-year-old take aspirin?", [OTHER], "contraindication"),
        ("Can a child of 8 get aspirin?", [OTHER], "contraindication"),
        ("8岁儿童能吃阿司匹林吗？", [OTHER], "contraindication"),
        ("Is aspirin OK with an eGFR of 25?", [OTHER, replace(STRANGE, surface="eGFR of 25")], "contraindication"),
        ("Are there any drugs that don't interact with aspirin?", [OTHER], alternatives.PLAN.intent),
        ("与阿司匹林没有相互作用的药有哪些？", [OTHER], alternatives.PLAN.intent),
        ("Is there no interaction between warfarin and aspirin?", [DRUG, OTHER], "interaction"),
        ("What is the difference between warfarin and aspirin?", [DRUG, OTHER], "definition"),
    ],
)
def test_a_question_finds_its_plan(text: str, named: list[AskedEntity], intent: str) -> None:
    assert rules(PLANS).intent(text, named) == intent
