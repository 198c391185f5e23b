from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from text.fold import fold, query_words


def test_chinese_is_written_as_overlapping_pairs() -> None:
    assert fold("头痛患者").split() == ["头痛", "痛患", "患者"]
    assert fold("服 药").split() == ["服", "药"]
    assert fold("用ACE抑制剂").split() == ["用", "ACE", "抑制", "制剂"]


def test_traditional_and_simplified_are_one() -> None:
    assert fold("頭痛") == fold("头痛")


def test_width_and_greek_letters_are_folded() -> None:
    assert fold("ＴＮＦ-α").split() == ["TNF-", "alpha"]
    assert query_words("TNF-α") == query_words("TNF-alpha") == ["tnf", "alpha"]


def test_words_that_say_nothing_are_left_out() -> None:
    assert query_words("What is the treatment of gout?") == ["treatment", "gout"]
    assert query_words("什么药可以治疗头痛？") == ["药", "治疗", "疗头", "头痛"]
    assert query_words("is it the?!  ") == []


def test_words_come_once_and_in_order() -> None:
    assert query_words("Gout, fever, GOUT") == ["gout", "fever"]


@given(some.text())
def test_any_text_can_be_folded_and_asked(text: str) -> None:
    assert fold(text) == fold(text)
    assert all(word and not any(c in word for c in '"*():^ ') for word in query_words(text))


def test_a_gap_among_the_greek_letters_is_no_letter() -> None:
    assert fold("TNF-Ω \u03a2") == "TNF- omega  \u03a2"


def test_half_a_character_in_a_question_is_no_word() -> None:
    assert query_words("gout \ud83d 头痛") == ["gout", "头痛"]
