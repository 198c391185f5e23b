from pathlib import Path

import pytest

from qa.asked.emergency.verdict import emergency

MESSAGES = Path(__file__).resolve().parents[4] / "benchmarks" / "questions" / "emergency_messages.tsv"


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("face drooping and arm weakness", "stroke"),
        ("My dad's mouth went crooked and he mumbles since ten minutes", "stroke"),
        ("worst headache of my life, came on in seconds, I keep vomiting", "headache"),
        ("My face is drooping on one side", "stroke"),
        ("my heart is racing at 180 and I feel like passing out", "other"),
        ("I took my insulin twice by mistake", "poisoning"),
        ("我把胰岛素打了两次", "poisoning"),
        ("my toddler swallowed a button battery", "poisoning"),
        ("stung by a wasp, face swelling, can't breathe", "anaphylaxis"),
        ("my 6 week old has a temperature of 38.4", "febrile_infant"),
        ("sudden pain in one testicle, I am vomiting", "torsion"),
        ("30 weeks pregnant and bleeding heavily", "pregnancy_bleeding"),
        ("孩子误服了一瓶扑热息痛", "poisoning"),
        ("我妈突然嘴歪，说话不清", "stroke"),
        ("一个月大的宝宝发烧39度", "febrile_infant"),
        ("孕35周头痛眼花，血压170/110", "eclampsia"),
        ("吃完花生嘴唇肿了，喘不上气", "anaphylaxis"),
        ("硫酸溅到眼睛里了", "eye_chemical"),
    ],
)
def test_the_picture_is_seen_and_named(text: str, group: str) -> None:
    verdict = emergency(text)
    assert verdict is not None
    assert verdict.group == group


@pytest.mark.parametrize(
    "text",
    [
        "What are the signs of a stroke?",
        "Had an anaphylactic reaction to peanuts five years ago; is a new test worth it?",
        "If someone swallowed bleach, what is the first aid?",
        "This traffic is killing me. What is the half-life of caffeine?",
        "no chest pain and no breathlessness, only tired for weeks",
        "65-year-old man presents with sudden tearing chest pain. Next step?",
        "How many people die of carbon monoxide each year?",
        "My face has been drooping for 3 years after a palsy",
        "What causes palpitations and fainting?",
        "卒中有哪些早期症状？",
        "五年前得过心梗，现在能坐飞机吗",
        "如果孩子误服了药，应该怎么处理？",
        "患者突发胸痛，心电图示ST段抬高，首先考虑什么",
        "笑死我了，这个药名怎么读",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert emergency(text) is None


def test_self_harm_and_poison_are_told_apart() -> None:
    thoughts = emergency("I want to end my life")
    taken = emergency("I took all my sleeping pills because I want to die")
    assert thoughts is not None
    assert (thoughts.self_harm, thoughts.poisoned) == (True, False)
    assert taken is not None
    assert (taken.self_harm, taken.poisoned) == (True, True)


def test_two_turns_make_one_picture() -> None:
    earlier = ("my son got into grandma's heart pills",)
    assert emergency("about twenty are missing, he is getting sleepy", earlier)
    assert emergency("what is the dose of digoxin in adults?", earlier) is None
    assert emergency("about 40 paracetamol", ("I took some pills",))
    assert emergency("about 40 paracetamol?", ("How many pills are in a pack?",)) is None
    assert emergency("Which drugs treat hypertension?", ("I have chest pain right now and sweat",)) is None


def test_an_emergency_among_other_questions_is_seen() -> None:
    assert emergency("What is metformin? Which genes cause Marfan syndrome? My husband collapsed and is not breathing!")
    assert emergency("二甲双胍怎么吃？我爸突然倒地叫不醒，没有呼吸了。")


def test_the_messages_fitted_to_are_told_apart() -> None:
    lines = [line.split("\t") for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    told = [(yes == "1", emergency(text) is not None) for yes, _, text in lines[::5]]
    missed = sum(yes and not said for yes, said in told) / sum(yes for yes, _ in told)
    false = sum(said and not yes for yes, said in told) / sum(not yes for yes, _ in told)
    assert missed <= 0.03
    assert false <= 0.04


@pytest.mark.parametrize(
    "message",
    [
        "Is my brother on any epilepsy medicine?",
        "她在吃抗癫痫药吗",
        "喝了点酒，半夜大脚趾红肿疼醒，五十岁男",
        "I have hay fever and wheeze a bit outdoors",
    ],
)
def test_what_somebody_takes_gout_at_night_and_hay_fever_are_none(message: str) -> None:
    assert emergency(message) is None
