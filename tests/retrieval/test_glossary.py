from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from retrieval.glossary import Glossary, general

ENTRIES = (
    ("糖尿病", "Diabetes mellitus"),
    ("2型糖尿病", "Type 2 diabetes mellitus"),
    ("治疗", "treatment"),
    ("治疗", "therapy"),
    ("二甲双胍", "Metformin"),
    ("格华止", "Metformin"),
    ("ACEI", "ACE inhibitor"),
    ("", "nothing"),
    ("无", ""),
)


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(ENTRIES)


def test_the_longest_entry_is_taken_and_latin_words_stay(glossary: Glossary) -> None:
    assert glossary.english("2型糖尿病怎么治疗?") == "Type 2 diabetes mellitus treatment therapy"
    assert glossary.english("TCF7L2与糖尿病") == "TCF7L2 Diabetes mellitus"
    assert glossary.english("糖尿病糖尿病") == "Diabetes mellitus"


def test_traditional_characters_are_read(glossary: Glossary) -> None:
    assert glossary.english("二甲雙胍") == "Metformin"


def test_an_entry_in_latin_letters_is_a_word_of_its_own(glossary: Glossary) -> None:
    assert glossary.english("acei的作用") == "ACE inhibitor"
    assert glossary.english("PACEID的作用") == "PACEID"


@pytest.mark.parametrize("question", ["", "头", "？！", "\x00\x07", "\ud800", "无"])
def test_what_is_not_known_gives_nothing(glossary: Glossary, question: str) -> None:
    assert glossary.english(question) == ""
    assert Glossary([]).english(question) == Glossary([]).chinese(question) == ""


def test_english_names_are_looked_up_by_their_words(glossary: Glossary) -> None:
    assert glossary.chinese("Does metformin treat type 2 diabetes mellitus?") == "二甲双胍 2型糖尿病"
    assert glossary.chinese("Treatments of gout") == "治疗"
    assert glossary.chinese("gout") == ""


@given(some.text(max_size=60))
def test_any_question_is_read(glossary: Glossary, question: str) -> None:
    assert set(glossary.chinese(question).split()) <= {name for name, _ in ENTRIES}
    assert glossary.english(glossary.english(question)) == glossary.english(question) or glossary.english(question)


def test_a_long_question_is_read_in_part(glossary: Glossary) -> None:
    assert glossary.english("糖尿病" + "啊" * 50_000 + "治疗") == "Diabetes mellitus"


def test_the_shipped_words_are_pairs_that_tell_something() -> None:
    words = general()
    assert len(words) > 2_000
    assert len(set(words)) == len(words)
    for chinese, english in words:
        assert chinese.strip() == chinese
        assert english.strip() == english
        assert chinese
        assert english.isascii(), english
