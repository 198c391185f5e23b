from typing import Any

import pytest

from qa.steps.concerning import Thing, concerned
from retrieval.model import DocumentInfo, Hit, Passage

HYPERTENSION = Thing("hypertension", frozenset({"hypertension", "高 血 压"}), "Disease", frozenset({"DOID:10763"}))
ASPIRIN = Thing("aspirin", frozenset({"aspirin"}), "Drug", frozenset({"DB:aspirin"}))
WARFARIN = Thing("warfarin", frozenset({"warfarin"}), "Drug", frozenset({"DB:warfarin"}))


def hit(title: str, text: str, nearness: float = 3.0) -> Hit:
    return Hit(
        Passage("P", "D", 0, "text", 0, len(text), text), DocumentInfo("D", title=title), 1.0, {"nearness": nearness}
    )


@pytest.fixture
def sure(asking: Any) -> Any:
    view = asking("aspirin").view.graph

    def of(one: Hit, *things: Thing, question: str = "treatment?", least: int = 1) -> float:
        return concerned([one], question, things, view, least).get("D", 0.0)

    return of


def test_a_title_that_names_it(sure: Any) -> None:
    assert sure(hit("What are the treatments for Hypertension ?", "Pills."), HYPERTENSION) == 1
    assert sure(hit("高血压的治疗", "药物。"), HYPERTENSION) == 1


def test_what_is_named_in_passing_is_not_what_a_text_is_about(sure: Any) -> None:
    assert sure(hit("Gout", "Some had hypertension.", 2.2), HYPERTENSION) == 0
    assert sure(hit("Gout", "Nothing of it.", 3.0), HYPERTENSION) == 0


def test_a_longer_name_is_of_something_else(sure: Any, asking: Any) -> None:
    myopia = Thing("myopia", frozenset({"myopia"}), "Phenotype", frozenset({"HP:0000545"}))
    assert sure(hit("Myopia in school", "Glasses."), myopia) == 1
    assert sure(hit("High myopia in school", "Glasses.", 2.2), myopia) == 0


def test_every_drug_must_be_there(sure: Any) -> None:
    assert sure(hit("Aspirin with warfarin", "Bleeding."), ASPIRIN, WARFARIN) > 0.8
    assert sure(hit("Aspirin after stroke", "Bleeding.", 5.0), ASPIRIN, WARFARIN) == 0


def test_where_nothing_is_named_the_words_decide(sure: Any) -> None:
    question = "How many carers recovered with self-help?"
    assert sure(hit("Carers", "Self-help: carers recovered."), question=question) > 0
    assert sure(hit("Weather", "It rains.", 2.1), question=question) == 0
    assert sure(hit("麻疹", "发热。", 5.0), question="今天天气怎么样？") == 0
