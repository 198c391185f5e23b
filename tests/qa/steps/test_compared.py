from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.model import PUBLIC
from graph.view import GraphView
from qa.model import Question
from qa.steps.compared import compared
from tests.qa.conftest import World
from tests.qa.ways.conftest import STORES, Stated, opened


@pytest.fixture(scope="module", params=STORES)
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, texts: Any) -> Iterator[Any]:
    graph = opened(request.param, request, tmp_path_factory.mktemp("compared"))
    s = Stated(graph)
    s.entity("MONDO:1", "Disease", "type 1 diabetes mellitus", "1型糖尿病", "type 1 diabetes")
    s.entity("MONDO:2", "Disease", "type 2 diabetes mellitus", "2型糖尿病", "type II diabetes")
    s.entity("DB:metformin", "Drug", "Metformin", "二甲双胍")
    s.entity("DB:glipizide", "Drug", "Glipizide", "格列吡嗪")
    s.entity("HP:1", "Phenotype", "Polyuria", "多尿")
    s.entity("HP:2", "Phenotype", "Obesity", "肥胖")
    s.entity("GENE:1", "Gene", "ABCC8")
    s.names()
    s.curated("hpoa", ("MONDO:1", "has_phenotype", "HP:1"), ("MONDO:2", "has_phenotype", "HP:1"))
    s.curated("hpoa", ("MONDO:2", "has_phenotype", "HP:2"))
    s.curated("drugs", ("DB:metformin", "treats", "MONDO:2"), ("DB:glipizide", "treats", "MONDO:2"))
    s.curated("drugs", ("DB:glipizide", "inhibits", "GENE:1"))
    passages, searcher, _ = texts
    answerer = World(GraphView(graph, PUBLIC).store, passages, searcher).answerer()
    yield lambda text: answerer.answer(Question(text))
    graph.close()


@pytest.mark.parametrize("text", ["type 1 versus type 2 diabetes", "1型和2型糖尿病有什么区别"])
def test_both_sides_are_kept_though_the_common_part_is_said_once(ask: Any, text: str) -> None:
    answer = ask(text)
    assert answer.typed.kind == "comparison"
    assert [item.entity for item in answer.typed.items] == ["MONDO:1", "MONDO:2"]
    assert "Obesity" in answer.text or "肥胖" in answer.text


def test_what_is_stated_of_one_alone_is_said(ask: Any) -> None:
    text = ask("What is the difference between metformin and glipizide?").text
    assert "Uses of Metformin: type 2 diabetes mellitus; uses of Glipizide: type 2 diabetes mellitus" in text
    assert "Targets of Metformin: nothing stated here; targets of Glipizide: ABCC8" in text


def test_only_the_topic_asked_for_is_told(ask: Any) -> None:
    answer = ask("Compare the symptoms of type 1 diabetes and type 2 diabetes mellitus")
    assert "in both: Polyuria" in answer.text
    assert "Metformin" not in answer.text


def test_a_side_that_is_unknown_is_named(ask: Any) -> None:
    text = ask("Compare type 1 and type 4 diabetes").text
    assert "Nothing here goes by the name “type 4 diabetes”" in text


@pytest.mark.parametrize("text", ["Is metformin better than glipizide?", "What is metformin?"])
def test_other_questions_compare_nothing(ask: Any, text: str) -> None:
    assert ask(text).typed.kind != "comparison"


def test_it_is_a_step_of_every_plan() -> None:
    from qa.plans.order import PLANS

    assert all(compared in plan.steps for plan in PLANS)
