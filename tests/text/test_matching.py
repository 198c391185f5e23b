"""What of a text matches a query: stems, accents, width and script, and what is no match."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as some

from text.matching import Matching


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("Which drugs treat migraines?", "A drug for the treatment of migraine.", ["drug", "migraine"]),
        ("naive TNF-alpha", "Naïve cells make TNF-α.", ["Naïve", "TNF", "α"]),
        ("the of and", "The end of it and more.", []),
        ("gout", "It was about a lout.", []),
        ("头痛怎么办", "患者頭痛三天，服布洛芬。", ["頭痛"]),
        ("糖尿病肾病", "2型糖尿病与肾病", ["糖尿病", "肾病"]),
        ("痛", "头痛", []),
        ("ＡＣＥ inhibitor", "ACE inhibitors", ["ACE", "inhibitors"]),
        ("", "anything", []),
    ],
)
def test_what_matches_is_marked(query: str, text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in Matching(query).spans(text)] == words


@given(some.text(max_size=60), some.text(max_size=120))
def test_spans_lie_in_the_text_in_order_and_apart(query: str, text: str) -> None:
    spans = Matching(query).spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert not edges or 0 <= edges[0] <= edges[-1] <= len(text)


ENDS = ("ions", "ing", "ed", "ational", "fulness", "ousli", "iveness", "izers", "ements", "alities")


def test_several_threads_match_at_once() -> None:
    words = [f"{stem}{end}" for stem in ("infect", "treat", "relat", "condition", "general") for end in ENDS]
    texts = [" ".join(f"{word}{letter}" for word in words) for letter in "abcdefgh"]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns within a word
    try:
        with ThreadPoolExecutor(8) as pool:
            spans = list(pool.map(lambda text: Matching(text.replace(" ", " x ")).spans(text), texts))
    finally:
        sys.setswitchinterval(before)
    assert [len(one) for one in spans] == [len(words)] * len(texts)
