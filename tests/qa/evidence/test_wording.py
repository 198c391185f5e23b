import pytest

from graph.model import Entity, Name
from graph.schema import PREDICATES
from qa.evidence.wording import LISTS, all_names, chinese_words, fact, listed, name_in, negated_phrase


@pytest.mark.parametrize("predicate", PREDICATES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_predicate_can_be_affirmed_and_negated(predicate: str, language: str) -> None:
    affirmed, negated = (
        fact(predicate, "Aa", "Bb", negated=side, certainty="certain", language=language) for side in (False, True)
    )
    assert affirmed != negated
    for clause in (affirmed, negated):
        assert "Aa" in clause
        assert "Bb" in clause
        assert not clause.endswith((".", "。"))


@pytest.mark.parametrize(
    ("phrase", "negated"),
    [
        ("treats", "does not treat"),
        ("is associated with", "is not associated with"),
        ("has the adverse effect", "does not have the adverse effect"),
        ("underwent", "did not undergo"),
        ("covaries with", "does not covary with"),
    ],
)
def test_negated_phrases(phrase: str, negated: str) -> None:
    assert negated_phrase(phrase) == negated


@pytest.mark.parametrize(
    ("predicate", "affirmed", "negated"),
    [
        ("palliates", "甲缓解乙的症状", "甲并不缓解乙的症状"),
        ("underwent", "甲接受了乙", "甲没有接受乙"),
        ("has_measurement", "甲测得乙", "甲未测乙"),
    ],
)
def test_chinese_words_stand_around_the_names(predicate: str, affirmed: str, negated: str) -> None:
    told = [fact(predicate, "甲", "乙", negated=side, certainty="certain", language="zh") for side in (False, True)]
    assert told == [affirmed, negated]


def test_what_is_not_certain_says_so() -> None:
    assert fact("treats", "A", "B", negated=False, certainty="possible", language="en") == "Possibly, A treats B"
    assert fact("treats", "A", "B", negated=True, certainty="historical", language="zh") == "既往：A不能治疗B"


def test_lists() -> None:
    assert [listed(["A", "B", "C"][:n], "en") for n in range(4)] == ["", "A", "A and B", "A, B and C"]
    assert listed(["甲", "乙", "丙"], "zh") == "甲、乙和丙"


def test_names() -> None:
    drug = Entity("DB:1", "Drug", "Aspirin", synonyms=(Name("阿司匹林", "zh"), Name("拜阿司匹林片", "zh"), Name("ASA")))
    assert (name_in(drug, "zh"), name_in(drug, "en")) == ("阿司匹林", "Aspirin")
    assert all_names(drug) == ("Aspirin", "阿司匹林", "拜阿司匹林片", "ASA")


def test_every_list_has_its_two_places_in_both_languages() -> None:
    for (predicate, _), patterns in LISTS.items():
        assert predicate in PREDICATES
        for pattern in patterns:
            assert pattern.count("{x}") == pattern.count("{list}") == 1
        assert chinese_words(predicate)
