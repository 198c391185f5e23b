import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.view import GraphView
from qa.differential.case.prose import LONGEST, mentions
from qa.differential.matrix import Matrix


def named(view: GraphView, matrix: Matrix, text: str) -> dict[str, tuple[str, str]]:
    return {
        text[mention.start : mention.end]: (mention.entities[0].name, mention.judgement.polarity)
        for mention in mentions(view, matrix, text)
    }


def test_a_list_of_negatives(view: GraphView, matrix: Matrix) -> None:
    assert named(view, matrix, "Headache, no fever, cough or rash.") == {
        "Headache": ("Headache", "affirmed"),
        "fever": ("Fever", "negated"),
        "cough": ("Cough", "negated"),
        "rash": ("Skin rash", "negated"),
    }
    assert named(view, matrix, "头痛，无发热、咳嗽、皮疹。") == {
        "头痛": ("Headache", "affirmed"),
        "发热": ("Fever", "negated"),
        "咳嗽": ("Cough", "negated"),
        "皮疹": ("Skin rash", "negated"),
    }


def test_words_of_degree_stand_within_a_name(view: GraphView, matrix: Matrix) -> None:
    assert "腹部持续性剧痛" in named(view, matrix, "突发腹部持续性剧痛2小时")
    assert "chest is very painful" in named(view, matrix, "My chest is very painful")


def test_places_share_what_they_have(view: GraphView, matrix: Matrix) -> None:
    assert set(named(view, matrix, "chest and abdominal pain")) == {"chest", "abdominal pain"}


def test_what_says_by_itself_that_something_is_not_there(view: GraphView, matrix: Matrix) -> None:
    (mention,) = mentions(view, matrix, "afebrile")
    assert mention.absent
    (mention,) = mentions(view, matrix, "肚子不疼")
    assert mention.absent


def test_what_is_not_well_is_there(view: GraphView, matrix: Matrix) -> None:
    assert [mention.absent for mention in mentions(view, matrix, "没有发热")] == [False]
    assert named(view, matrix, "怕冷、头痛")["头痛"] == ("Headache", "affirmed")
    assert named(view, matrix, "不肯吃奶、咳嗽")["咳嗽"] == ("Cough", "affirmed")
    assert "头一跳一跳地疼" in named(view, matrix, "头一跳一跳地疼两天")


def test_the_words_of_a_relative_are_the_relatives(view: GraphView, matrix: Matrix) -> None:
    (mention,) = mentions(view, matrix, "Family history: mother had seizures.")
    assert mention.judgement.experiencer == "family"


def test_a_text_without_names_and_one_that_is_too_long(view: GraphView, matrix: Matrix) -> None:
    assert mentions(view, matrix, "hello there") == []
    with pytest.raises(ValueError, match="text: 20,001 characters"):
        mentions(view, matrix, "x" * (LONGEST + 1))


@example(text="一无无一0不发热")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(
    ["no ", "fever", "无", "发热", "、", "39.2", "T ", "pain in ", "knee", " and ", "头", "痛", "不", "\n", "mother "]
), max_size=14).map("".join)))  # fmt: skip
def test_any_text_is_read_and_every_place_is_in_it(view: GraphView, matrix: Matrix, text: str) -> None:
    last = 0
    for mention in mentions(view, matrix, text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
