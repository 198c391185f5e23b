"""The plans whose questions the graph alone answers: codes, genes, inheritance."""

import pytest

from qa.model import AskedEntity
from qa.plans import code, gene, inheritance
from qa.plans.order import PLANS, rules
from qa.plans.plan import Plan

DRUG, DISEASE, GENE = (
    AskedEntity(f"X:{name}", type, name, name, False, "")
    for type, name in (("Drug", "metformin"), ("Disease", "gout"), ("Gene", "FBN1"))
)


@pytest.mark.parametrize(
    ("plan", "text", "named"),
    [
        (code.PLAN, "ICD-10 code of gout", [DISEASE]),
        (code.PLAN, "痛风的ICD-10编码", [DISEASE]),
        (code.PLAN, "What is G35?", []),
        (gene.PLAN, "Which gene is mutated in gout?", [DISEASE]),
        (gene.PLAN, "FBN1突变会导致哪些疾病", [GENE]),
        (inheritance.PLAN, "How is gout inherited?", [DISEASE]),
        (inheritance.PLAN, "gout的遗传方式", [DISEASE]),
    ],
)
def test_the_rules_choose_the_plan(plan: Plan, text: str, named: list[AskedEntity]) -> None:
    assert rules(PLANS).intent(text, named) == plan.intent


def test_a_gene_beside_a_drug_is_asked_of_the_genotype() -> None:
    assert gene.PLAN.cue is not None
    assert not gene.PLAN.cue("genes that change the dose of metformin", [DRUG, GENE])
