"""Answers against what a right one holds."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.answers.judge import judge
from evaluation.answers.questions import Gold
from qa.evidence.typed import AnswerType, Item, Typed, Verdict, Weighed
from qa.evidence.wording import Words
from qa.model import Answer


def an_answer(text: str, typed: Typed | None = None) -> Answer:
    return Answer(
        text=text, abstained=not text, reason="" if text else "no_evidence", message="", sentences=(), evidence=(),
        typed=typed or Typed(),
    )  # fmt: skip


def a_list(*names: str) -> Typed:
    return Typed("list", items=tuple(Item(Words(name)) for name in names), total=len(names))


def gold(shape: str = "text", **fields: Any) -> Gold:
    return Gold(id="1", question="?", shape=shape, **fields)


@pytest.mark.parametrize(
    ("wanted", "text", "mark"),
    [
        (gold(must=(("valproate", "valproic acid"),)), "Valproic acid treats it.", "right"),
        (gold(must=(("valproate",), ("lithium",))), "Valproate treats it.", "partly"),
        (gold(must=(("valproate",),)), "Aspirin does.", "wrong"),
        (gold(must=(("a",),), must_not=(("warfarin",),)), "A warfarin text.", "wrong"),
        (gold(must=(("valproate",),)), "", "withheld"),
        (gold(abstain=True), "", "right"),
        (gold(abstain=True), "Zentravil is safe.", "wrong"),
    ],
)
def test_words_decide_where_nothing_else_is_told(wanted: Gold, text: str, mark: str) -> None:
    assert judge(wanted, an_answer(text)).mark == mark


@pytest.mark.parametrize(
    ("answer", "verdict", "mark"),
    [
        ("yes", "yes", "right"),
        ("True", "yes", "right"),
        ("错", "no", "right"),
        ("no", "yes", "wrong"),
        ("no", "", "wrong"),
    ],
)
def test_a_verdict_is_the_expected_one_or_the_contrary(answer: str, verdict: Verdict, mark: str) -> None:
    typed = Typed("verdict", verdict=verdict)
    judged = judge(gold("yes_no", answer=((answer,),)), an_answer("Some words.", typed))
    assert (judged.mark, judged.verdict) == (mark, mark == "right")


def test_a_choice_is_right_by_its_letters_or_texts() -> None:
    typed = Typed("choice", value="B", choices=(Weighed("A", "gout", False, 0), Weighed("B", "lupus", True, 1)))
    by_letter = gold("choice", answer=(("b",),), choices=("gout", "lupus"))
    by_text = gold("choice", answer=(("lupus",),), choices=("gout", "lupus"))
    other = gold("choice", answer=(("A",),), choices=("gout", "lupus"))
    marks = [judge(one, an_answer("B.", typed)).mark for one in (by_letter, by_text, other)]
    assert marks == ["right", "right", "wrong"]


def test_a_list_is_right_when_most_of_it_is_there() -> None:
    wanted = gold("list", answer=(("Phenytoin",), ("valproate", "Valproic acid"), ("Lamotrigine",), ("Topiramate",)))
    whole = judge(wanted, an_answer("There are 5.", a_list("valproic acid", "phenytoin", "lamotrigine", "other")))
    assert (whole.mark, whole.recall, whole.precision) == ("right", 0.75, 0.75)
    assert whole.f1 == pytest.approx(0.75)
    assert judge(wanted, an_answer("There is 1.", a_list("phenytoin"))).mark == "partly"
    assert judge(wanted, an_answer("There is 1.", a_list("aspirin"))).mark == "wrong"


@pytest.mark.parametrize(("kind", "total", "mark"), [("count", 12, "right"), ("count", 13, "wrong")])
def test_a_count_is_the_number(kind: AnswerType, total: int, mark: str) -> None:
    judged = judge(gold("count", answer=(("12",),)), an_answer("They are listed.", Typed(kind, total=total)))
    assert judged.mark == mark
