import pytest

from qa.evidence import ranking
from qa.evidence.wording import Words

FLU, COLD = Words("influenza", "流感"), Words("common cold", "普通感冒")


@pytest.mark.parametrize(
    ("share", "en", "zh"), [(0.624, "62%", "62%"), (0.001, "under 1%", "不足1%"), (0.999, "over 99%", "超过99%")]
)
def test_a_probability_in_percent(share: float, en: str, zh: str) -> None:
    assert ranking.percent(share) == Words(en, zh)


@pytest.mark.parametrize(
    ("probability", "place", "words"),
    [
        (0.6, 0, "Most probable (60%): "),
        (0.3, 0, "First to think of (30%): "),
        (0.05, 0, "First, though not probable (5%): "),
        (0.2, 1, "Less probable (20%): "),
        (0.02, 3, "Improbable (2%): "),
    ],
)
def test_how_probable_a_candidate_is_in_words(probability: float, place: int, words: str) -> None:
    assert ranking.lead(probability, place, missed=False).en == words


def test_what_must_not_be_missed_says_so() -> None:
    assert ranking.lead(0.02, 4, missed=True) == Words(
        "Improbable (2%, must not be missed): ", "可能性很小（2%，不可漏诊）："
    )
    assert ranking.danger(Words("Hours count.", "须数小时内处理。")).zh == "。不可漏诊：须数小时内处理"
    assert ranking.danger(Words()) == Words()


def test_a_candidate_asked_about() -> None:
    assert ranking.lead(0.03, 0, missed=False, asked=True).en == "Asked about, less probable (3%): "


def test_the_parts_of_a_sentence() -> None:
    fever = Words("fever (in 93 of 100)", "发热（每100人中93人）")
    said = ranking.together(
        [
            ranking.presents(FLU, [fever]),
            ranking.by_judgement(),
            ranking.unexplained(["rash"]),
            ranking.despite(["cough"]),
            ranking.forms([COLD, FLU, COLD, FLU]),
        ]
    )
    assert said.en == (
        "influenza presents with fever (in 93 of 100), by judgement; not explained: rash; against it: no cough"
        "; together with its other forms common cold, influenza, common cold and 1 more"
    )
    assert "流感的表现包括：发热（每100人中93人），数字凭判断估计；未能解释：rash；不支持：无cough" in said.zh
    assert ranking.presents(FLU, []) == FLU


def test_two_diseases_are_compared() -> None:
    assert ranking.compared(FLU, COLD, 1.1).en.endswith("are about equally probable")
    assert ranking.compared(FLU, COLD, 4.2).en.endswith("is more probable than common cold, 4 times")
    assert ranking.compared(FLU, COLD, 1e6).zh.endswith("约100倍以上")


def test_one_finding_alone() -> None:
    said = ranking.alone("cough", [(COLD, 0.4)], [FLU])
    assert said.en == (
        "“cough” alone tells little; first to think of: common cold (40%); must not be missed: influenza"
    )
    assert ranking.alone("咳嗽", [(COLD, 0.4)], []).zh == "仅凭“咳嗽”说明不了多少；首先考虑：普通感冒（40%）"


def test_what_to_find_out_next() -> None:
    said = ranking.onward(0.2, 10, [Words("Is there fever?", "是否有发热？")])
    assert said.en == "Something else than these 10: 20%. To tell more, find out next: Is there fever?"
    assert said.zh == "以上10种之外的其他疾病：20%。为进一步鉴别，接下来可问：是否有发热？"
    assert ranking.onward(0.2, 0, []) == Words()


def test_groups_and_diseases_of_which_nothing_is_stated() -> None:
    assert "“anemia”" in ranking.within("anemia", 7).en
    assert "gout" in ranking.unranked(["gout"]).en


def test_what_may_be_an_emergency_says_so() -> None:
    assert ranking.alarm([FLU]).en.startswith("This may be an emergency: influenza cannot wait. ")
    assert ranking.alarm([FLU]).zh.startswith("可能是急症：流感不能等待。")
