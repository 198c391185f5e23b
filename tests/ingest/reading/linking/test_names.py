from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading.linking import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5-HT", "5HT"),
        ("tumours", "tumor"),
        ("Oedema", "edema"),
        ("anaemia", "Anemias"),
        ("β-blocker", "beta blockers"),
        ("Alzheimer's disease", "Alzheimer disease"),
        ("type II diabetes", "type 2 diabetes"),
        ("type IIA disease", "type 2A disease"),
        ("ＡＢＣ", "abc"),
        ("adenomata", "adenoma"),
        ("sulphate", "sulfate"),
        ("Sjögren", "Sjogren"),
    ],
)
def test_spellings_of_one_name_have_one_strict_key(one: str, other: str) -> None:
    assert names.squashed(names.words(one)) == names.squashed(names.words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("type I diabetes", "type II diabetes"), ("hypertension", "hypotension"), ("AIDS", "acid"), ("C6", "C7")],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert names.rooted(names.words(one)) != names.rooted(names.words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hypertensive", "hypertension"),
        ("nephrotoxic", "nephrotoxicity"),
        ("schizophrenic", "schizophrenia"),
        ("psychotic", "psychosis"),
        ("epileptic", "epilepsy"),
        ("ischaemic", "ischemia"),
        ("haemorrhagic", "hemorrhage"),
        ("parkinsonian", "parkinsonism"),
    ],
)
def test_words_of_one_family_have_one_root(one: str, other: str) -> None:
    assert names.rooted(names.words(one)) == names.rooted(names.words(other))


def test_the_order_of_words_does_not_matter_to_a_signature() -> None:
    assert names.signature(names.words("Failure, Renal, Acute")) == names.signature(names.words("acute renal failure"))
    assert names.signature(names.words("carcinoma of the breast")) == names.signature(names.words("breast carcinoma"))


def test_a_name_of_empty_words_keeps_them() -> None:
    assert names.signature(names.words("the other")) == ("other", "the")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_words_are_folded_once_and_for_all(text: str) -> None:
    found = names.words(text)
    assert all(word and word == word.casefold() for word in found)
    assert set(names.signature(found)) <= set(found)
    assert bool(names.signature(found)) == bool(found)
    assert len(names.rooted(found)) <= len(set(found)) or not found


def test_kinds_of_keys_do_not_meet() -> None:
    assert names.key("one", "asthma") != names.key("other", "asthma")
    assert names.key("one", ("renal", "failure")) == names.key("one", "renal failure")
