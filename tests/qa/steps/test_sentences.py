from typing import Any

import pytest

from qa.steps.passages import things_asked
from qa.steps.sentences import GIVEN, Search, answering


@pytest.fixture
def find(asking: Any) -> Any:
    def of(text: str, topic: str = "general") -> Search:
        made = asking(text)
        things = things_asked(made)
        names = {thing.asked: sorted(thing.forms) for thing in things}
        return answering(made.view, text, things, names, topic)

    return of


def quotes(search: Search) -> str:
    return " | ".join(found.text for found in search.found)


def test_the_sentence_that_answers_comes_first(find: Any) -> None:
    search = find("When does the rash of measles appear?")
    assert "three to five days" in search.found[0].text
    assert len(search.found) <= GIVEN


def test_a_chinese_question_finds_chinese_text(find: Any) -> None:
    assert "三至五天后出现皮疹" in quotes(find("麻疹什么时候出皮疹？"))


def test_a_number_asked_for_stands_in_what_is_given(find: Any) -> None:
    assert "500 mg" in quotes(find("What dose of metformin was tolerated?", "dose"))
    assert find("What dose of ibuprofen was tolerated?", "dose").found == ()


def test_what_is_not_of_the_topic_is_not_given(find: Any) -> None:
    assert find("Which test confirms measles?", "workup").found == ()


def test_another_thing_s_sentence_is_never_given(find: Any) -> None:
    assert find("How is Marfan syndrome treated?", "treatment").found == ()
    assert all(found.hit.passage.document == "PMID:4" for found in find("aspirin together with warfarin").found)


def test_a_title_is_no_answer(find: Any) -> None:
    assert all(found.text != found.hit.document.title for found in find("metformin in type 2 diabetes mellitus").found)


def test_what_is_given_stands_so_in_its_document(world: Any, find: Any) -> None:
    for found in find("Which drug lowered fever in children?").found:
        text = world.passages.text(found.hit.passage.document, access=None)
        assert text[found.start : found.end] == found.text
        assert found.sentence in found.text


def test_no_dose_of_grown_people_is_told_for_a_child(find: Any) -> None:
    assert find("我儿子3岁，二甲双胍的剂量是多少毫克？", "dose").found == ()
    assert find("What dose of metformin for my 3-year-old?", "dose").found == ()


def test_what_is_told_of_people_is_no_answer_for_their_animals(find: Any) -> None:
    assert find("measles: do the dogs need treating too?", "treatment").found == ()
