from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.model import Assertion, Entity, Match, Name, Source
from qa.model import Answer, Question
from qa.steps.codes import codes
from tests.qa.conftest import World
from tests.qa.ways.conftest import STORES, opened

MAPPINGS = Source("matches", "curated", title="Exact matches", version="2026")


@pytest.fixture(scope="module", params=STORES)
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, texts: Any) -> Iterator[Any]:
    graph = opened(request.param, request, tmp_path_factory.mktemp("codes"))
    marfan = Entity(
        "MONDO:0007947", "Disease", "Marfan syndrome", synonyms=(Name("马凡综合征", "zh"),),
        xrefs=("ICD10CM:Q87.40", "SNOMEDCT:19346006"), definition="A disorder of connective tissue",
    )  # fmt: skip
    graph.load(Source("names", "curated", title="Names"), [
        marfan,
        Entity("DRUGBANK:DB00331", "Drug", "Metformin", synonyms=(Name("二甲双胍", "zh"),)),
        Entity("ATC:A10BA", "Concept", "Biguanides"),
    ])  # fmt: skip
    graph.load(Source("classes", "curated", title="Classes"), (), [
        Assertion.new("DRUGBANK:DB00331", "subclass_of", "ATC:A10BA", source="classes", sentence="x", record="x",
                      qualifiers={"code": "A10BA02"}),
    ])  # fmt: skip
    graph.add_mappings([Match("ICD10CM:Q87.4", "MONDO:0007947"), Match("OMIM:154700", "MONDO:0007947")], MAPPINGS)
    passages, searcher, _ = texts
    answerer = World(graph, passages, searcher).answerer()
    yield lambda text: answerer.answer(Question(text))
    graph.close()


def value(answer: Answer) -> tuple[str, str]:
    return answer.typed.kind, answer.typed.value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ICD-10 code of Marfan syndrome", "Q87.4"),
        ("马凡综合征的ICD-10编码是多少", "Q87.4"),
        ("OMIM number of Marfan syndrome?", "154700"),
        ("SNOMED code of Marfan syndrome", "19346006"),
        ("MONDO id of Marfan syndrome", "MONDO:0007947"),
        ("ATC code of metformin", "A10BA02"),
        ("二甲双胍的ATC编码", "A10BA02"),
        ("DrugBank id of metformin", "DB00331"),
    ],
)
def test_the_exact_code_comes_first(ask: Any, text: str, code: str) -> None:
    assert value(ask(text)) == ("code", code)


def test_cross_references_are_told_apart_with_who_says_what_is_exact(ask: Any) -> None:
    text = ask("ICD-10 code of Marfan syndrome").text
    assert "Q87.4; cross-references, which may be narrower or broader: Q87.40 (source: Exact matches 2026)" in text


@pytest.mark.parametrize("text", ["What is Q87.4?", "ICD-10 Q87.4 是什么病", "What does OMIM 154700 stand for?"])
def test_a_code_is_told_by_its_name(ask: Any, text: str) -> None:
    assert value(ask(text)) == ("code", "Marfan syndrome")


def test_all_codes_are_told_where_no_vocabulary_is_named(ask: Any) -> None:
    answer = ask("What are the codes of Marfan syndrome?")
    assert {item.name.en for item in answer.typed.items} >= {"ICD-10 Q87.4", "OMIM 154700", "SNOMED CT 19346006"}


def test_what_has_no_such_code_gets_none(ask: Any) -> None:
    assert ask("ATC code of Marfan syndrome").typed.kind != "code"
    assert ask("What is Z99.9?").typed.kind != "code"


def test_it_is_a_step_of_every_plan() -> None:
    from qa.plans.order import PLANS

    assert all(codes in plan.steps for plan in PLANS)
