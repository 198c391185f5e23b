from __future__ import annotations

from text.remembered import LONGEST, remembered


def test_a_word_is_worked_out_once_and_a_long_one_is_not_kept() -> None:
    asked: list[str] = []

    @remembered(10)
    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    short, long = "x" * LONGEST, "x" * (LONGEST + 1)
    assert [length(word) for word in (short, short, long, long)] == [LONGEST, LONGEST, LONGEST + 1, LONGEST + 1]
    assert asked == [short, long, long]
