import pytest

from retrieval.answering.asked import asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many children had a headache after spinal anaesthesia?", "number"),
        ("儿童腰麻后有多少例头痛？", "number"),
        ("What percentage of patients relapsed?", "percent"),
        ("复发率是多少？", "percent"),
        ("How long did the aphasia last?", "time"),
        ("失语多久恢复？", "time"),
        ("Does sirolimus lower CA-125?", "whether"),
        ("西罗莫司能降低CA-125吗？", "whether"),
        ("Why is the spike protein kept in the Golgi?", "why"),
        ("为什么刺突蛋白滞留在高尔基体？", "why"),
        ("Which drug is safer in pregnancy, A or B?", "harm"),
        ("What haloperidol dose should be started?", "dose"),
        ("rotavirus VP6 spheres nanotubes immunogenicity", "keywords"),
    ],
)
def test_the_kind_of_answer(question: str, kind: str) -> None:
    assert kind in asked(question).kinds


def test_a_question_of_which_is_none_of_whether() -> None:
    assert "whether" not in asked("Which drugs are used, and does it matter?").kinds
    assert "keywords" not in asked("Is it safe?").kinds


def test_words_that_only_ask_are_left_out() -> None:
    words = asked("How many patients had pericarditis?").words
    assert words == ("pericard",) or words == asked("pericarditis").words


def test_where_nothing_else_is_said_every_word_counts() -> None:
    assert asked("How many patients?").words


def test_english_words_of_a_chinese_question_count() -> None:
    what = asked("二甲双胍的剂量是500毫克吗", "metformin dose")
    assert {"metformin", "dose"} <= set(what.words)
    assert what.chinese
    assert what.numbers == {"500"}
