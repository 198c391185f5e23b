from __future__ import annotations

import pytest

from qa.asked.parts import carried, parts_of
from qa.model import AskedEntity


def named(surface: str, type: str) -> AskedEntity:
    return AskedEntity(f"X:{surface}", type, surface, surface, False, "")


GOUT, ASPIRIN, GASTRITIS = named("gout", "Disease"), named("aspirin", "Drug"), named("胃炎", "Disease")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "What is gout, how is it treated and is it inherited?",
            ("What is gout", "how is it treated", "is it inherited?"),
        ),
        ("Is Plavix affected by it? and is it a blood thinner", ("Is Plavix affected by it?", "is it a blood thinner")),
        ("What is gout? Side effects of aspirin?", ("What is gout?", "Side effects of aspirin?")),
        ("胃炎是什么，会传染吗，怎么防", ("胃炎是什么", "会传染吗", "怎么防")),
        ("什么是痛风？怎么治疗？", ("什么是痛风？", "怎么治疗？")),
    ],
)
def test_several_questions_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "What is gout?",
        "",
        "?",
        "Which drugs treat gout and do not interact with warfarin?",
        "Which drugs treat gout and are cheap?",
        "A 55 year old man with fever, cough and rash. What is it?",
        "My husband has diabetes and throws up food. How should his meals be changed?",
        "Is fever with cough and a rash measles?",
        "发热、咳嗽，有皮疹，是什么病？",
        "患者男，55岁，胸痛三天，考虑什么病？",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert parts_of(text) == (text,)


def test_what_a_later_part_leaves_out_comes_from_the_first() -> None:
    assert carried("how is it treated", [], [GOUT]) == "how is gout treated"
    assert carried("what are its symptoms?", [], [GOUT]) == "what are gout's symptoms?"
    assert carried("will I get better?", [], [GOUT]) == "will I get better with gout?"
    assert carried("会传染吗", [], [GASTRITIS]) == "胃炎会传染吗"
    assert carried("does aspirin help", [ASPIRIN], [GOUT]) == "does aspirin help with gout?"
    assert carried("how is asthma treated", [named("asthma", "Disease")], [GOUT]) == "how is asthma treated"
    assert carried("and why?", [], []) == "and why?"
