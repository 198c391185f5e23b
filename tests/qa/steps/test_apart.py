"""What a drug must not be combined with, among its contraindications."""

from __future__ import annotations

from typing import Any

import pytest

from qa.model import Question
from qa.plans.contraindication import PLAN
from qa.steps.apart import apart
from tests.qa.conftest import World
from tests.qa.ways.conftest import Stated, stated

__all__ = ["stated"]


@pytest.fixture
def ask(stated: Stated, texts: Any) -> Any:
    stated.entity("DRUGBANK:1", "Drug", "Sildenafil", "西地那非")
    stated.entity("DRUGBANK:2", "Drug", "Amlodipine", "氨氯地平")
    stated.entity("MEDGRAPH:group-nitrate", "Concept", "organic nitrate", "硝酸酯类")
    stated.entity("MEDGRAPH:group-pde5", "Concept", "PDE5 inhibitor", "磷酸二酯酶抑制剂")
    stated.names()
    stated.curated("classes", ("DRUGBANK:1", "has_role", "MEDGRAPH:group-pde5"))
    stated.curated(
        "rules", ("MEDGRAPH:group-nitrate", "interacts_with", "MEDGRAPH:group-pde5"), severity="contraindicated"
    )
    stated.curated("mild", ("DRUGBANK:1", "interacts_with", "DRUGBANK:2"), severity="moderate")
    passages, searcher, _ = texts
    answerer = World(stated.graph, passages, searcher).answerer()
    return lambda text: answerer.answer(Question(text)).text


def test_what_is_forbidden_beside_it_is_told_and_no_more(ask: Any) -> None:
    english, chinese = ask("contraindications to sildenafil"), ask("西地那非的禁忌")
    assert "Sildenafil must not be combined with: organic nitrate" in english
    assert "西地那非禁止与以下药物合用：硝酸酯类" in chinese
    assert "Amlodipine" not in english


def test_it_is_a_step_of_the_plan() -> None:
    assert apart in PLAN.steps
