"""Stems and choices as people write them."""

from __future__ import annotations

import pytest

from qa.verdicts.stem import letter, stem_of


@pytest.mark.parametrize(
    "text",
    [
        "Which gene? A. FBN1 B. CFTR C. HMGCR",
        "Which gene?\nA) FBN1\nB) CFTR\nC) HMGCR",
        "Which gene? (A) FBN1 (B) CFTR (C) HMGCR",
        "是哪个基因？A、FBN1 B、CFTR C、HMGCR",
        "是哪个基因？\nA．FBN1\nB．CFTR\nC．HMGCR",
    ],
)
def test_choices_are_found_in_the_text(text: str) -> None:
    stem = stem_of(text, ())
    assert stem is not None
    assert stem.choices == ("FBN1", "CFTR", "HMGCR")
    assert "FBN1" not in stem.text


def test_a_text_without_choices_has_none() -> None:
    assert stem_of("Vitamin A. Is it good?", ()) is None
    assert stem_of("What treats asthma?", ()) is None


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Which of these is NOT a statin?", True),
        ("All are typical except", True),
        ("以下哪个不属于他汀类药物？", True),
        ("Which drug must NOT be given because of the interaction?", False),
        ("患儿几乎不会说话，应首先考虑哪种综合征？", False),
        ("Which drug is a statin?", False),
    ],
)
def test_the_odd_one_is_asked_for_in_the_clause_of_the_choices(text: str, odd: bool) -> None:
    stem = stem_of(text, ("a", "b"))
    assert stem is not None
    assert stem.odd is odd


def test_letters() -> None:
    assert [letter(0), letter(3)] == ["A", "D"]
