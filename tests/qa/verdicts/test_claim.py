"""What states something, what asks, and what does neither."""

from __future__ import annotations

import pytest

from graph.view import GraphView
from qa.verdicts.claim import asks_leave, claim_in, denies, form_of, is_of_somebody, permits, plain, relevant
from qa.verdicts.thing import things_in


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Metformin is a statin.", "statement"),
        ("It is true that metformin treats acne.", "statement"),
        ("二甲双胍用于痤疮，这一说法正确吗？", "statement"),
        ("Does metformin treat acne?", "question"),
        ("二甲双胍能治痤疮吗", "question"),
        ("GP: on simvastatin, clarithromycin ok?", "question"),
        ("metformin acne", None),
        ("What treats acne?", None),
        ("List the genes of Marfan syndrome", None),
        ("马凡综合征和囊性纤维化的共同基因", None),
        ("I have asthma and take metoprolol", None),
        ("我有哮喘", None),
    ],
)
def test_form(text: str, form: str | None) -> None:
    assert form_of(text) == form


def test_words_that_ask_whether_it_is_true_are_taken_off() -> None:
    assert plain("It is true that metformin treats acne.") == "metformin treats acne."
    assert plain("二甲双胍用于痤疮，这一说法正确。") == "二甲双胍用于痤疮"


def test_denials_turn_and_two_of_them_do_not() -> None:
    assert denies("Metformin does not treat acne.")
    assert denies("二甲双胍不用于痤疮")
    assert not denies("二甲双胍的不良反应包括乏力")
    assert not denies("It is false that metformin does not treat acne.")


def test_relations_are_told_by_the_words_around_the_things(view: GraphView) -> None:
    text = "Clarithromycin can be combined with simvastatin."
    claim = claim_in(text, things_in(text, view), "statement")
    assert claim is not None
    assert claim.relations[0].name == "interaction"
    assert not claim.sense(claim.relations[0])
    assert permits(claim, claim.relations[0])
    assert relevant(claim)
    assert claim_in("Metformin", things_in("Metformin", view), "statement") is None


def test_who_asks_for_leave_and_for_whom() -> None:
    assert asks_leave("can I take advil with warfarin?")
    assert asks_leave("这两个药能一起吃吗")
    assert not asks_leave("Can gentamicin cause deafness?")
    assert is_of_somebody("my dad has gout")
    assert not is_of_somebody("gout is painful")
