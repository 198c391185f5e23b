from __future__ import annotations

import pytest

from text.context import around


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("0/12 lymph nodes positive for metastasis", "0/12 lymph nodes positive for", "neg>"),
        ("none of 12 nodes contained tumor", "none of 12 nodes contained", "neg>"),
        ("in march 2015 she had shingles", "in march 2015 she had", "hist>"),
        ("five years ago: pancreatitis", "five years ago:", "hist>"),
        ("last year she was seen for psychosis", "last year she was seen for", "hist>"),
    ],
)
def test_a_phrase_that_holds_a_number(text: str, phrase: str, kind: str) -> None:
    (trigger,) = around.spelled(text)
    assert (trigger.phrase, trigger.kinds) == (phrase, frozenset({kind}))
    assert text[trigger.start : trigger.end] == phrase


@pytest.mark.parametrize("text", ["10/12 nodes positive for tumor", "in 2015 mg doses", "seen since 2015 for gout"])
def test_other_numbers_are_no_phrase(text: str) -> None:
    assert list(around.spelled(text)) == []


@pytest.mark.parametrize(
    ("behind", "there"),
    [(" for two weeks", True), (" x3 days", True), (" 2+ bilaterally", True), (" on ct", True), (" since may", True),
     (" for her", False), (" or rash", False), ("", False)],
)  # fmt: skip
def test_what_has_lasted_is_there(behind: str, there: bool) -> None:
    assert around.lasts("edema" + behind, 5) is there


@pytest.mark.parametrize(
    ("text", "then"),
    [("pancreatitis in 2009", True), ("pancreatitis (2009)", True), ("diagnosed with pancreatitis in 2009", False),
     ("pancreatitis in 2009-2010", False), ("pancreatitis in march", False)],
)  # fmt: skip
def test_a_year_behind_the_mention(text: str, then: bool) -> None:
    start = text.index("pancreatitis")
    assert around.dated(text, start, start + 12) is then


@pytest.mark.parametrize(
    ("between", "of_case"),
    [(" this is ", True), (" it's ", True), (" that the rash is due to ", True), (" the drug for ", False)],
)
def test_what_an_opinion_is_about(between: str, of_case: bool) -> None:
    assert around.of_the_case(between) is of_case


@pytest.mark.parametrize(
    ("phrase", "between", "attribute"),
    [
        ("没有", "发热的", True),
        ("不伴", "胸痛的", True),
        ("没有", "明显的", False),
        ("否认", "药物的", False),
        ("无", "的", False),
    ],
)
def test_a_denial_within_an_attribute(phrase: str, between: str, attribute: bool) -> None:
    assert around.attributive(phrase, between) is attribute


@pytest.mark.parametrize(
    ("between", "out"), [(" inhaler), ", True), (" (or chills), ", False), ("药）、", True), (" rash ", False)]
)
def test_a_bracket_that_was_open(between: str, out: bool) -> None:
    assert around.outside(between) is out


def test_conditions_questions_and_doubt() -> None:
    assert around.conditional("should fever develop, call", 7, 12)
    assert not around.conditional("the fever develops slowly", 4, 9)
    assert around.asks("could this be gout?")
    assert not around.asks("this is gout?")
    assert around.doubted("?gout", 1, 5, chinese=False)
    assert around.doubted("gout vs pseudogout", 0, 4, chinese=False)
    assert not around.doubted("gout", 0, 4, chinese=False)
    assert around.clause_before("retinopathy in patients with diabetes", 29)
    assert not around.clause_before("in diabetes", 3)


def test_a_list_that_is_announced() -> None:
    assert around.announced(" the following diseases at any time: asthma, ")
    assert not around.announced(" the following day: ".replace(":", ""))
    assert not around.announced(" fever: ")
