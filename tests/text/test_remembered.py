from __future__ import annotations

import gc

import pytest

from text.remembered import LONGEST, LONGEST_TEXT, forget_texts, remembered, remembered_of_texts


def test_a_word_is_worked_out_once_and_a_long_one_is_not_kept() -> None:
    asked: list[str] = []

    @remembered(10)
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    short, long = "x" * LONGEST, "x" * (LONGEST + 1)
    assert [length(word) for word in (short, short, long, long)] == [LONGEST, LONGEST, LONGEST + 1, LONGEST + 1]
    assert asked == [short, long, long]


def test_what_is_found_in_a_text_is_found_once_and_is_the_callers_own() -> None:
    asked: list[str] = []

    @remembered_of_texts(2)
    def words(text: str) -> tuple[str, ...]:
        asked.append(text)
        return tuple(text.split())

    words("a b").append("c")
    assert words("a b") == ["a", "b"]
    assert words("\ud800 b") == words("\ud800 b") == ["\ud800", "b"]
    assert asked == ["a b", "\ud800 b"]
    words("c")
    words("a b")
    assert asked == ["a b", "\ud800 b", "c", "a b"], "the last two are kept"
    forget_texts()
    words("a b")
    assert asked[4:] == ["a b"]


def test_no_text_is_kept_and_of_a_long_one_nothing() -> None:
    @remembered_of_texts(10)
    def length(text: str) -> tuple[int, ...]:
        if text == "bad":
            raise ValueError("no text")
        return (len(text),)

    texts = [f"the text {number}" for number in range(3)]
    assert [length(text) for text in texts] == [[10]] * 3
    with pytest.raises(ValueError, match="no text"):
        length("bad")
    keys = [one for one in gc.get_objects() if type(one).__name__ == "_Key"]
    assert len(keys) >= 3
    assert {key.text for key in keys} == {""}
    long = "x" * (LONGEST_TEXT + 1)
    assert length(long) == [LONGEST_TEXT + 1]
