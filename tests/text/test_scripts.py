import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.scripts import CJK, GREEK, simplified, simplified_each


def test_a_phrase_decides_what_a_character_becomes() -> None:
    assert simplified("頭髮乾燥，發熱") == "头发干燥，发热"


@pytest.mark.parametrize(
    ("text", "each"), [("無發熱", "无发热"), ("β受體", "β受体"), ("no fever", "no fever"), ("", "")]
)
def test_characters_are_simplified_one_by_one(text: str, each: str) -> None:
    assert simplified_each(text) == each


@given(st.text(st.characters() | st.sampled_from("發熱頭髮乾無嗎"), max_size=30))
def test_no_offset_moves(text: str) -> None:
    assert len(simplified_each(text)) == len(text)


def test_every_character_has_one_simplified_form() -> None:
    first, last = CJK.split("-")[1][1:], CJK.split("-")[2][0]
    assert (first, last) == ("\u4e00", "\u9fff")
    every = "".join(map(chr, range(ord(first), ord(last) + 1)))
    converter = opencc.OpenCC("t2s")
    assert [c for c in every if len(converter.convert(c)) != 1] == []
    assert simplified_each(every) == "".join(converter.convert(c) for c in every)


def test_every_greek_letter_is_spelled() -> None:
    assert set(GREEK) == {chr(c) for c in range(ord("α"), ord("ω") + 1)}
    assert all(spelled.isascii() and spelled.isalpha() for spelled in GREEK.values())
