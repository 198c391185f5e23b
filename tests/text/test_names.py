"""When two names are the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.names import is_chinese, normalise, tokens

texts = st.text(
    st.one_of(st.sampled_from("aB1βΩ²ſßﬁİ 发發热－-'’sS.,、é\u0301Ａ"), st.characters(blacklist_categories=["Cs"]))
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Type 2 Diabetes", "type 2 diabetes"),
        ("beta-blocker", "β blocker"),
        ("TNF-α", "tnf alpha"),
        ("Interferon γ-1b", "interferon gamma 1b"),
        ("Crohn's disease", "Crohn disease"),
        ("Crohn’s disease", "crohn disease"),
        ("Sjögren syndrome", "Sjogren syndrome"),
        ("Sjo\u0308gren", "Sjögren"),
        ("COVID\u201019", "COVID-19"),
        ("headaches", "Headache"),
        ("allergies", "allergy"),
        ("ＡＩＤＳ", "aids"),
        ("H₂O", "h2o"),
        ("2型糖尿病", "２型糖尿病"),
        ("發熱", "发热"),
        ("糖尿病（2型）", "糖尿病 2型"),
        ("COVID-19肺炎", "covid 19 肺炎"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("type 1 diabetes", "type 2 diabetes"),
        ("hepatitis A", "hepatitis B"),
        ("AIDS", "aid"),
        ("virus", "viru"),
        ("abscess", "absces"),
        ("hypotension", "hypertension"),
        ("hyper tension", "hypertension"),
        ("高血压", "低血压"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize("text", ["", "  ", "—", "…!?", "、。"])
def test_what_has_no_letter_has_no_name(text: str) -> None:
    assert normalise(text) == ""
    assert tokens(text) == []


def test_tokens_stand_where_they_are_written() -> None:
    text = "In Crohn's disease, TNF-α rises; 发热。"
    assert [(text[t.start : t.end], t.norm) for t in tokens(text)] == [
        ("In", "in"), ("Crohn", "crohn"), ("disease", "disease"), ("TNF", "tnf"), ("α", "alpha"), ("rises", "rise"),
        ("发", "发"), ("热", "热"),
    ]  # fmt: skip


@given(texts)
def test_tokens_are_in_order_and_do_not_overlap(text: str) -> None:
    at = 0
    for token in tokens(text):
        assert at <= token.start < token.end <= len(text)
        assert token.norm
        assert not any(character.isspace() for character in token.norm)
        at = token.end


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(st.one_of(st.sampled_from("βΩώ发發热- 2s"), st.characters(min_codepoint=0x41, max_codepoint=0x24F))))
def test_the_canonical_form_of_unicode_does_not_matter(text: str) -> None:
    """In the scripts that are read here: Latin, Greek and Chinese."""
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


def test_chinese_is_told_by_its_characters() -> None:
    assert is_chinese("COVID肺炎")
    assert is_chinese("𠀀")
    assert not is_chinese("かぜ pneumonia β")
