import pytest

from qa.asked.leaning import OTHER, for_whom, kind_wanted, leaning, own_state


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("And what are its contraindications?", "its"),
        ("can I take it with food?", "it"),
        ("is this drug safe?", "this drug"),
        ("它的副作用呢", "它的"),
        ("这个药能停吗", "这个药"),
    ],
)
def test_a_pronoun(text: str, said: str) -> None:
    found = leaning(text).pronoun
    assert found is not None
    assert found.group() == said


@pytest.mark.parametrize(
    ("text", "place"),
    [("what about the second one?", 1), ("side effects of the latter?", -1), ("后者的剂量", -1), ("第一个呢", 0),
     ("and the other one?", OTHER)],
)  # fmt: skip
def test_one_of_several(text: str, place: int) -> None:
    assert leaning(text).ordinal is not None
    assert leaning(text).place == place


@pytest.mark.parametrize(
    "text", ["Which drugs treat epilepsy?", "What is the first-line drug for asthma?", "阿司匹林的副作用有哪些"]
)
def test_a_whole_question_leans_on_nothing(text: str) -> None:
    lean = leaning(text)
    assert (lean.pronoun, lean.ordinal, lean.which, lean.correction, lean.why, lean.short) == (
        None, None, False, False, False, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("and aspirin?", "aspirin"),
        ("What about in children?", "children"),
        ("那阿司匹林呢？", "阿司匹林"),
        ("孕妇呢", "孕妇"),
    ],
)
def test_what_is_said_of_a_short_turn(text: str, rest: str) -> None:
    assert leaning(text).short == rest


@pytest.mark.parametrize("text", ["why?", "But why not?", "为什么？"])
def test_why(text: str) -> None:
    assert leaning(text).why


@pytest.mark.parametrize(
    "text", ["no, I meant clopidogrel", "sorry, I meant aspirin", "打错了，是阿司匹林", "不是，我说的是华法林"]
)
def test_a_correction(text: str) -> None:
    assert leaning(text).correction


def test_of_which_kind_a_turn_speaks() -> None:
    assert kind_wanted("what are its side effects?") == "Drug"
    assert kind_wanted("is it inherited?") == "Disease"
    assert kind_wanted("它会遗传吗") == "Disease"
    assert kind_wanted("thanks") == ""


def test_for_whom_and_whose_state() -> None:
    assert for_whom("and if she is pregnant?") == "pregnancy"
    assert for_whom("那哺乳期呢") == "哺乳期"
    assert for_whom("and aspirin?") == ""
    assert own_state("I have asthma")
    assert own_state("我有哮喘")
    assert not own_state("do I have asthma?")
