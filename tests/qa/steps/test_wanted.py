import pytest

from qa.steps.wanted import (
    PROTOCOL,
    asks_for_more_study,
    asks_of_a_plan,
    asks_what_was_found,
    holds_number,
    number_asked,
    of_children,
    planned,
    wanted,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is the maximum dose of gabapentin?", "dose"),
        ("加巴喷丁从多少开始加，最大用到多少？", "dose"),
        ("What percentage had their pressure controlled?", "share"),
        ("水肿的发生率是多少？", "share"),
        ("How long did the treatment last?", "time"),
        ("疗程几天？", "time"),
        ("How many centres took part?", "number"),
        ("Which test confirms gout?", ""),
    ],
)
def test_the_kind_of_number_that_a_question_asks_for(question: str, kind: str) -> None:
    assert number_asked(question) == kind


def test_a_number_must_be_of_the_kind_and_not_of_the_question() -> None:
    dose, share = "What dose was given for 12 weeks?", "Which percentage was controlled at 12 weeks?"
    assert holds_number("They took 20 mg twice a day.", "dose", dose)
    assert not holds_number("They were seen after 6 months.", "dose", dose)
    assert holds_number("At 12 weeks 72% were controlled.", "share", share)
    assert not holds_number("All were seen at 12 weeks.", "number", share)
    assert holds_number("It occurs in 1 in 16,000 people.", "share", "What is the incidence?")


def test_a_topic_is_told_by_title_or_sentence_in_both_languages() -> None:
    workup = wanted("workup")
    assert workup is not None
    assert workup.title.search("How to diagnose Gout ?")
    assert workup.sentence.search("A liver biopsy shows it.")
    assert workup.sentence.search("确诊需要活检。")
    assert workup.sentence.search("It is inherited.") is None
    assert wanted("general") is None


def test_a_plan_of_a_study_is_no_result() -> None:
    assert planned("Thirty-six participants will be recruited.")
    assert not planned("Thirty-six participants were recruited.")
    assert PROTOCOL.search("Needling for pain: a protocol for a randomized trial")
    assert PROTOCOL.search("Results of the Phase III Protocol 035 Study Group") is None
    assert asks_what_was_found("How many recovered at six months?")
    assert not asks_what_was_found("What is the primary outcome of the protocol?")
    assert asks_of_a_plan("这项研究方案的主要结局是什么？")


def test_who_is_to_be_seen_and_how_long_one_lives_are_asked_for_by_themselves() -> None:
    assert number_asked("贫血挂哪个科") == number_asked("Which specialist should I see?") == "whom"
    assert holds_number("A hematologist treats it.", "whom", "")
    assert not holds_number("Surgery may be advised.", "whom", "")
    assert number_asked("how long do children live?") == number_asked("这病能活多久") == "life"
    assert holds_number("Death usually occurs before age 10.", "life", "")
    assert not holds_number("It appears in the first 3 to 6 months of life-giving care.", "whom", "")
    assert not holds_number("Symptoms begin at 3 to 6 months.", "life", "")


def test_a_sentence_that_only_asks_for_more_study_is_known() -> None:
    assert asks_for_more_study("Further randomized trials are needed.")
    assert asks_for_more_study("结论有待进一步研究证实")
    assert not asks_for_more_study("More patients improved in this trial.")


def test_children_are_known_by_age_and_kin() -> None:
    assert of_children("我儿子3岁")
    assert of_children("my 3-year-old")
    assert of_children("in children")
    assert not of_children("a man of 63岁")
    assert not of_children("a 45-year-old man")
