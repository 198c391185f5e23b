"""What the Chinese recognizer reads: plain characters, each with its place in the text as given."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from ingest.reading.recognition.chinese_text import ALONE, FIRST, INNER, LAST, divide, plain, tokenize, windows

VOCABULARY = ["<s>", "<pad>", "</s>", "<unk>", "糖", "尿", "病", "糖尿病", "患", "者", "患者", "cr", "c", "r", "1",
              "120", "2", "0", ",", "/", "头", "痛", "α"]  # fmt: skip
TOKENIZER = divide(Tokenizer(models.Unigram([(piece, -float(len(piece) < 2)) for piece in VOCABULARY], unk_id=3)))


def pieces(text: str) -> list[str]:
    return [VOCABULARY[id] for id in tokenize(text, TOKENIZER).ids]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Ｃｒ１２０，ＭＲＩ", "cr120,mri"),
        ("頭痛、發燒", "头痛、发烧"),
        (" 血 壓\t高\n\u3000", "血压高"),
        ("37.5℃ ①", "37.5°c1"),
        ("\u200b\ufeff咳嗽\x00\u202e", "咳嗽"),
        ("", ""),
    ],
)
def test_plain_form(text: str, form: str) -> None:
    assert plain(text)[0] == form


def test_every_character_of_a_plain_form_has_its_source() -> None:
    form, sources = plain("體溫 37℃")
    assert form == "体温37°c"
    assert sources.tolist() == [0, 1, 3, 4, 5, 5]


def test_a_character_is_a_token_and_knows_its_word() -> None:
    tokens = tokenize("糖尿病患者頭痛", TOKENIZER)
    assert [VOCABULARY[id] for id in tokens.ids] == list("糖尿病患者头痛")
    assert [VOCABULARY[id] for id in tokens.words] == ["糖尿病"] * 3 + ["患者"] * 2 + ["头", "痛"]
    assert tokens.places.tolist() == [FIRST, INNER, LAST, FIRST, LAST, ALONE, ALONE]


def test_runs_of_letters_and_digits_are_read_by_pieces() -> None:
    assert pieces("ＣＲ120/2α") == ["cr", "120", "/", "2", "α"]


def test_unknown_characters_stay_apart() -> None:
    tokens = tokenize("貔貅痛😀", TOKENIZER)
    assert [VOCABULARY[id] for id in tokens.ids] == ["<unk>", "<unk>", "痛", "<unk>"]
    assert tokens.offsets.tolist() == [[0, 1], [1, 2], [2, 3], [3, 4]]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("糖尿病患者頭痛ＣＲ１２０ α\ud800\u200f"))))
def test_offsets_point_into_the_text(text: str) -> None:
    tokens = tokenize(text, TOKENIZER)
    spans = tokens.offsets.tolist()
    assert all(0 <= start < end <= len(text) for start, end in spans)
    # Two tokens of one character (℃) share it; otherwise they stand one after the other.
    assert all(a[1] <= b[0] or (b[1] - b[0] == 1 and a[1] - 1 == b[0]) for a, b in pairwise(spans))
    for id, (start, end) in zip(tokens.ids, spans, strict=True):
        if VOCABULARY[id] != "<unk>":
            assert VOCABULARY[id] in plain(text[start:end])[0]


@given(st.integers(0, 2000), st.integers(9, 80), st.integers(0, 4))
def test_every_token_is_kept_in_just_one_window(count: int, limit: int, margin: int) -> None:
    found = list(windows(count, limit, margin))
    assert [at for window in found for at in range(*window.keep)] == list(range(count))
    for window in found:
        assert window.end - window.start <= limit
        assert window.start == 0 or window.keep[0] - window.start >= margin
        assert window.end == count or window.end - window.keep[1] >= margin
