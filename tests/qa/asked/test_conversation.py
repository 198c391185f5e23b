from time import process_time

import pytest

from graph.view import GraphView
from qa.asked.conversation import resolve


@pytest.mark.parametrize(
    ("earlier", "text", "whole"),
    [
        (["What is propranolol?"], "And what are its contraindications?", "what are propranolol's contraindications?"),
        (["What are the side effects of warfarin?"], "and aspirin?", "What are the side effects of aspirin?"),
        (["Does aspirin cause fever?"], "what about in pregnancy?", "Is aspirin safe in pregnancy?"),
        (["What is the dose of aspirin?"], "and in children?", "What is the dose of aspirin in children?"),
        (["Which is better, aspirin or warfarin?"], "side effects of the second one?", "side effects of warfarin?"),
        (["Which is better, aspirin or warfarin?"], "dose of the former?", "dose of aspirin?"),
        (["compare aspirin and warfarin"], "which of them is safest?", "which of aspirin and warfarin is safest?"),
        (["Can I take aspirin with warfarin?"], "why?", "Can I take aspirin with warfarin, why?"),
        (["Can I take aspirin with warfarin?"], "no, I meant propranolol", "Can I take aspirin with propranolol?"),
        (["I have asthma.", "What is propranolol?"], "Can I take it?", "Can I take propranolol? (I have asthma)"),
        (["I am pregnant."], "Can I take warfarin?", "Can I take warfarin? (I am pregnant)"),
        (["I'm allergic to aspirin"], "Is propranolol ok?", "Is propranolol ok? (I'm allergic to aspirin)"),
        (["I take warfarin.", *["Hi!", "What is gout?"] * 9], "May I use aspirin?",
         "May I use aspirin? (I take warfarin)"),
        (["My eGFR is 20", "I have asthma"], "is aspirin safe?", "is aspirin safe? (I have asthma; My eGFR is 20)"),
        (["我怀孕了"], "能吃阿司匹林吗？", "能吃阿司匹林吗？（我怀孕了）"),
        (["我在吃华法林"], "可以吃阿司匹林吗？", "可以吃阿司匹林吗？（我在吃华法林）"),
        (["Can I take warfarin with aspirin?"], "and with propranolol?", "Can I take warfarin with propranolol?"),
        (["What is Marfan syndrome?", "What is aspirin?"], "how is it inherited?", "how is Marfan syndrome inherited?"),
        (["What is aspirin?", "and warfarin?"], "what are its side effects?", "what are warfarin's side effects?"),
        (["阿司匹林有哪些副作用"], "那华法林呢？", "华法林有哪些副作用"),
        (["普萘洛尔治什么"], "它的禁忌呢", "普萘洛尔的禁忌呢"),
        (["阿司匹林能退烧吗"], "那孕妇呢？", "孕妇能用阿司匹林吗？"),
        (["阿司匹林和华法林哪个好"], "后者的副作用", "华法林的副作用"),
        (["阿司匹林和华法林能一起吃吗"], "打错了，是阿司匹林和普萘洛尔", "普萘洛尔和华法林能一起吃吗"),
        (["For fever: aspirin or propranolol?", "thanks"], "so which one won?",
         "For fever: aspirin or propranolol, so which one won?"),
        (["Does aspirin help against fever?"], "and if it is taken at night?", "if aspirin is taken at night?"),
        (["麻疹会好吗"], "那第一次呢，要多少天？", "麻疹会好吗，那第一次呢，要多少天？"),
        (["马凡综合征是什么病"], "会遗传吗", "马凡综合征，会遗传吗"),
    ],
)  # fmt: skip
def test_what_a_turn_leaves_out_comes_from_before(public: GraphView, earlier: list[str], text: str, whole: str) -> None:
    turn = resolve(text, earlier, public)
    assert (turn.text, turn.changed, turn.missing) == (whole, True, "")


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        (["What is Marfan syndrome?"], "Which drugs treat hypertension?"),
        (["阿司匹林的副作用"], "哪些药治疗高血压"),
        ([], "What is it called when the lens is dislocated in Marfan syndrome?"),
        (["What is aspirin?"], "What are the side effects of warfarin?"),
        ([], "aspirin"),
    ],
)
def test_a_whole_turn_stands_alone(public: GraphView, earlier: list[str], text: str) -> None:
    turn = resolve(text, earlier, public)
    assert (turn.text, turn.changed, turn.missing) == (text, False, "")


@pytest.mark.parametrize(
    ("earlier", "text", "said"),
    [
        ([], "And what are its contraindications?", "its"),
        ([], "它的副作用呢", "它的"),
        (["hello there"], "what are its side effects?", "its"),
        (["What is aspirin?"], "and the dose of the second one?", "the second one"),
    ],
)
def test_what_cannot_be_resolved_is_asked_back(public: GraphView, earlier: list[str], text: str, said: str) -> None:
    assert said in resolve(text, earlier, public).missing


def test_a_question_on_a_patient_is_joined_with_the_one_before(public: GraphView) -> None:
    turn = resolve("higher than last year?", ["his last blood pressure?"], public, of_patient=True)
    assert "last year" in turn.text
    assert not turn.missing


def test_a_hundred_turns_stay_quick(public: GraphView) -> None:
    earlier = ["What is propranolol?", *(f"And what about it, number {n}?" for n in range(100)), "What is aspirin?"]
    resolve("and its side effects?", earlier, public)
    begun = process_time()
    turn = resolve("what are its side effects?", earlier, public)
    assert process_time() - begun < 0.5
    assert "aspirin" in turn.text


def test_a_state_is_not_carried_to_what_it_does_not_rule(public: GraphView) -> None:
    assert not resolve("What is asthma?", ["I am pregnant."], public).changed
    assert not resolve("Can I take warfarin?", ["Is aspirin safe if I am pregnant?"], public).changed
